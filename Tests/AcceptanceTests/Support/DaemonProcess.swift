import Foundation

/// The built `tokend`, on a registry and a socket of a test's own.
final class DaemonProcess: Sendable {
    struct NotStarted: Error {
        let code: Int32
    }

    /// Runs `tokenctl init`, as an administrator does before the daemon's first start.
    static func makeRegistry(_ path: String) throws {
        let processID = try spawn(
            Sandbox.product("tokenctl"),
            ["init", "--quiet", "--registry", path, "--output", "json"],
            ["HOME=\(path)", "PATH=/usr/bin:/bin"],
            silencesOutput: true
        )
        let status = wait(for: processID)
        guard status == 0 else { throw NotStarted(code: status) }
    }

    private let processID: pid_t
    let socketPath: String

    /// Starts it, and waits until it says that it is ready.
    init(registry: String, in directory: String) throws {
        socketPath = "\(directory)/tokend.sock"
        let readiness = try ReadinessSocket(path: "\(directory)/notify")
        processID = try Self.spawn(
            Sandbox.product("tokend"),
            ["--registry", registry, "--socket", socketPath, "--log-file", "\(directory)/tokend.log"],
            ["HOME=\(directory)", "PATH=/usr/bin:/bin", "NOTIFY_SOCKET=\(readiness.path)"]
        )
        do {
            try readiness.wait()
        } catch {
            kill()
            throw error
        }
    }

    /// Asks it to stop, as a service manager does.
    /// - Returns: its exit code; negative when a signal ended it.
    @discardableResult
    func stop() -> Int32 {
        end(SIGTERM)
    }

    /// Ends it without letting it finish anything.
    func kill() {
        _ = end(SIGKILL)
    }

    private func end(_ signal: Int32) -> Int32 {
        Glibc.kill(processID, signal)
        return Self.wait(for: processID)
    }

    private static func wait(for processID: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }

    /// Starts a process that inherits nothing: what other tests have open must not stay open in it.
    private static func spawn(
        _ path: String,
        _ arguments: [String],
        _ environment: [String],
        silencesOutput: Bool = false
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if silencesOutput { posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) }
        for descriptor in 3..<1_024 { posix_spawn_file_actions_addclose(&actions, Int32(descriptor)) }
        let argumentTexts = ([path] + arguments).map { strdup($0) } + [nil]
        let environmentTexts = environment.map { strdup($0) } + [nil]
        defer { for text in argumentTexts + environmentTexts { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, path, &actions, nil, argumentTexts, environmentTexts)
        guard code == 0 else { throw NotStarted(code: code) }
        return processID
    }
}

/// Where a daemon says that it is ready (`sd_notify`).
private final class ReadinessSocket {
    struct NeverReady: Error {}

    let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        unlink(path)
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107))) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw NeverReady() }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    func wait() throws {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0, String(decoding: buffer.prefix(count), as: UTF8.self).hasPrefix("READY=1") else {
            throw NeverReady()
        }
    }
}
