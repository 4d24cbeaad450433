/// R13, R14, R15: takes a permission back, from now on.
public struct RevokeAccess: RegistryCommand {
    public static let action = "access.revoke"
    public static let summary = "Take a permission back"

    let organization: OrganizationID
    let principal: Principal
    let permission: Permission

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> AccessResource {
        let transaction = context.transaction
        let grants = try transaction.grants(in: organization.id).filter { $0.isInForce(at: context.now) }
        let held = grants.first {
            $0.grant.principal == principal.description && $0.grant.permission == permission
        }
        guard let held else {
            throw Refusal(
                .grantNotFound,
                "\(principal) does not have the permission \"\(permission.rawValue)\" in \(organization.id).",
                facts: ["principal": principal, "permission": permission]
            )
        }
        try LastAdministrator.check(ending: held, among: grants)
        try transaction.revoke(held, at: context.now)
        return try context.record(
            Self.action,
            AccessResource(held.grant, revokedAt: context.now, in: organization),
            subject: organization.id
        )
    }
}
