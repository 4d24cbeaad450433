/// An enrollment with what it grants and the tokens that it brought.
public struct EnrollmentResource: Hashable, Sendable, Codable {
    public let id: EnrollmentID
    public let organizationId: OrganizationID
    public let locationId: LocationID
    public let program: ProgramID
    /// The licence table that it was made from; null where the records do not tell.
    @Nullable public var edition: EditionID?
    /// Which competency it is, in the administrator's words.
    @Nullable public var competency: String?
    public let startsOn: CalendarDate
    /// The programme year's last day.
    public let endsOn: CalendarDate
    public let status: Enrollment.Status
    /// How it ended, where it ended other than by the calendar.
    @Nullable public var ending: Enrollment.Ending.Kind?
    /// The first day without it, where it ended other than by the calendar.
    @Nullable public var endedOn: CalendarDate?
    /// The enrollment that this one renews.
    @Nullable public var predecessorId: EnrollmentID?
    /// Whether the registry mints its tokens; otherwise the portal's are imported.
    public let mintsTokens: Bool
    /// R12: as of today, or of the nearest day on which it is in force.
    public let grants: [EnrollmentGrantResource]
    public let tokens: [TokenID]
    /// R12: what a command that added or ended it changed of what other enrollments grant.
    public let changes: [GrantChange]
    /// R53: what should be known of an enrollment that was just added.
    public let warnings: [Warning]

    init(
        _ enrollment: Enrollment,
        history: GrantHistory,
        on day: CalendarDate,
        tokens: [TokenID],
        changes: [GrantChange],
        warnings: [Warning] = []
    ) {
        id = enrollment.id
        organizationId = enrollment.organizationID
        locationId = enrollment.locationID
        program = enrollment.programID
        edition = enrollment.edition
        competency = enrollment.competency
        startsOn = enrollment.year.startsOn
        endsOn = enrollment.year.endsOn
        status = enrollment.status(on: day, portal: history.organization.portals)
        ending = enrollment.ending?.kind
        endedOn = enrollment.ending?.on
        predecessorId = enrollment.predecessor
        mintsTokens = enrollment.mintsTokens
        grants = history.grants(of: enrollment, nearest: day).map(EnrollmentGrantResource.init)
        self.tokens = tokens
        self.changes = changes
        self.warnings = warnings
    }
}

extension TokenReading {
    func resource(
        of enrollment: Enrollment,
        history: GrantHistory,
        on day: CalendarDate,
        changes: [GrantChange] = []
    ) throws -> EnrollmentResource {
        EnrollmentResource(
            enrollment,
            history: history,
            on: day,
            tokens: try tokenIDs(of: enrollment.id),
            changes: changes
        )
    }
}
