/// Every enrollment that can still be renewed, with the days of its renewal: of one organisation, or of all.
public struct ListRenewalCalendar: RegistryQuery {
    public static let summary = "List the days of every renewal to come"

    var organization: OrganizationID?
    var after: RenewalKey?
    var limit: PageLimit?

    private var due: ListDueRenewals {
        ListDueRenewals(within: ListDueRenewals.horizon, organization: organization, after: after, limit: limit)
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try due.authorize(gate)
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<CalendarResource, RenewalKey> {
        let page = try due.held(in: context)
        return Page(items: page.items.map { CalendarResource($0.due, of: $0.held) }, next: page.next)
    }
}

/// An enrollment in the calendar, with the days of its renewal.
public struct CalendarResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    public let program: ProgramID
    public let endsOn: CalendarDate
    public let windowOpensOn: CalendarDate
    public let windowClosesOn: CalendarDate
    /// By their date.
    public let days: [Day]

    /// A day on which something about a renewal happens.
    public struct Day: Hashable, Sendable, Codable {
        public let date: CalendarDate
        public let event: Event
    }

    /// What happens on a day of a renewal.
    public enum Event: String, Choice {
        public static let summary = "What happens on a day of a renewal."

        case reminder
        case windowOpens = "window-opens"
        case yearEnds = "year-ends"
        case windowCloses = "window-closes"
    }

    init(_ due: DueRenewalResource, of held: HeldEnrollment) {
        enrollmentId = due.enrollmentId
        organizationId = due.organizationId
        program = due.program
        endsOn = due.endsOn
        windowOpensOn = due.windowOpensOn
        windowClosesOn = due.windowClosesOn
        let window = RenewalWindow(of: held.enrollment.year, at: held.organization.portals)
        let days =
            window.reminders.map { Day(date: $0, event: .reminder) } + [
                Day(date: window.opensOn, event: .windowOpens), Day(date: due.endsOn, event: .yearEnds),
                Day(date: window.closesOn, event: .windowCloses),
            ]
        let order = Event.allCases
        self.days = days.sorted { left, right in
            (left.date, order.firstIndex(of: left.event) ?? 0) < (right.date, order.firstIndex(of: right.event) ?? 0)
        }
    }
}
