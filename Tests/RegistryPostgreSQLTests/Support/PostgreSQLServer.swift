#if PostgreSQL
import Foundation
import RegistryPostgreSQL
import RegistrySQL

/// A PostgreSQL cluster of the tests' own, in a temporary directory, reached through a socket in it.
///
/// It is stopped and removed when the test process ends, however it ends.
final class PostgreSQLServer: Sendable {
    /// One that no test may stop.
    static let shared = Result { try PostgreSQLServer() }

    /// Where its socket is, and the standbys' too.
    let directory: String
    let port: Int
    private let keeper: Keeper
    private var data: String { "\(directory)/\(port)" }
    private var log: String { "\(directory)/\(port).log" }

    /// Makes a cluster and starts it.
    /// - Parameter settings: more lines for `postgresql.conf`.
    init(settings: [String] = []) throws {
        directory = try Self.makeDirectory()
        port = 5432
        keeper = try Keeper(directory)
        try Self.run(
            "initdb",
            "--pgdata",
            data,
            "--username",
            "postgres",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--wal-segsize",
            "1",
            "--no-sync"
        )
        let lines =
            [
                "listen_addresses = ''",
                "unix_socket_directories = '\(directory)'",
                "shared_buffers = 16MB",
                "max_connections = 50",
                "max_wal_size = 64MB",
                "min_wal_size = 4MB",
                "deadlock_timeout = 100ms",
                "jit = off",
            ] + settings
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/postgresql.conf"))
        try file.seekToEnd()
        try file.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
        try file.close()
        try start()
    }

    /// A standby of `primary`, in the same directory.
    private init(of primary: PostgreSQLServer) throws {
        directory = primary.directory
        port = primary.port + 1
        keeper = primary.keeper
        try Self.run(
            "pg_basebackup",
            "--pgdata",
            data,
            "--host",
            directory,
            "--port",
            "\(primary.port)",
            "--username",
            "postgres",
            "--checkpoint",
            "fast",
            "--write-recovery-conf",
            "--no-sync"
        )
        try start()
    }

    /// Makes a standby, and has every commit wait for it.
    func makeSynchronousStandby() throws -> PostgreSQLServer {
        let standby = try PostgreSQLServer(of: self)
        let connection = try PostgreSQLConnection(address(), for: .writing)
        try connection.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try connection.run("SELECT pg_reload_conf()")
        try wait("the standby to be synchronous") {
            try connection.texts("SELECT sync_state FROM pg_stat_replication") == ["sync"]
                && connection.setting("synchronous_standby_names") == "*"
        }
        return standby
    }

    func start() throws {
        try Self.run("pg_ctl", "start", "--wait", "--silent", "--pgdata", data, "--log", log, "--options", "-p \(port)")
    }

    func stop() throws {
        try Self.run("pg_ctl", "stop", "--silent", "--pgdata", data, "--mode", "fast")
    }

    /// Makes the standby a primary.
    func promote() throws {
        try Self.run("pg_ctl", "promote", "--silent", "--pgdata", data)
    }

    /// Kills all of its processes.
    func kill() throws {
        for process in try processes() { Foundation.kill(process, SIGKILL) }
        try wait("the server's processes to end") {
            try processes().allSatisfy { Foundation.kill($0, 0) != 0 }
        }
    }

    /// Suspends all of its processes: it answers nothing any more.
    func suspend() throws {
        for process in try processes() { Foundation.kill(process, SIGSTOP) }
    }

    /// The postmaster, and what it started.
    private func processes() throws -> [pid_t] {
        let text = try String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        guard let postmaster = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else { return [] }
        let children = try? String(contentsOfFile: "/proc/\(postmaster)/task/\(postmaster)/children", encoding: .utf8)
        return [postmaster] + (children ?? "").split(separator: " ").compactMap { pid_t($0) }
    }

    /// - Parameter others: servers that are tried when this one will not do.
    func address(database: String = "postgres", others: [PostgreSQLServer] = []) throws -> PostgreSQLAddress {
        let servers = [self] + others
        let hosts = servers.map(\.directory).joined(separator: ",")
        let ports = servers.map { String($0.port) }.joined(separator: ",")
        return try PostgreSQLAddress("host=\(hosts) port=\(ports) dbname=\(database) user=postgres")
    }

    /// The same as `--registry` takes it.
    func registry(others: [PostgreSQLServer] = []) -> String {
        let servers = [self] + others
        let hosts = servers.map(\.directory).joined(separator: ",")
        let ports = servers.map { String($0.port) }.joined(separator: ",")
        return "postgresql://postgres@/postgres?host=\(hosts)&port=\(ports)&target_session_attrs=read-write"
    }

    /// Makes a database, gives its address to `body`, and removes it.
    static func withDatabase<Answer>(_ body: (PostgreSQLAddress) throws -> Answer) throws -> Answer {
        let server = try shared.get()
        let name = "t\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        let connection = try PostgreSQLConnection(server.address(), for: .writing)
        try connection.run("CREATE DATABASE \(name) TEMPLATE template0")
        defer { _ = try? connection.run("DROP DATABASE \(name) WITH (FORCE)") }
        return try body(server.address(database: name))
    }
}

extension PostgreSQLServer {
    private typealias Failure = ChildProcess.Failure

    private static func makeDirectory() throws -> String {
        var template = Array("/tmp/pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "/tmp cannot be written to") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // PostgreSQL does not run as root.
        if getuid() == 0, let user = getpwnam("postgres") { chown(path, user.pointee.pw_uid, user.pointee.pw_gid) }
        return path
    }

    /// Where the newest version's programs are.
    private static let programs: String? = {
        let versions = try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")
        return versions?.compactMap { Int($0) }.max().map { "/usr/lib/postgresql/\($0)/bin" }
    }()

    /// Runs one of PostgreSQL's programs to its end.
    private static func run(_ program: String, _ arguments: String...) throws {
        guard let programs else { throw Failure(description: "no PostgreSQL server is installed") }
        let user = getuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] : []
        let words = user + ["\(programs)/\(program)"] + arguments
        let output = "/tmp/pg-\(UUID().uuidString).out"
        defer { unlink(output) }
        let code = try ChildProcess(words, output: output).exitCode()
        guard code == 0 else {
            let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
            throw Failure(description: "\(program) ended with \(code): \(text)")
        }
    }

    /// Waits until `condition` holds, for half a minute at most.
    func wait(_ what: String, until condition: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(30)
        while try !condition() {
            guard ContinuousClock.now < end else { throw Failure(description: "waited in vain for \(what)") }
            usleep(5_000)
        }
    }

    /// A shell that waits for the end of the test process, then kills the servers and removes their directory.
    private final class Keeper: Sendable {
        private static let script = """
            cat >/dev/null
            for file in "$0"/*/postmaster.pid; do
                pid=$(head -n 1 "$file" 2>/dev/null) && kill -9 "$pid" $(cat "/proc/$pid/task/$pid/children")
            done
            for try in 1 2 3 4 5; do rm -rf "$0" && break; sleep 0.2; done
            """
        /// Closed when the process ends.
        private let life: FileHandle

        init(_ directory: String) throws {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw Failure(description: "no pipe can be made") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            life = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
            defer { close(ends[0]) }
            _ = try ChildProcess(["/bin/sh", "-c", Self.script, directory], input: ends[0])
        }
    }
}
#endif
