import Foundation
import RegistryAPI
import RegistryClient
import RegistrySQLite
import Synchronization
import Testing

@testable import Registry
@testable import RegistryServer

@Suite("The daemon's manners")
struct LifecycleTests {
    @Test("Stopping under load loses no answered write")
    func stopUnderLoad() async throws {
        let (answered, kept) = try await withDaemon { daemon in
            let answered = Names()
            await withTaskGroup(of: Void.self) { group in
                for client in 0..<8 {
                    group.addTask {
                        let connection = SocketConnection(path: daemon.socketPath)
                        for index in 0..<1_000 {
                            let id = "o-\(client)-\(index)"
                            do {
                                _ = try await connection.call(
                                    AddOrganization.self,
                                    ["id": id, "name": id, "country": "DE"],
                                    file: nil,
                                    CommandOptions(requestID: id)
                                )
                            } catch {
                                break
                            }
                            answered.all.withLock { _ = $0.insert(id) }
                            if client == 0, index == 20 { await daemon.stop() }
                        }
                    }
                }
            }
            var kept: Set<String> = []
            var after: OrganizationID?
            repeat {
                let page = try await daemon.service.answer(
                    ListOrganizations(after: after, limit: PageLimit(1_000)),
                    as: TestDaemon.owner
                )
                kept.formUnion(page.items.map(\.id.value))
                after = page.next
            } while after != nil
            return (answered.all.withLock { $0 }, kept)
        }
        #expect(answered.count >= 21)
        #expect(answered.isSubset(of: kept))
    }

    @Test("Once the database is replaced the daemon is not ready, says why, and takes no writes")
    func replacedDatabase() async throws {
        try await withDaemon { daemon in
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/readyz")).status == 200)
            let path = daemon.registry.directory.databasePath
            _ = try daemon.registry.backup(to: "\(path).copy")
            #expect(rename("\(path).copy", path) == 0)
            let readiness = try await RawClient.ask(daemon.socketPath, RawClient.get("/readyz"))
            #expect(readiness.status == 503)
            #expect(readiness.body.contains("registry.replaced"))
            let error = await #expect(throws: Refusal.self) {
                try await daemon.perform(daemon.organization("o"))
            }
            #expect(error?.code == .registryReplaced)
        }
    }

    @Test("A second daemon is refused, and the first goes on")
    func second() async throws {
        try await withDaemon { daemon in
            #expect(throws: StartupFailure.self) { try SocketFile(path: daemon.socketPath) }
            let answer = try await RawClient.ask(daemon.socketPath, RawClient.get("/healthz"))
            #expect(answer.status == 200)
        }
    }

    @Test("A dead daemon's socket is taken over; a living program's is not, nor a file")
    func stale() async throws {
        try await withShortDirectory { directory in
            let path = "\(directory)/s"
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            #expect(UnixAddress(path).with { bind(descriptor, $0, $1) } == 0)
            listen(descriptor, 1)
            #expect(throws: StartupFailure.self) { try SocketFile(path: path) }
            close(descriptor)
            _ = try SocketFile(path: path)
            #expect(access(path, F_OK) != 0)
            #expect(FileManager.default.createFile(atPath: path, contents: Data("notes".utf8)))
            #expect(throws: StartupFailure.self) { try SocketFile(path: path) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "notes")
        }
    }

    @Test("The socket is for its owner and group, and goes when the daemon does")
    func mode() async throws {
        let path = try await withDaemon { daemon in
            var information = stat()
            #expect(lstat(daemon.socketPath, &information) == 0)
            #expect(information.st_mode & 0o777 == 0o660)
            return daemon.socketPath
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test("The service manager hears of the start and of the end", arguments: [true, false])
    func notify(isAbstract: Bool) async throws {
        try await withShortDirectory { directory in
            let name = isAbstract ? "@tokend-\(directory)" : "\(directory)/notify"
            let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(descriptor) }
            #expect(UnixAddress(name).with { bind(descriptor, $0, $1) } == 0)
            func message() -> String {
                var buffer = [UInt8](repeating: 0, count: 512)
                let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            }
            try await withDaemon(environment: ["NOTIFY_SOCKET": name]) { _ in }
            #expect(message().hasPrefix("READY=1\n"))
            #expect(message().hasPrefix("STOPPING=1\n"))
        }
    }

    @Test("The watchdog is heard only by the process that it is for")
    func watchdog() {
        let mine = ["NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "3000000", "WATCHDOG_PID": String(getpid())]
        #expect(ServiceManager(environment: mine).watchdogInterval == .seconds(3))
        let other = mine.merging(["WATCHDOG_PID": "1"]) { $1 }
        #expect(ServiceManager(environment: other).watchdogInterval == nil)
        #expect(ServiceManager(environment: [:]).watchdogInterval == nil)
    }

    @Test("A named pipe that nobody reads is refused as log file, and not waited for")
    func logIntoPipe() throws {
        let pipe = "\(FileManager.default.temporaryDirectory.path)/log-\(UUID().uuidString)"
        #expect(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        #expect(throws: StartupFailure.self) { try LogOutput(path: pipe) }
    }

    @Test("A log that was moved away is opened anew")
    func reopen() async throws {
        try await withShortDirectory { directory in
            let log = try LogOutput(path: "\(directory)/log")
            log.write(Array("one\n".utf8))
            try FileManager.default.moveItem(atPath: "\(directory)/log", toPath: "\(directory)/old")
            log.reopen()
            log.write(Array("two\n".utf8))
            #expect(try String(contentsOfFile: "\(directory)/old", encoding: .utf8) == "one\n")
            #expect(try String(contentsOfFile: "\(directory)/log", encoding: .utf8) == "two\n")
        }
    }
}

/// The ids that several clients were told of.
private final class Names: Sendable {
    let all = Mutex<Set<String>>([])
}

@Suite("A daemon that could only read its registry when it started")
struct ReadOnlyStartTests {
    @Test("It ends, so as to be started anew, once the registry can be written to")
    func ends() async throws {
        let asked = Mutex(0)
        let start = Repeating.readOnlyStart(every: .zero) {
            asked.withLock { asked in
                asked += 1
                return asked == 3
            }
        }
        await #expect(throws: StartupFailure.self) { try await start.run() }
        #expect(asked.withLock { $0 } == 3)
    }
}
