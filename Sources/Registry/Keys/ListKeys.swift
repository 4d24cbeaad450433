/// R16: an organisation's product keys, the same for everybody who may see them, in the order of their ids.
public struct ListKeys: RegistryQuery {
    public static let summary = "List an organisation's product keys"

    let organization: OrganizationID
    var after: ProductKeyID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .keys)
    }

    public func answer(
        on organization: Organization,
        in context: QueryContext
    ) throws -> Page<ProductKeyResource, ProductKeyID> {
        let today = context.today(in: organization)
        let limit = (limit ?? .standard).value
        let keys = try context.reading.productKeys(of: organization.id, after: after, limit: limit)
        let items = try keys.map { try context.reading.resource(of: $0, on: today) }
        return Page(items: items, next: keys.count == limit ? keys.last?.id : nil)
    }
}
