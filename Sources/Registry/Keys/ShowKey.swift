/// One product key, its code masked.
public struct ShowKey: RegistryQuery {
    public static let summary = "Show a product key, its code masked"

    let key: ProductKeyID

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(key, for: .keys)
    }

    public func answer(on key: ProductKey, in context: QueryContext) throws -> ProductKeyResource {
        let organization = try context.reading.requireOrganization(key.organizationID)
        return try context.reading.resource(of: key, on: context.today(in: organization))
    }
}
