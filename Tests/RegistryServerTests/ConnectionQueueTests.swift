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
                if count == 3 { listener.serve() }
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
            await exchange.close()
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
            await exchange.close()
        }
    }

    /// Listens on a socket, for which as many wait as may.
    private func withFullListener(_ body: (FullListener) async throws -> Void) async throws {
        try await withShortDirectory { directory in
            let listener = try FullListener("\(directory)/s")
            defer { listener.end() }
            try await body(listener)
        }
    }
}

private final class FullListener: Sendable {
    let path: String
    private let descriptor: Int32
    /// Whoever waits to be let in.
    private let waiting: [RawClient]

    init(_ path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        // One may wait even so.
        listen(descriptor, 0)
        waiting = [try RawClient(path)]
    }

    /// Lets in whoever waits, and answers the one who comes then.
    func serve() {
        close(accept(descriptor, nil, nil))
        Thread.detachNewThread { [descriptor] in
            let accepted = accept(descriptor, nil, nil)
            guard accepted >= 0 else { return }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            _ = recv(accepted, &buffer, buffer.count, 0)
            let answer = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]".utf8)
            _ = send(accepted, answer, answer.count, Int32(MSG_NOSIGNAL))
            close(accepted)
        }
    }

    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}
