/// R13, R16: shows a product key's code to who may see it; that it was shown is a ledger row.
public struct RevealKey: RevealingUseCase {
    public static let action = "key.reveal"

    public let id: ProductKeyID

    public init(id: ProductKeyID) {
        self.id = id
    }

    public struct Answer: Sendable {
        public let id: ProductKeyID
        public let code: ActivationCode
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { id.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(id, for: .keys)
    }

    public func run(on key: ProductKey, in context: CommandContext) throws -> Answer {
        guard let sealed = try context.transaction.sealedCode(of: key.id) else { throw Refusal.keyNotFound(key.id) }
        let code = try context.secrets.open(sealed)
        let sequence = try context.record(Self.action, subject: id.description, changes: [:])
        return Answer(id: id, code: code, auditSequence: sequence)
    }
}
