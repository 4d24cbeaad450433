/// R39: says which family a SKU belongs to, where the catalogue does not know it or has it wrong.
///
/// Lists that are imported later leave it as the administrator said.
public struct CorrectSKU: RegistryCommand {
    public static let action = "sku.correct"
    public static let summary = "Say which family a SKU belongs to"

    let skuPartNumber: SKUPartNumber
    let family: SKUFamily
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { skuPartNumber.description }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> { try gate.owner() }

    public func run(on _: Void, in context: CommandContext) throws -> CorrectionResource {
        let sku = try context.transaction.requireSKU(skuPartNumber)
        let answer = try context.correct(
            sku.partNumber.description,
            of: nil,
            action: Self.action,
            [],
            stating: [FieldChange("family", .init(sku.family?.rawValue), .init(family.rawValue))],
            on: on,
            reason: reason
        )
        try context.transaction.put(sku.stating(family), recordedAt: context.now)
        return answer
    }
}
