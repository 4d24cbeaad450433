import HTTPTypes
import HummingbirdCore
import NIOCore
import RegistryAPI
import Testing

@testable import RegistryServer

@Suite("JSON bodies take no more than their share of the memory")
struct BodyMemoryTests {
    private let limits: ServerLimits = {
        var limits = ServerLimits()
        limits.bodySize = 1 << 20
        return limits
    }()

    /// So many of a user's longest bodies are counted: half of sixteen, and what is free of each makes no ninth.
    private let bodiesOfOne = 8

    @Test("A user's bodies have half of the room, and give it back when their requests have been answered")
    func half() async throws {
        let memory = BodyMemory(limits: limits, exempt: [0])
        var held: [(user: UInt32, bytes: Int)] = []
        for _ in 0..<bodiesOfOne { held.append(try await read(limits.bodySize, of: 1, in: memory)) }
        #expect(try await problem { try await read(limits.bodySize, of: 1, in: memory) }?.kind == .tooManyRequests)
        // What was refused in its middle keeps nothing.
        for _ in 0..<bodiesOfOne { held.append(try await read(limits.bodySize, of: 2, in: memory)) }
        held.append(try await read(limits.bodySize, of: 3, in: memory))
        #expect(try await problem { try await read(limits.bodySize, of: 3, in: memory) }?.kind == .tooManyRequests)
        memory.give(back: held.removeFirst().bytes, of: 1)
        held.append(try await read(limits.bodySize, of: 1, in: memory))
        for (user, bytes) in held { memory.give(back: bytes, of: user) }
        for _ in 0..<bodiesOfOne { _ = try await read(limits.bodySize, of: 3, in: memory) }
    }

    @Test("Short bodies are always read, and so are those of root and the daemon's own user")
    func free() async throws {
        let memory = BodyMemory(limits: limits, exempt: [0])
        for user in [1, 2] as [UInt32] {
            for _ in 0..<bodiesOfOne { _ = try await read(limits.bodySize, of: user, in: memory) }
        }
        for _ in 0..<bodiesOfOne { _ = try await read(BodyMemory.freeSize, of: 1, in: memory) }
        for _ in 0..<3 * bodiesOfOne { _ = try await read(limits.bodySize, of: 0, in: memory) }
    }

    /// Reads a body of `size` bytes in pieces, as it comes from a connection.
    /// - Returns: what it takes until its request has been answered.
    private func read(_ size: Int, of user: UInt32, in memory: BodyMemory) async throws -> (user: UInt32, bytes: Int) {
        var rest = ByteBuffer(string: "{\"x\":\"\(String(repeating: "a", count: size - 8))\"}")
        let pieces = AsyncStream<ByteBuffer> { continuation in
            while let piece = rest.readSlice(length: min(rest.readableBytes, 1 << 16)), piece.readableBytes > 0 {
                continuation.yield(piece)
            }
            continuation.finish()
        }
        let head = HTTPRequest(
            method: .post,
            scheme: nil,
            authority: nil,
            path: "/",
            headerFields: [.contentType: "application/json", .contentLength: String(size)]
        )
        let request = Request(head: head, body: RequestBody(asyncSequence: pieces))
        var taken = 0
        do {
            let members = try await BodyReader(request, of: user, upTo: limits.bodySize).json(in: memory, &taken)
            #expect(members.map(\.name) == ["x"])
            return (user, taken)
        } catch {
            memory.give(back: taken, of: user)
            throw error
        }
    }

    private func problem(_ body: () async throws -> (user: UInt32, bytes: Int)) async throws -> RequestProblem? {
        do {
            _ = try await body()
            return nil
        } catch let problem as RequestProblem {
            return problem
        }
    }
}
