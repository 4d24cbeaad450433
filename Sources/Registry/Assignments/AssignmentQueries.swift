/// What a user holds and held in an organisation.
public struct UserQuery: RegistryQuery {
    public let user: UserPrincipalName
    public let organizationID: OrganizationID

    public init(user: UserPrincipalName, organizationID: OrganizationID) {
        self.user = user
        self.organizationID = organizationID
    }

    public struct Answer: Hashable, Sendable {
        public let user: UserPrincipalName
        /// In the order in which they were recorded.
        public let assignments: [Assignment]
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> Answer {
        let assignments = try context.reading.assignments(of: user, in: organization.id)
        guard !assignments.isEmpty else {
            throw Refusal(
                .userNotFound,
                "\(user) has never had a seat or a licence in \(organization.id).",
                facts: [
                    .init("userPrincipalName", .text(user.value)),
                    .init("organizationId", .text(organization.id.value)),
                ]
            )
        }
        return Answer(user: user, assignments: assignments)
    }
}

/// The assignments of an organisation that last, of one kind, in the order of their ids.
public struct AssignmentsQuery: RegistryQuery {
    public let filter: AssignmentFilter
    public let after: AssignmentID?
    public let limit: Int

    public init(_ filter: AssignmentFilter, after: AssignmentID?, limit: Int) {
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(filter.organizationID, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> Page<Assignment, AssignmentID>
    {
        let found = try context.reading.openAssignments(filter, after: after, limit: limit)
        return Page(items: found, next: found.count == limit ? found.last?.id : nil)
    }
}
