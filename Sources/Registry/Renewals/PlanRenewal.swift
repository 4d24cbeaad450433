/// Plans the renewal of an enrollment. Changes nothing.
public struct PlanRenewal: RegistryQuery {
    public static let summary = "Plan a renewal"

    let enrollment: EnrollmentID
    /// The day of the renewal; it may lie ahead. Nil for today.
    var on: CalendarDate?
    /// The programme of the next year; nil for the closing year's (R09).
    var program: ProgramID?
    /// When it is paid, where the year is counted from that.
    var paidOn: CalendarDate?
    /// What the portal issued; nil for what the entitlement brings.
    var issued: [RenewalPlan.Issue]?
    /// R12: whether what the portal issued is taken whatever it is worth.
    var isIssueTaken = false

    private enum CodingKeys: CodingKey {
        case enrollment, on, program, paidOn
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> RenewalPlan {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let day = on ?? context.today(in: organization)
        // Planning ahead is what a plan is for; only what is past cannot be planned.
        switch RenewalTiming.check(enrollment, portal: organization.portals, on: day) {
        case .failure(let refusal) where refusal.code != .renewalNotDue: throw refusal
        case .failure, .success: break
        }
        guard day >= enrollment.year.startsOn else {
            throw Refusal(
                .dateTooEarly,
                "\(enrollment.id) begins on \(enrollment.year.startsOn); its renewal cannot be planned for \(day).",
                facts: ["earliest": enrollment.year.startsOn]
            )
        }
        return try RenewalPlanning.plan(
            context.reading.renewalSituation(
                of: enrollment,
                organization: organization,
                programID: program,
                day: day,
                paidOn: paidOn,
                issued: issued
            ),
            isDayStated: on != nil,
            isIssueTaken: { isIssueTaken }
        ).get()
    }
}

/// Plans the renewal of an enrollment for the tokens that its portal issued.
public struct PlanIssuedRenewal: RegistryQuery {
    public static let summary = "Plan a renewal for the tokens that the portal issued"

    let enrollment: EnrollmentID
    var on: CalendarDate?
    var program: ProgramID?
    var paidOn: CalendarDate?
    /// One item for each token.
    let issued: [RenewalPlan.Issue]

    private var plan: PlanRenewal {
        PlanRenewal(enrollment: enrollment, on: on, program: program, paidOn: paidOn, issued: issued)
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try plan.authorize(gate)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> RenewalPlan {
        for token in issued where !IssuedCode.seatRange.contains(token.seats) {
            throw Refusal.invalidField("seats", String(token.seats), "it is a number from 1 to 1000000")
        }
        return try plan.answer(on: enrollment, in: context)
    }
}
