/// Records the GUID of a tenant that was signed up before it was known. It is recorded once; a wrong one is corrected.
public struct SetTenantID: RegistryCommand {
    public static let action = "tenant.set-id"
    public static let summary = "Record the id of a tenant that was signed up before it was known"

    let tenant: TenantReference
    let tenantId: TenantID

    public var subjectOfRefusal: String { tenant.description }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> TenantResource {
        try Self.record(tenantId, of: tenant, in: context)
        return TenantResource(
            try context.transaction.requireTenant(.domain(tenant.domain), of: tenant.organizationID)
        )
    }

    /// Nothing is written where the tenant has this very id already.
    /// - Throws: `Refusal` with `identifier.taken` when the tenant is known by another id, or the id is another tenant's.
    static func record(_ id: TenantID, of tenant: Tenant, in context: CommandContext) throws {
        guard tenant.id != id else { return }
        if let known = tenant.id {
            throw Refusal(
                .identifierTaken,
                "The id of \(tenant.domain) is \(known); a tenant's id does not change. If it "
                    + "was mistyped, correct the tenant.",
                facts: ["tenantId": known, "tenantDomain": tenant.domain]
            )
        }
        try checkFree(id, organization: tenant.organizationID, in: context)
        try context.transaction.set(id, of: tenant.domain, recordedAt: context.now)
        try context.record(
            action,
            subject: tenant.domain,
            changes: ["tenantId": id, "tenantDomain": tenant.domain]
        )
    }

    /// - Throws: `Refusal` with `identifier.taken` when a tenant has the id. Another organisation's tenant is not named.
    static func checkFree(_ id: TenantID, organization: OrganizationID, in context: CommandContext) throws {
        guard let holder = try context.transaction.tenant(id) else { return }
        let isOwn = holder.organizationID == organization
        throw Refusal(
            .identifierTaken,
            "The id \(id) belongs to \(isOwn ? "the tenant \(holder.domain)" : "a tenant of another organisation").",
            facts: ["tenantId": id]
                + (isOwn ? ["tenantDomain": holder.domain] : [:])
        )
    }
}
