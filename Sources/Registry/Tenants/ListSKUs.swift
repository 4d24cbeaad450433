/// The SKU catalogue, in the order of its part numbers.
public struct ListSKUs: RegistryQuery {
    public static let summary = "List the SKU catalogue"

    var after: SKUPartNumber?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<SKUResource, SKUPartNumber> {
        let limit = (limit ?? .standard).value
        let skus = try context.reading.skus(after: after, limit: limit)
        return Page(items: skus.map(SKUResource.init), next: skus.count == limit ? skus.last?.partNumber : nil)
    }
}
