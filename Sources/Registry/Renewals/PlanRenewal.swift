/// Plans the renewal of an enrollment. Changes nothing.
public struct PlanRenewal: RegistryQuery {
    public let enrollmentID: EnrollmentID
    /// The day of the renewal; it may lie ahead. Nil for today.
    public let on: CalendarDate?
    /// The programme of the next year; nil for the closing year's (R09).
    public let programID: ProgramID?
    public let paidOn: CalendarDate?
    /// What the portal issued; nil for what the entitlement brings.
    public let issued: [RenewalPlan.Issue]?
    /// R12: whether what the portal issued is taken whatever it is worth.
    public let isIssueTaken: Bool

    public init(
        enrollmentID: EnrollmentID,
        on day: CalendarDate? = nil,
        programID: ProgramID? = nil,
        paidOn: CalendarDate? = nil,
        issued: [RenewalPlan.Issue]? = nil,
        isIssueTaken: Bool = false
    ) {
        self.isIssueTaken = isIssueTaken
        self.enrollmentID = enrollmentID
        self.on = day
        self.programID = programID
        self.paidOn = paidOn
        self.issued = issued
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> RenewalPlan {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let day = on ?? context.today(in: organization)
        // Planning ahead is what a plan is for; only what is past cannot be planned.
        switch RenewalTiming.check(enrollment, portal: organization.portal, on: day) {
        case .failure(let refusal) where refusal.code != .renewalNotDue: throw refusal
        case .failure, .success: break
        }
        guard day >= enrollment.year.startsOn else {
            throw Refusal(
                .dateTooEarly,
                "\(enrollment.id) begins on \(enrollment.year.startsOn); its renewal cannot be planned for \(day).",
                facts: [.init("earliest", .text(enrollment.year.startsOn.description))]
            )
        }
        return try RenewalPlanning.plan(
            context.reading.renewalSituation(
                of: enrollment,
                organization: organization,
                programID: programID,
                day: day,
                paidOn: paidOn,
                issued: issued
            ),
            isDayStated: on != nil,
            isIssueTaken: { isIssueTaken }
        ).get()
    }
}
