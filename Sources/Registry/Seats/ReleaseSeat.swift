/// Takes a user's seat of a SKU on a tenant back.
public struct ReleaseSeat: RegistryCommand {
    public static let action = "seat.release"
    public static let summary = "Take a user's seat back"

    let tenant: TenantReference
    let userPrincipalName: UserPrincipalName
    let skuPartNumber: SKUPartNumber
    /// The first day without the seat; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { userPrincipalName.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> RecordedAssignmentResource {
        let transaction = context.transaction
        let organization = try context.organization(tenant.organizationID)
        let day = try context.day(stated: on, in: organization)
        let held = try transaction.assignments(of: userPrincipalName, in: organization.id)
        let seat = held.first { assignment in
            guard assignment.to == nil, case .cloud(_, tenant.domain, skuPartNumber) = assignment.holding else {
                return false
            }
            return true
        }
        guard let seat else {
            throw Refusal(
                .assignmentNotFound,
                "\(userPrincipalName) has no seat of \(skuPartNumber) on \(tenant.domain).",
                facts: [
                    "userPrincipalName": userPrincipalName, "tenantDomain": tenant.domain,
                    "skuPartNumber": skuPartNumber,
                ]
            )
        }
        return try AssignmentRelease(context: context, day: day).record(seat, action: Self.action)
    }
}
