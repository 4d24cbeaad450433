/// One organisation.
public struct ShowOrganization: RegistryQuery {
    public static let summary = "Show an organisation"

    let organization: OrganizationID

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> OrganizationResource {
        OrganizationResource(organization)
    }
}
