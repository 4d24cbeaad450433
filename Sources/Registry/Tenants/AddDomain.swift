/// R51: registers one more domain for a tenant.
public struct AddDomain: RegistryCommand {
    public static let action = "tenant.add-domain"
    public static let summary = "Register one more domain for a tenant"

    let tenant: TenantReference
    let domain: DomainName

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> TenantResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(tenant.organizationID)
        if let holder = try transaction.tenant(registering: domain) {
            guard holder.domain == tenant.domain else { throw domainTaken(domain, by: holder, asking: organization) }
            throw Refusal(
                .domainTaken,
                rule: .r51,
                "The domain \(domain) is already registered for this tenant; there is nothing to do.",
                facts: ["domain": domain]
            )
        }
        try transaction.add(domain, to: tenant.domain, recordedAt: context.now)
        try context.record(Self.action, subject: tenant.domain, changes: ["domain": domain])
        return TenantResource(try transaction.requireTenant(.domain(tenant.domain), of: organization.id))
    }
}
