/// R13, R16: shows a product key's code to who may see it; that it was shown is a ledger row.
public struct RevealKey: RevealingUseCase {
    public static let action = "key.reveal"
    public static let summary = "Show a product key's code; that it was shown is recorded"

    let key: ProductKeyID

    public var subjectOfRefusal: String { key.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(key, for: .keys)
    }

    public func run(on key: ProductKey, in context: CommandContext) throws -> RevealedKeyResource {
        guard let sealed = try context.transaction.sealedCode(of: key.id) else { throw Refusal.keyNotFound(key.id) }
        let code = try context.secrets.open(sealed)
        let sequence = try context.record(Self.action, subject: key.id, changes: [:])
        return RevealedKeyResource(id: key.id, code: code, auditSequence: sequence)
    }
}

/// A product key's code.
public struct RevealedKeyResource: Hashable, Sendable, Codable {
    public let id: ProductKeyID
    public let code: ActivationCode
    public let auditSequence: Int64
}
