/// The users of an organisation who hold seats, in the order of the assignments' ids.
public struct ListSeatAssignments: RegistryQuery {
    public static let summary = "List the users of an organisation who hold seats"

    let organization: OrganizationID
    var product: ProductLine?
    var after: AssignmentID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(
        on organization: Organization,
        in context: QueryContext
    ) throws -> Page<AssignmentResource, AssignmentID> {
        let filter = AssignmentFilter(organizationID: organization.id, kind: .cloud, product: product)
        return try context.reading.page(of: filter, after: after, limit: limit)
    }
}
