/// One SKU of the catalogue.
public struct ShowSKU: RegistryQuery {
    public static let summary = "Show a SKU"

    let sku: SKUPartNumber

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> SKUResource {
        SKUResource(try context.reading.requireSKU(sku))
    }
}
