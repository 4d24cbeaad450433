/// R13, R16: shows a token's code to who may see it; that it was shown is a ledger row.
public struct RevealToken: RegistryCommand {
    public static let action = "token.reveal"

    public let id: TokenID

    public init(id: TokenID) {
        self.id = id
    }

    /// Says only that the code may be read now: an answer is kept, so it bears no secret.
    public struct Answer: Hashable, Sendable, Codable {
        public let id: TokenID
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { id.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func run(in context: CommandContext) throws -> Answer {
        let token = try context.transaction.requireToken(id)
        try context.require(.keys, in: token.organizationID)
        let sequence = try context.record(Self.action, subject: id.description, changes: [:])
        return Answer(id: id, auditSequence: sequence)
    }
}

extension RegistryService {
    /// Reveals a token's code: the ledger's row first, the code after it is durable.
    /// - Throws: `Refusal`.
    public func reveal(
        _ id: TokenID,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> (answer: RevealToken.Answer, code: ActivationCode) {
        let answer = try await perform(RevealToken(id: id), as: caller, options: options)
        let sealed = try await store.read { try $0.sealedCode(of: id) }
        guard let sealed else {
            throw Refusal(.tokenNotFound, "There is no token \(id).", facts: [.init("tokenId", .text(id.description))])
        }
        return (answer, try secrets.open(sealed))
    }
}
