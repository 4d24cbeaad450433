import FoundationEssentials
import JSON

/// What is remembered under a caller's idempotency key. Another caller's key is another one.
struct AnswerMemory<Answer: Codable & Sendable>: Sendable {
    let caller: Principal
    let key: String
    let digest: RequestDigest

    /// The answer that was given before; nil when the key is new.
    /// - Throws: `Refusal` with `idempotency.key-reused` when it was used with another request.
    func answer(in reading: any RegistryReading) throws -> Answer? {
        guard let earlier = try reading.rememberedAnswer(to: caller, for: key) else { return nil }
        guard earlier.digest == digest else {
            throw Refusal(
                .idempotencyKeyReused,
                "The idempotency key \(key) was used before with another request; use a new key for a new request."
            )
        }
        return try JSONDecoder().decode(Answer.self, from: Data(earlier.answer.utf8))
    }

    func keep(_ answer: Answer, in transaction: any RegistryTransaction) throws {
        let written = try JSONWriter().text(of: answer)
        try transaction.remember(RememberedAnswer(digest: digest, answer: written), to: caller, for: key)
    }
}

/// Tells two requests apart without keeping either: a keyed digest of the action, its overrides and its parameters.
public struct RequestDigest: Hashable, Sendable, Decodable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
