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
        return try JSONDecoder().decode(
            Answer.self,
            from: Data(Self.replacingNames(in: earlier.answer, by: reading.known).utf8)
        )
    }

    /// Keeps the answer, with the pseudonyms of the organisation's people in the place of their names.
    func keep(_ answer: Answer, of organization: OrganizationID?, in transaction: any RegistryTransaction) throws {
        var written = try JSONWriter().text(of: answer)
        if let organization {
            written = try Self.replacingNames(in: written) {
                try transaction.pseudonym(of: $0, in: organization) ?? $0
            }
        }
        try transaction.remember(RememberedAnswer(digest: digest, answer: written), to: caller, for: key)
    }

    private static func replacingNames(
        in answer: String,
        by other: (UserPrincipalName) throws -> UserPrincipalName
    ) throws -> String {
        guard answer.utf8.contains(UInt8(ascii: "@")) else { return answer }
        let value = try JSONDecoder().decode(AuditValue.self, from: Data(answer.utf8))
        return try JSONWriter().text(of: value.replacingNames(by: other))
    }
}

/// Tells two requests apart without keeping either: a keyed digest of the action, its overrides and its parameters.
public struct RequestDigest: Hashable, Sendable, Decodable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
