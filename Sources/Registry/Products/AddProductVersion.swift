/// R07: records the day on which a version of a product came into the programme.
public struct AddProductVersion: RegistryCommand {
    public static let action = "product.add-version"
    public static let summary = "Record when a version of a product came into the programme"

    let product: KeptText
    let version: KeptText
    let on: CalendarDate

    public var subjectOfRefusal: String { product.text }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> ProductVersion {
        let added = ProductVersion(product: product.text, version: version.text, cameOn: on)
        try context.transaction.insert(added, recordedAt: context.now)
        return try context.record(Self.action, added, subject: added.product)
    }
}
