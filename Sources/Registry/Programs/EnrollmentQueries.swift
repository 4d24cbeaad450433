public struct EnrollmentQuery: RegistryQuery {
    public let id: EnrollmentID

    public init(id: EnrollmentID) {
        self.id = id
    }

    public func answer(in context: QueryContext) throws -> EnrollmentDetails {
        let enrollment = try context.reading.requireEnrollment(id)
        try context.require(.statement, in: enrollment.organizationID)
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        return try context.reading.details(
            of: enrollment,
            history: GrantHistory(of: organization, reading: context.reading),
            on: context.today(in: organization)
        )
    }
}

/// All that the organisation ever held, by their first day.
public struct EnrollmentsQuery: RegistryQuery {
    public let organizationID: OrganizationID

    public init(organizationID: OrganizationID) {
        self.organizationID = organizationID
    }

    public func answer(in context: QueryContext) throws -> [EnrollmentDetails] {
        let organization = try context.reading.requireOrganization(organizationID)
        try context.require(.statement, in: organization.id)
        let today = context.today(in: organization)
        let history = try GrantHistory(of: organization, reading: context.reading)
        return try context.reading.enrollments(of: organization.id).map {
            try context.reading.details(of: $0, history: history, on: today)
        }
    }
}

extension TokenReading {
    func details(
        of enrollment: Enrollment,
        history: GrantHistory,
        on day: CalendarDate,
        changes: [GrantChange] = []
    ) throws -> EnrollmentDetails {
        EnrollmentDetails(
            enrollment: enrollment,
            status: enrollment.status(on: day, portal: history.organization.portal),
            grants: history.grants(of: enrollment, nearest: day),
            tokens: try tokenIDs(of: enrollment.id),
            changes: changes
        )
    }
}

public struct ProgramQuery: RegistryQuery {
    public let id: ProgramID

    public init(id: ProgramID) {
        self.id = id
    }

    public func answer(in context: QueryContext) throws -> Program {
        try context.reading.requireProgram(id)
    }
}

public struct ProgramsQuery: RegistryQuery {
    public init() {}

    public func answer(in context: QueryContext) throws -> [Program] {
        try context.reading.programs()
    }
}
