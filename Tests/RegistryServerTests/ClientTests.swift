import Foundation
import Registry
import RegistryAPI
import Synchronization
import Testing

@testable import RegistryClient

@Suite("What a client sends, and what it makes of the answer")
struct ClientTests {
    private static let options = CommandOptions(requestID: "r")

    /// A file of as many pieces as `pieces` gives.
    private static func file(_ pieces: @escaping @Sendable (Int) throws -> [UInt8]?) -> UploadedFile {
        struct Source: ChunkSource {
            let pieces: @Sendable (Int) throws -> [UInt8]?
            var index = 0

            mutating func next() throws -> [UInt8]? {
                defer { index += 1 }
                return try pieces(index)
            }
        }
        return UploadedFile(name: "f.csv", digest: "d") { Source(pieces: pieces) }
    }

    @Test("A daemon that answers before it has been sent all of a file is heard")
    func earlyAnswer() async throws {
        try await withListener { listener in
            let denied = TransportProblem.callerUnknown.problem("Nobody knows you.", requestID: "r")
            let body = String(decoding: try JSONEncoder().encode(denied), as: UTF8.self)
            listener.acceptAll { connection in
                _ = ScriptedListener.receive(connection)
                ScriptedListener.send(
                    "HTTP/1.1 403 Forbidden\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
                    connection
                )
                // Until the client has hung up: it is to stop sending, since the file has no end.
                while !ScriptedListener.receive(connection).isEmpty {}
            }
            let endless = Self.file { _ in [UInt8](repeating: UInt8(ascii: "x"), count: 65_536) }
            let problem = await #expect(throws: Problem.self) {
                try await SocketConnection(path: listener.path).call(ImportSKUs.self, [:], file: endless, Self.options)
            }
            #expect(problem?.code == "caller.unknown")
        }
    }

    @Test("A file that cannot be read to its end is told as that, and not as an unknown outcome")
    func brokenFile() async throws {
        try await withListener { listener in
            let count = Mutex(0)
            let sawEnd = Mutex(false)
            listener.acceptAll { connection in
                count.withLock { $0 += 1 }
                var received = ""
                while case let piece = ScriptedListener.receive(connection), !piece.isEmpty { received += piece }
                sawEnd.withLock { $0 = received.hasSuffix("0\r\n\r\n") }
            }
            let broken = Self.file { index in
                if index == 3 { throw Refusal(.fileUnreadable, "It changed.") }
                return [UInt8](repeating: UInt8(ascii: "x"), count: 1_000)
            }
            let refusal = await #expect(throws: Refusal.self) {
                try await SocketConnection(path: listener.path).call(ImportSKUs.self, [:], file: broken, Self.options)
            }
            #expect(refusal?.code == .fileUnreadable)
            #expect(count.withLock { $0 } == 1)
            #expect(!sawEnd.withLock { $0 })
        }
    }

    @Test("A request has a connection of its own, which is closed with its answer")
    func closed() async throws {
        try await withListener { listener in
            let ended = Mutex(0)
            listener.acceptAll { connection in
                #expect(ScriptedListener.receive(connection).hasPrefix("GET /v1/programs HTTP/1.1\r\n"))
                ScriptedListener.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", connection)
                if ScriptedListener.receive(connection).isEmpty { ended.withLock { $0 += 1 } }
            }
            let connection = SocketConnection(path: listener.path)
            for _ in 0..<3 { _ = try await connection.call(ListPrograms.self, [:], Self.options) }
            // The third one is let in after the second has ended.
            #expect(ended.withLock { $0 } >= 2)
        }
    }

    @Test("A reader whose answer is lost asks again, and says that the daemon does not answer", arguments: [0, 1])
    func lostAnswer(afterLosses: Int) async throws {
        try await withListener { listener in
            let count = Mutex(0)
            listener.acceptAll { connection in
                _ = ScriptedListener.receive(connection)
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                if afterLosses == 1, number == 2 {
                    ScriptedListener.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", connection)
                } else {
                    ScriptedListener.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[", connection)
                }
            }
            let connection = SocketConnection(path: listener.path)
            if afterLosses == 1 {
                let programs = try await connection.call(ListPrograms.self, [:], Self.options)
                #expect(programs.isEmpty)
            } else {
                let problem = await #expect(throws: Problem.self) {
                    try await connection.call(ListPrograms.self, [:], Self.options)
                }
                #expect(problem?.code == "daemon.unreachable")
            }
            #expect(count.withLock { $0 } == 2)
        }
    }

    @Test("A write whose second attempt finds no daemon may have been done by the first")
    func goneAfterSending() async throws {
        try await withListener { listener in
            Thread.detachNewThread {
                listener.accept { connection in
                    _ = ScriptedListener.receive(connection)
                    unlink(listener.path)
                }
            }
            let problem = await #expect(throws: Problem.self) {
                try await SocketConnection(path: listener.path).call(
                    AddOrganization.self,
                    ["id": "a", "name": "A", "country": "DE"],
                    Self.options
                )
            }
            #expect(problem?.code == "outcome.unknown")
        }
    }
}
