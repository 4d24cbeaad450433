/// R13, R16: shows a product key's code to who may see it; that it was shown is a ledger row.
public struct RevealKey: RegistryCommand {
    public static let action = "key.reveal"

    public let id: ProductKeyID

    public init(id: ProductKeyID) {
        self.id = id
    }

    /// Says only that the code may be read now: an answer is kept, so it bears no secret.
    public struct Answer: Hashable, Sendable, Codable {
        public let id: ProductKeyID
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { id.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func run(in context: CommandContext) throws -> Answer {
        let key = try context.transaction.requireProductKey(id)
        try context.require(.keys, in: key.organizationID)
        let sequence = try context.record(Self.action, subject: id.description, changes: [:])
        return Answer(id: id, auditSequence: sequence)
    }
}

extension RegistryService {
    /// Reveals a product key's code: the ledger's row first, the code after it is durable.
    /// - Throws: `Refusal`.
    public func reveal(
        _ id: ProductKeyID,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> (answer: RevealKey.Answer, code: ActivationCode) {
        let answer = try await perform(RevealKey(id: id), as: caller, options: options)
        let sealed = try await store.read { try $0.sealedCode(of: id) }
        guard let sealed else {
            throw Refusal(
                .keyNotFound,
                "There is no product key \(id).",
                facts: [.init("keyId", .text(id.description))]
            )
        }
        return (answer, try secrets.open(sealed))
    }
}
