/// R13, R16: shows a token's code to who may see it; that it was shown is a ledger row.
public struct RevealToken: RevealingUseCase {
    public static let action = "token.reveal"

    public let id: TokenID

    public init(id: TokenID) {
        self.id = id
    }

    public struct Answer: Sendable {
        public let id: TokenID
        public let code: ActivationCode
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { id.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(id, for: .keys)
    }

    public func run(on token: Token, in context: CommandContext) throws -> Answer {
        guard let sealed = try context.transaction.sealedCode(of: token.id) else {
            throw Refusal.tokenNotFound(token.id)
        }
        let code = try context.secrets.open(sealed)
        let sequence = try context.record(Self.action, subject: id.description, changes: [:])
        return Answer(id: id, code: code, auditSequence: sequence)
    }
}
