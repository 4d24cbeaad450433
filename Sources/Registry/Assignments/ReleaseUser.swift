/// Takes back all that a person has, in one step: somebody who leaves.
public struct ReleaseUser: RegistryCommand {
    public static let action = "user.release"
    public static let summary = "Take back all seats and licences of a user, in one step"

    let organization: OrganizationID
    let userPrincipalName: UserPrincipalName
    /// The first day without them; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { userPrincipalName.value }

    public struct Answer: Hashable, Sendable, Codable {
        public let organizationId: OrganizationID
        public let userPrincipalName: UserPrincipalName
        /// The first day without them.
        public let to: CalendarDate
        public let released: [RecordedAssignmentResource]
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> Answer {
        let day = try context.day(stated: on, in: organization)
        let all = try context.transaction.assignments(of: userPrincipalName, in: organization.id)
        let held = all.filter { $0.to == nil }
        guard !held.isEmpty else {
            throw Refusal(
                .assignmentNotFound,
                "\(userPrincipalName) has neither a seat nor a licence in \(organization.id).",
                facts: ["userPrincipalName": userPrincipalName, "organizationId": organization.id]
            )
        }
        let release = AssignmentRelease(context: context, day: day)
        return Answer(
            organizationId: organization.id,
            userPrincipalName: userPrincipalName,
            to: day,
            released: try held.map { try release.record($0, action: Self.action) }
        )
    }
}
