/// Takes a user's on-premises licence back.
public struct ReleaseLicense: RegistryCommand {
    public static let action = "license.release"
    public static let summary = "Take a user's on-premises licence back"

    let organization: OrganizationID
    let userPrincipalName: UserPrincipalName
    let product: ProductLine
    /// R42: the one from this source, `program` for the programme's; nil for the programme's, or else for the one that was bought outside it.
    var source: KeptText?
    /// The first day without it; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { userPrincipalName.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .software)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> RecordedAssignmentResource {
        let transaction = context.transaction
        let day = try context.day(stated: on, in: organization)
        let held = try transaction.assignments(of: userPrincipalName, in: organization.id).filter {
            $0.to == nil && $0.holding == .onPremises && $0.product == product
                && (source == nil || $0.source ?? SeatSource.programDescription == source?.text)
        }
        guard let license = held.first(where: { $0.source == nil }) ?? held.first else {
            throw Refusal(
                .assignmentNotFound,
                "\(userPrincipalName) has no \(product) on-premises\(source.map { " from \(quoted($0.text))" } ?? "").",
                facts: ["userPrincipalName": userPrincipalName, "organizationId": organization.id, "product": product]
            )
        }
        return try AssignmentRelease(context: context, day: day).record(license, action: Self.action)
    }
}
