/// R13, R16: shows a token's code to who may see it; that it was shown is a ledger row.
public struct RevealToken: RevealingUseCase {
    public static let action = "token.reveal"
    public static let summary = "Show a token's code; that it was shown is recorded"

    let token: TokenID

    public var subjectOfRefusal: String { token.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .keys)
    }

    public func run(on token: Token, in context: CommandContext) throws -> RevealedTokenResource {
        guard let sealed = try context.transaction.sealedCode(of: token.id) else {
            throw Refusal.tokenNotFound(token.id)
        }
        let code = try context.secrets.open(sealed)
        let sequence = try context.record(Self.action, subject: token.id, changes: [:])
        return RevealedTokenResource(id: token.id, code: code, auditSequence: sequence)
    }
}

/// A token's code.
public struct RevealedTokenResource: Hashable, Sendable, Codable {
    public let id: TokenID
    public let code: ActivationCode
    public let auditSequence: Int64
}
