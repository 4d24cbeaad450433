/// All that an organisation ever held, by their first day.
public struct ListEnrollments: RegistryQuery {
    public static let summary = "List an organisation's enrollments"

    let organization: OrganizationID

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [EnrollmentResource] {
        let today = context.today(in: organization)
        let history = try GrantHistory(of: organization, reading: context.reading)
        return try context.reading.enrollments(of: organization.id).map {
            try context.reading.resource(of: $0, history: history, on: today)
        }
    }
}
