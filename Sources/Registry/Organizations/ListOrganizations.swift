/// The organisations that the caller may see, in the order of their ids.
public struct ListOrganizations: RegistryQuery {
    public static let summary = "List organisations"

    var after: OrganizationID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(
        on _: Void,
        in context: QueryContext
    ) throws -> Page<OrganizationResource, OrganizationID> {
        let limit = (limit ?? .standard).value
        let found =
            try context.caller.ownsRegistry
            ? context.reading.organizations(after: after, limit: limit)
            : context.gate.ownOrganizations(after: after, limit: limit)
        return Page(
            items: found.map { OrganizationResource($0) },
            next: found.count == limit ? found.last?.id : nil
        )
    }
}
