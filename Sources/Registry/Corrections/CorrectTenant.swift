/// Corrects what was recorded of a tenant, names its administrator's successor, or records that the tenant was left.
public struct CorrectTenant: RegistryCommand {
    public static let action = "tenant.correct"
    public static let summary = "Correct a tenant"

    /// By the domain that is to be corrected, where one is.
    let tenant: TenantReference
    var tenantId: TenantID?
    var domain: DomainName?
    var administrator: UserPrincipalName?
    /// The first day without the tenant.
    var leftOn: CalendarDate?
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { tenant.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .administrator)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> CorrectionResource {
        let organization = try context.transaction.requireOrganization(tenant.organizationID)
        var changes: [FieldChange] = []
        var rows: [(CorrectableRow, [FieldChange])] = []
        if let tenantId, tenantId != tenant.id {
            guard let known = tenant.id else {
                throw Refusal.uncorrectable(
                    "The id of \(tenant.domain) is not known yet: record it (tokenctl tenant set-id).",
                    facts: ["tenantDomain": tenant.domain]
                )
            }
            try SetTenantID.checkFree(tenantId, organization: organization.id, in: context)
            changes.append(FieldChange("id", .init(known), .init(tenantId)))
        }
        if let administrator, administrator != tenant.administrator {
            changes.append(
                FieldChange(
                    "administrator",
                    .person(tenant.administrator, of: organization.id),
                    .person(administrator, of: organization.id)
                )
            )
        }
        if let leftOn {
            try checkLeaving(tenant, on: leftOn, organization, in: context)
            changes.append(FieldChange("leftOn", .init(tenant.leftOn), .init(leftOn)))
        }
        if let domain {
            let wrong = try wrongDomain(of: tenant)
            try checkFree(domain, organization, in: context)
            rows.append((.domain(wrong), [FieldChange("domain", .init(wrong), .init(domain))]))
            if wrong == tenant.domain { changes.append(FieldChange("domain", .init(wrong), .init(domain))) }
        }
        rows.append((.tenant(tenant.domain), changes))
        return try context.correct(
            tenant.domain.description,
            of: organization,
            action: Self.action,
            rows,
            on: leftOn ?? on,
            reason: reason
        )
    }

    private func wrongDomain(of tenant: Tenant) throws -> DomainName {
        guard case .domain(let domain) = self.tenant else { return tenant.domain }
        return domain
    }

    /// R51: a domain belongs to one tenant.
    private func checkFree(_ domain: DomainName, _ organization: Organization, in context: CommandContext) throws {
        guard let holder = try context.transaction.tenant(registering: domain) else { return }
        throw domainTaken(domain, by: holder, asking: organization)
    }

    private func checkLeaving(
        _ tenant: Tenant,
        on day: CalendarDate,
        _ organization: Organization,
        in context: CommandContext
    ) throws {
        try tenant.checkSignedUp(by: context.day(stated: day, in: organization), "it cannot have been left")
        let holders = try context.transaction.openAssignments(
            AssignmentFilter(organizationID: organization.id, kind: .cloud, tenant: tenant.domain),
            after: nil,
            limit: 1
        )
        guard let holder = holders.first else { return }
        throw Refusal.uncorrectable(
            "\(holder.user) still holds a seat on \(tenant.domain). Release its users first (tokenctl seat release --file).",
            facts: ["tenantDomain": tenant.domain, "userPrincipalName": holder.user]
        )
    }
}
