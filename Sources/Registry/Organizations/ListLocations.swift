/// An organisation's locations, the headquarters first, then in the order of their ids.
public struct ListLocations: RegistryQuery {
    public static let summary = "List an organisation's locations"

    let organization: OrganizationID

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [LocationResource] {
        try context.reading.locations(of: organization.id).map(LocationResource.init)
    }
}
