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
    func half() throws {
        let memory = BodyMemory(limits: limits, exempt: [0])
        var held: [JSONBody] = []
        for _ in 0..<bodiesOfOne { held.append(try read(limits.bodySize, of: 1, in: memory)) }
        #expect(try problem { try read(limits.bodySize, of: 1, in: memory) }?.kind == .tooManyRequests)
        // What was refused in its middle keeps nothing.
        for _ in 0..<bodiesOfOne { held.append(try read(limits.bodySize, of: 2, in: memory)) }
        held.append(try read(limits.bodySize, of: 3, in: memory))
        #expect(try problem { try read(limits.bodySize, of: 3, in: memory) }?.kind == .tooManyRequests)
        held.removeFirst()
        held.append(try read(limits.bodySize, of: 1, in: memory))
        held = []
        for _ in 0..<bodiesOfOne { held.append(try read(limits.bodySize, of: 3, in: memory)) }
        #expect(held.count == bodiesOfOne)
    }

    @Test("Short bodies are always read, and so are those of root and the daemon's own user")
    func free() throws {
        let memory = BodyMemory(limits: limits, exempt: [0])
        var held: [JSONBody] = []
        for user in [1, 2] as [UInt32] {
            for _ in 0..<bodiesOfOne { held.append(try read(limits.bodySize, of: user, in: memory)) }
        }
        for _ in 0..<bodiesOfOne { held.append(try read(BodyMemory.freeSize, of: 1, in: memory)) }
        for _ in 0..<3 * bodiesOfOne { held.append(try read(limits.bodySize, of: 0, in: memory)) }
        #expect(held.count == 6 * bodiesOfOne)
    }

    /// Reads a body of `size` bytes in pieces, as it comes from a connection.
    /// - Returns: what takes its share as long as it is held.
    private func read(_ size: Int, of user: UInt32, in memory: BodyMemory) throws -> JSONBody {
        var rest = ByteBuffer(string: "{\"x\":\"\(String(repeating: "a", count: size - 8))\"}")
        var body = JSONBody(of: user, upTo: limits.bodySize, in: memory)
        while let piece = rest.readSlice(length: min(rest.readableBytes, 1 << 16)), piece.readableBytes > 0 {
            try body.append(piece)
        }
        #expect(try body.members().map(\.name) == ["x"])
        return body
    }

    private func problem(_ body: () throws -> JSONBody) throws -> RequestProblem? {
        do {
            _ = try body()
            return nil
        } catch let problem as RequestProblem {
            return problem
        }
    }
}
