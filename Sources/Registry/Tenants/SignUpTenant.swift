/// R43: signs an organisation up for a cloud service; the first sign-up makes the Organization Account.
///
/// A domain that is registered already means a later sign-up on the same tenant. That should use the first
/// administrator's account; another one gets a warning, and is recorded.
public struct SignUpTenant: RegistryCommand {
    public static let action = "tenant.signup"
    public static let summary =
        "Record that an organisation signed up for a cloud service; nothing happens at Microsoft"

    let organization: OrganizationID
    let domain: DomainName
    /// The account that signs up.
    let administrator: UserPrincipalName
    /// Nil while it is not known.
    var tenantId: TenantID?
    /// Nil for Office 365.
    var service: CloudService?
    /// R36: the enrollment that grants a service without tokens.
    var enrollment: EnrollmentID?
    /// When it happened; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .cloud)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> TenantResource {
        let transaction = context.transaction
        let day = try context.day(stated: on, in: organization)
        let service = service ?? .office365
        let enrollment = try enrollment.map { try grantingEnrollment($0, of: organization, on: day, in: context) }
        let grant = try transaction.serviceGrant(
            of: service,
            enrollment: enrollment,
            organization: organization,
            on: day
        )
        let signup = ServiceSignup(
            service: service,
            administrator: administrator,
            enrollmentID: enrollment?.id,
            signedUpOn: day
        )
        if let tenant = try transaction.tenant(registering: domain) {
            return try signUpAgain(tenant, signup, grant, organization: organization, in: context)
        }
        return try signUpFirst(signup, grant, organization: organization, in: context)
    }

    private func signUpFirst(
        _ signup: ServiceSignup,
        _ grant: ServiceGrant?,
        organization: Organization,
        in context: CommandContext
    ) throws -> TenantResource {
        let transaction = context.transaction
        if let tenantId { try SetTenantID.checkFree(tenantId, organization: organization.id, in: context) }
        let earlier = try transaction.tenants(of: organization.id)
        let tenant = Tenant(
            id: tenantId,
            organizationID: organization.id,
            domains: [domain],
            administrator: administrator,
            signedUpOn: signup.signedUpOn,
            services: [signup]
        )
        try transaction.insert(tenant, recordedAt: context.now)
        var warnings: [Warning] = []
        if let first = earlier.first {
            warnings.append(
                Warning(
                    code: "tenant.additional-tenant",
                    rule: .r43,
                    detail: "\(organization.id) already has the Organization Account \(first.domain); "
                        + "this sign-up created another. Seats cannot be moved between the two."
                )
            )
        }
        try record(signup, grant, tenant: tenant, isFirst: true, warnings: warnings, in: context)
        return TenantResource(tenant, warnings: warnings)
    }

    private func signUpAgain(
        _ tenant: Tenant,
        _ signup: ServiceSignup,
        _ grant: ServiceGrant?,
        organization: Organization,
        in context: CommandContext
    ) throws -> TenantResource {
        guard tenant.organizationID == organization.id else {
            throw domainTaken(domain, by: tenant, asking: organization)
        }
        try tenant.checkSignedUp(by: signup.signedUpOn, "it cannot have been signed up for \(signup.service.rawValue)")
        guard
            !tenant.services.contains(where: { $0.service == signup.service && $0.enrollmentID == signup.enrollmentID })
        else {
            throw Refusal(
                .identifierTaken,
                "\(tenant.domain) was signed up for \(signup.service.rawValue) before; there is nothing to do.",
                facts: ["tenantId": tenant.id, "tenantDomain": tenant.domain]
            )
        }
        var warnings: [Warning] = []
        if administrator != tenant.administrator {
            warnings.append(
                Warning(
                    code: "tenant.another-administrator",
                    rule: .r43,
                    detail: "\(tenant.domain) was first signed up by \(tenant.administrator); later sign-ups should "
                        + "use that account. \(administrator) was recorded as the administrator of this one."
                )
            )
        }
        if let tenantId { try SetTenantID.record(tenantId, of: tenant, in: context) }
        try context.transaction.add(signup, to: tenant.domain, recordedAt: context.now)
        try record(signup, grant, tenant: tenant, isFirst: false, warnings: warnings, in: context)
        let updated = try context.transaction.requireTenant(.domain(tenant.domain), of: organization.id)
        return TenantResource(updated, warnings: warnings)
    }

    /// R36: the enrollment that a service without tokens is granted by.
    private func grantingEnrollment(
        _ id: EnrollmentID,
        of organization: Organization,
        on day: CalendarDate,
        in context: CommandContext
    ) throws -> Enrollment {
        let enrollment = try context.transaction.requireEnrollment(id, of: organization.id)
        guard enrollment.isInForce(on: day, portal: organization.portals)
        else {
            throw Refusal(
                .serviceNotAllowed,
                rule: .r36,
                "The enrollment \(id) is not in force for \(organization.id) on \(day); "
                    + "a service without tokens is signed up for through an enrollment that grants it.",
                facts: ["enrollmentId": id]
            )
        }
        return enrollment
    }

    private func record(
        _ signup: ServiceSignup,
        _ grant: ServiceGrant?,
        tenant: Tenant,
        isFirst: Bool,
        warnings: [Warning],
        in context: CommandContext
    ) throws {
        let block = try grant.map {
            try context.transaction.insert($0.draft(on: tenant.domain, recordedAt: context.now))
        }
        try context.record(
            Self.action,
            subject: tenant.domain,
            changes: [
                "tenantId": tenant.id ?? tenantId,
                "tenantDomain": tenant.domain,
                "domain": domain,
                "service": signup.service,
                "administrator": signup.administrator,
                "enrollmentId": signup.enrollmentID,
                "signedUpOn": signup.signedUpOn,
                "first": isFirst,
                "seatBlockId": block,
                "seats": grant?.seats,
                "warnings": warnings.map(\.code),
            ]
        )
    }
}

/// R51: a domain belongs to one tenant.
func domainTaken(_ domain: DomainName, by tenant: Tenant, asking organization: Organization) -> Refusal {
    // Another organisation's name is not told.
    let owner =
        tenant.organizationID == organization.id ? "the tenant \(tenant.domain)" : "a tenant of another organisation"
    return Refusal(
        .domainTaken,
        rule: .r51,
        "The domain \(domain) belongs to \(owner); a domain belongs to one tenant.",
        facts: ["domain": domain]
    )
}
