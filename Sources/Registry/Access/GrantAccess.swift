/// R13, R14, R15: grants a user or a group of this machine a permission in an organisation.
///
/// A grant of the same permission with another end is replaced; both stay in the history.
public struct GrantAccess: RegistryCommand {
    public static let action = "access.grant"
    public static let summary = "Grant a user or group a permission"

    let organization: OrganizationID
    let principal: Principal
    let permission: Permission
    /// The last day with the permission, in the organisation's time zone; nil while it has no end.
    var until: CalendarDate?

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> AccessResource {
        let transaction = context.transaction
        let end = try self.end(in: organization, context)
        let grants = try transaction.grants(in: organization.id).filter { $0.isInForce(at: context.now) }
        if let held = grants.first(where: {
            $0.grant.principal == principal.description && $0.grant.permission == permission
        }) {
            guard held.grant.until != end else { throw exists() }
            if end != nil { try LastAdministrator.check(ending: held, among: grants) }
            try transaction.revoke(held, at: context.now)
        }
        let grant = AccessGrant(
            organizationID: organization.id,
            principal: principal.description,
            permission: permission,
            from: context.now,
            until: end,
            grantedBy: context.caller.principal.description
        )
        try transaction.insert(grant)
        return try context.record(
            Self.action,
            AccessResource(grant, revokedAt: nil, in: organization),
            subject: organization.id
        )
    }

    private func end(in organization: Organization, _ context: CommandContext) throws -> Instant? {
        guard let until else { return nil }
        let today = context.today(in: organization)
        guard until >= today else {
            throw Refusal(
                .dateTooEarly,
                "A permission cannot end on \(until), before today (\(today)).",
                facts: ["date": until, "today": today]
            )
        }
        let last = organization.timeZone.end(of: until)
        return Instant(microsecondsSinceEpoch: last.microsecondsSinceEpoch + 1)
    }

    private func exists() -> Refusal {
        Refusal(
            .grantExists,
            rule: .r13,
            "\(principal) already has the permission \"\(permission.rawValue)\" in \(organization).",
            facts: ["principal": principal, "permission": permission]
        )
    }
}
