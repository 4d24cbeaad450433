/// R13, R14, R15: grants a user or a group of this machine a permission in an organisation.
///
/// A grant of the same permission with another end is replaced; both stay in the history.
public struct GrantAccess: RegistryCommand {
    public static let action = "access.grant"

    public let organizationID: OrganizationID
    public let principal: String
    public let permission: Permission
    /// The last day with the permission; nil while it has no end.
    public let through: CalendarDate?

    public init(
        organizationID: OrganizationID,
        principal: Principal,
        permission: Permission,
        through: CalendarDate?
    ) {
        self.organizationID = organizationID
        self.principal = principal.description
        self.permission = permission
        self.through = through
    }

    public var subjectOfRefusal: String { organizationID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> AccessView {
        let transaction = context.transaction
        let until = try end(in: organization, context)
        let grants = try transaction.grants(in: organization.id).filter { $0.isInForce(at: context.now) }
        if let held = grants.first(where: { $0.grant.principal == principal && $0.grant.permission == permission }) {
            guard held.grant.until != until else { throw exists() }
            if until != nil { try LastAdministrator.check(ending: held, among: grants) }
            try transaction.revoke(held, at: context.now)
        }
        let grant = AccessGrant(
            organizationID: organization.id,
            principal: principal,
            permission: permission,
            from: context.now,
            until: until,
            grantedBy: context.caller.principal.description
        )
        try transaction.insert(grant)
        try context.record(
            Self.action,
            subject: organization.id.value,
            changes: [
                "principal": .text(principal),
                "permission": .text(permission.rawValue),
                "through": .optional(through),
            ]
        )
        return AccessView(grant, revokedAt: nil, in: organization)
    }

    private func end(in organization: Organization, _ context: CommandContext) throws -> Instant? {
        guard let through else { return nil }
        let today = context.today(in: organization)
        guard through >= today else {
            throw Refusal(
                .dateTooEarly,
                "A permission cannot end on \(through), before today (\(today)).",
                facts: [.init("date", .text(through.description)), .init("today", .text(today.description))]
            )
        }
        let last = organization.timeZone.end(of: through)
        return Instant(microsecondsSinceEpoch: last.microsecondsSinceEpoch + 1)
    }

    private func exists() -> Refusal {
        Refusal(
            .grantExists,
            rule: .r13,
            "\(principal) already has the permission \"\(permission.rawValue)\" in \(organizationID).",
            facts: [.init("principal", .text(principal)), .init("permission", .text(permission.rawValue))]
        )
    }
}
