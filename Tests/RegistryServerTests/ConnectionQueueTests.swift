import Foundation
import Registry
import RegistryAPI
import Synchronization
import Testing

@testable import RegistryClient

@Suite("A client waits until it is let in")
struct ConnectionQueueTests {
    @Test("Where too many wait to be let in, a client tries again until there is room")
    func waits() async throws {
        try await withFullListener { listener in
            let pauses = Mutex<[Duration]>([])
            let queue = ConnectionQueue { pause in
                let count = pauses.withLock { pauses in
                    pauses.append(pause)
                    return pauses.count
                }
                guard count == 3 else { return }
                listener.accept()
                Thread.detachNewThread {
                    listener.accept { connection in
                        _ = ScriptedListener.receive(connection)
                        ScriptedListener.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", connection)
                    }
                }
            }
            let exchange = HTTPExchange(socketPath: listener.path, trust: DaemonTrust([:]), queue: queue)
            let input = EncodedInput(
                [:] as WireValue,
                of: EndpointTable.entry(of: ListPrograms.self).route,
                options: CommandOptions(requestID: "r")
            )
            let answer = try await exchange.send(input, body: .none)
            #expect(answer == Data("[]".utf8))
            let made = pauses.withLock { $0 }
            #expect(made.count >= 3)
            #expect(made[1] > made[0])
        }
    }

    @Test("When there is no room for long enough, it says that the daemon is busy, and not that it is to be started")
    func givesUp() async throws {
        try await withFullListener { listener in
            let waited = Mutex(Duration.zero)
            let queue = ConnectionQueue(patience: .seconds(1)) { pause in waited.withLock { $0 += pause } }
            let exchange = HTTPExchange(socketPath: listener.path, trust: DaemonTrust([:]), queue: queue)
            let input = EncodedInput(
                [:] as WireValue,
                of: EndpointTable.entry(of: ListPrograms.self).route,
                options: CommandOptions(requestID: "r")
            )
            let problem = await #expect(throws: Problem.self) { try await exchange.send(input, body: .none) }
            #expect(problem?.code == "daemon.busy")
            #expect(problem?.exitCode == 7)
            #expect(waited.withLock { $0 } >= .seconds(1))
        }
    }

    /// Listens on a socket, for which as many wait as may.
    private func withFullListener(_ body: (ScriptedListener) async throws -> Void) async throws {
        // One may wait even so.
        try await withListener(backlog: 0) { listener in
            let waiting = try RawClient(listener.path)
            try await body(listener)
            withExtendedLifetime(waiting) {}
        }
    }
}
