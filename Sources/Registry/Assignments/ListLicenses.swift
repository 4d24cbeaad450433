/// An organisation's on-premises licences that last, in the order of their ids.
public struct ListLicenses: RegistryQuery {
    public static let summary = "List an organisation's on-premises licences"

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
        let filter = AssignmentFilter(organizationID: organization.id, kind: .onPremises, product: product)
        return try context.reading.page(of: filter, after: after, limit: limit)
    }
}

extension AssignmentReading {
    /// A page of the assignments that last.
    func page(
        of filter: AssignmentFilter,
        after: AssignmentID?,
        limit: PageLimit?
    ) throws -> Page<AssignmentResource, AssignmentID> {
        let limit = (limit ?? .standard).value
        let found = try openAssignments(filter, after: after, limit: limit)
        return Page(
            items: found.map(AssignmentResource.init),
            next: found.count == limit ? found.last?.id : nil
        )
    }
}
