/// Corrects a product key's count, as when the support centre adds activations, or takes a mistaken activation back.
public struct CorrectKey: RegistryCommand {
    public static let action = "key.correct"
    public static let summary = "Correct a product key"

    let key: ProductKeyID
    /// How many it has in all.
    var activations: Int?
    /// The activation that did not happen.
    var withdraw: KeyActivationID?
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { key.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(key, for: .administrator)
    }

    public func run(on key: ProductKey, in context: CommandContext) throws -> CorrectionResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(key.organizationID)
        var rows: [(CorrectableRow, [FieldChange])] = []
        var consumed = try transaction.keyUse(of: key.id, since: context.today(in: organization)).consumed
        if let withdraw {
            let activation = try self.activation(withdraw, of: key, in: transaction)
            rows.append((.activation(withdraw.number), [FieldChange("withdrawn", .flag(false), .flag(true))]))
            if activation.isConsumed { consumed -= 1 }
        }
        if let activations {
            guard (1...1_000_000).contains(activations) else {
                throw Refusal.invalidField("activations", String(activations), "it is a number from 1 to 1000000")
            }
            guard activations >= consumed else {
                throw Refusal.uncorrectable(
                    "\(consumed) activations of \(key.id) were consumed, more than \(activations).",
                    rule: .r24,
                    facts: ["keyId": key.id, "consumed": consumed]
                )
            }
            rows.append(
                (
                    .productKey(key.id),
                    [
                        FieldChange(
                            "activations",
                            key.activations.map(CorrectedValue.number) ?? .none,
                            .number(activations)
                        )
                    ]
                )
            )
        }
        return try context.correct(
            key.id.description,
            of: organization,
            action: Self.action,
            rows,
            on: on,
            reason: reason
        )
    }

    /// R25: what a later activation of the machine consumed was decided by the ones before it.
    private func activation(
        _ id: KeyActivationID,
        of key: ProductKey,
        in transaction: any RegistryTransaction
    ) throws -> KeyActivation {
        let all = try transaction.activations(of: key.id, after: nil, limit: .max)
        guard let activation = all.first(where: { $0.id == id }) else {
            throw Refusal(
                .keyNotFound,
                "The product key \(key.id) has no activation \(id); 'tokenctl key history \(key.id)' lists them.",
                facts: ["keyId": key.id]
            )
        }
        let machine = activation.machine.lowercased()
        if let later = all.first(where: { $0.id > id && $0.machine.lowercased() == machine }) {
            throw Refusal.uncorrectable(
                "\(activation.machine) was activated again by \(later.id), which was counted by this one. Take that back first.",
                rule: .r25,
                facts: ["keyId": key.id]
            )
        }
        return activation
    }
}
