/// R07: corrects the day on which a version of a product came into the programme.
public struct CorrectProductVersion: RegistryCommand {
    public static let action = "product-version.correct"
    public static let summary = "Correct the day on which a version came into the programme"

    let product: KeptText
    let version: KeptText
    let cameOn: CalendarDate
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> { try gate.owner() }

    public func run(on subject: Void, in context: CommandContext) throws -> CorrectionResource {
        guard
            let known = try context.transaction.productVersions().first(where: {
                $0.product.lowercased() == product.text.lowercased()
                    && $0.version.lowercased() == version.text.lowercased()
            })
        else {
            throw Refusal(
                .productVersionNotFound,
                "The registry has no version \(version) of \(product); 'tokenctl product list' shows those that it has.",
                facts: ["product": product.text, "version": version.text]
            )
        }
        return try context.correct(
            "\(known.product) \(known.version)",
            of: nil,
            action: Self.action,
            [
                (
                    .productVersion(product: known.product, version: known.version),
                    [FieldChange("cameOn", .init(known.cameOn), .init(cameOn))]
                )
            ],
            on: on,
            reason: reason
        )
    }
}
