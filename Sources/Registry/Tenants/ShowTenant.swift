/// One tenant.
public struct ShowTenant: RegistryQuery {
    public static let summary = "Show a tenant"

    let tenant: TenantReference

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func answer(on tenant: Tenant, in context: QueryContext) throws -> TenantResource {
        TenantResource(tenant)
    }
}
