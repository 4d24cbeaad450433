/// An organisation's tenants, in the order in which they were recorded.
public struct ListTenants: RegistryQuery {
    public static let summary = "List an organisation's tenants"

    let organization: OrganizationID

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .cloud)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [TenantResource] {
        try context.reading.tenants(of: organization.id).map { TenantResource($0) }
    }
}
