/// What a user holds and held in an organisation.
public struct ShowUser: RegistryQuery {
    public static let summary = "Show what a user has and had"

    let organization: OrganizationID
    let user: UserPrincipalName

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> UserResource {
        let assignments = try context.reading.assignments(of: user, in: organization.id)
        guard !assignments.isEmpty else {
            throw Refusal(
                .userNotFound,
                "\(user) has never had a seat or a licence in \(organization.id).",
                facts: ["userPrincipalName": user, "organizationId": organization.id]
            )
        }
        return UserResource(
            userPrincipalName: user,
            organizationId: organization.id,
            assignments: assignments.map(AssignmentResource.init)
        )
    }
}

/// What a user holds and held in an organisation.
public struct UserResource: Hashable, Sendable, Codable {
    public let userPrincipalName: UserPrincipalName
    public let organizationId: OrganizationID
    /// In the order in which they were recorded; those that ended have a `to`.
    public let assignments: [AssignmentResource]
}
