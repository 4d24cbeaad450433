import NIOCore
import RegistryAPI

/// A JSON body on its way: what has come of it, and the share of the memory that it takes.
struct JSONBody: Sendable {
    /// What was taken of the memory, until the last who holds it lets go.
    private final class Share: Sendable {
        let memory: BodyMemory
        let user: UInt32
        let bytes: Int

        /// - Throws: `RequestProblem`.
        init(_ bytes: Int, of user: UInt32, in memory: BodyMemory) throws {
            try memory.take(bytes, of: user)
            self.memory = memory
            self.user = user
            self.bytes = bytes
        }

        deinit {
            memory.give(back: bytes, of: user)
        }
    }

    private let memory: BodyMemory
    private let user: UInt32
    private let limit: Int
    private var collected = ByteBuffer()
    private var taken = 0
    private var shares: [Share] = []

    /// - Parameter limit: how long the body may be, in bytes.
    init(of user: UInt32, upTo limit: Int, in memory: BodyMemory) {
        self.user = user
        self.limit = limit
        self.memory = memory
    }

    var count: Int { collected.readableBytes }
    /// Whether it is too long to be read on an event loop.
    var isLong: Bool { count > BodyMemory.freeSize }

    /// - Throws: `RequestProblem`.
    mutating func append(_ piece: ByteBuffer) throws {
        guard count + piece.readableBytes <= limit else { throw RequestProblem.bodyTooLarge(limit) }
        let more = count + piece.readableBytes - BodyMemory.freeSize - taken
        if more > 0 {
            shares.append(try Share(more, of: user, in: memory))
            taken += more
        }
        if count == 0 { collected = piece } else { collected.writeImmutableBuffer(piece) }
    }

    /// The members of the object; an empty body is an empty object.
    /// - Throws: `JSONFault`, `InputFault`.
    func members() throws -> [WireValue.Member] {
        guard count > 0 else { return [] }
        guard case .object(let members) = try JSONScanner.scan(collected.readableBytesView) else {
            throw InputFault(field: "", reason: "the body is an object")
        }
        return members
    }
}
