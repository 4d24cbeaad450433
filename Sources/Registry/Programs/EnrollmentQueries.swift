public struct EnrollmentQuery: RegistryQuery {
    public let id: EnrollmentID

    public init(id: EnrollmentID) {
        self.id = id
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(id, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> EnrollmentDetails {
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

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [EnrollmentDetails] {
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

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Program {
        try context.reading.requireProgram(id)
    }
}

public struct ProgramsQuery: RegistryQuery {
    public init() {}

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [Program] {
        try context.reading.programs()
    }
}
