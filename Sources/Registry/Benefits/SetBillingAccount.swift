/// R54: records the billing account that a tenant stands under.
public struct SetBillingAccount: RegistryCommand {
    public static let action = "tenant.set-billing-account"
    public static let summary = "Record the billing account that a tenant stands under"

    let tenant: TenantReference
    let billingAccount: KeptText

    public var subjectOfRefusal: String { tenant.description }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .administrator)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> TenantResource {
        let account = billingAccount.trimmed
        if tenant.billingAccount != account {
            try context.transaction.set(billingAccount: account, of: tenant.domain, recordedAt: context.now)
            try context.record(
                Self.action,
                subject: tenant.domain,
                changes: [
                    "tenantDomain": tenant.domain, "billingAccount": account, "before": tenant.billingAccount,
                ]
            )
        }
        return TenantResource(
            try context.transaction.requireTenant(.domain(tenant.domain), of: tenant.organizationID)
        )
    }
}

/// R54: records a billing account that is the organisation's own.
public struct AddBillingAccount: RegistryCommand {
    public static let action = "organization.add-billing-account"
    public static let summary = "Record a billing account that is the organisation's own"

    let organization: OrganizationID
    let billingAccount: KeptText

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> BillingAccountsResource {
        let transaction = context.transaction
        let account = billingAccount.trimmed
        if try !transaction.billingAccounts(of: organization.id).contains(account) {
            try transaction.add(billingAccount: account, of: organization.id, recordedAt: context.now)
            try context.record(Self.action, subject: organization.id.value, changes: ["billingAccount": account])
        }
        return BillingAccountsResource(
            organizationId: organization.id,
            billingAccounts: try transaction.billingAccounts(of: organization.id)
        )
    }
}

/// The billing accounts that are an organisation's own.
public struct BillingAccountsResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    /// In the order in which they were recorded.
    public let billingAccounts: [String]
}
