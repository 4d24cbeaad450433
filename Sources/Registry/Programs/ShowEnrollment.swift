/// An enrollment as it stands today.
public struct ShowEnrollment: RegistryQuery {
    public static let summary = "Show an enrollment"

    let enrollment: EnrollmentID

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> EnrollmentResource {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        return try context.reading.resource(
            of: enrollment,
            history: GrantHistory(of: organization, reading: context.reading),
            on: context.today(in: organization)
        )
    }
}
