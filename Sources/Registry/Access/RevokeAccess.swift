/// R13, R14, R15: takes a permission back, from now on.
public struct RevokeAccess: RegistryCommand {
    public static let action = "access.revoke"

    public let organizationID: OrganizationID
    public let principal: String
    public let permission: Permission

    public init(organizationID: OrganizationID, principal: Principal, permission: Permission) {
        self.organizationID = organizationID
        self.principal = principal.description
        self.permission = permission
    }

    public var subjectOfRefusal: String { organizationID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> AccessView {
        let transaction = context.transaction
        let grants = try transaction.grants(in: organization.id).filter { $0.isInForce(at: context.now) }
        guard let held = grants.first(where: { $0.grant.principal == principal && $0.grant.permission == permission })
        else {
            throw Refusal(
                .grantNotFound,
                "\(principal) does not have the permission \"\(permission.rawValue)\" in \(organizationID).",
                facts: [.init("principal", .text(principal)), .init("permission", .text(permission.rawValue))]
            )
        }
        try LastAdministrator.check(ending: held, among: grants)
        try transaction.revoke(held, at: context.now)
        try context.record(
            Self.action,
            subject: organization.id.value,
            changes: ["principal": .text(principal), "permission": .text(permission.rawValue)]
        )
        return AccessView(held.grant, revokedAt: context.now, in: organization)
    }
}
