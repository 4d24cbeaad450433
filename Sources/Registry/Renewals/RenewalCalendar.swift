/// The days of an enrollment's renewal.
public struct RenewalDay: Hashable, Sendable {
    public let enrollment: Enrollment
    public let organization: Organization
    public let date: CalendarDate
    public let event: Event

    public enum Event: String, CaseIterable, Codable, Hashable, Sendable {
        case reminder
        case windowOpens = "window-opens"
        case yearEnds = "year-ends"
        case windowCloses = "window-closes"
    }

    /// All of them, by their date.
    static func days(of held: HeldEnrollment) -> [RenewalDay] {
        let window = RenewalWindow(of: held.enrollment.year, at: held.organization.portal)
        let dates: [(CalendarDate, Event)] =
            window.reminders.map { ($0, .reminder) } + [
                (window.opensOn, .windowOpens), (held.enrollment.year.endsOn, .yearEnds),
                (window.closesOn, .windowCloses),
            ]
        let order = Event.allCases
        return dates.sorted { left, right in
            (left.0, order.firstIndex(of: left.1) ?? 0) < (right.0, order.firstIndex(of: right.1) ?? 0)
        }.map { RenewalDay(enrollment: held.enrollment, organization: held.organization, date: $0.0, event: $0.1) }
    }
}

/// An enrollment of the calendar with its days.
public struct CalendarEntry: Hashable, Sendable {
    public let due: DueRenewal
    public let days: [RenewalDay]
}

/// Every enrollment that can still be renewed, with the days of its renewal: of one organisation, or of all.
public struct RenewalCalendarQuery: RegistryQuery {
    public let organizationID: OrganizationID?
    public let after: RenewalKey?
    public let limit: Int

    public init(organizationID: OrganizationID?, after: RenewalKey? = nil, limit: Int) {
        self.organizationID = organizationID
        self.after = after
        self.limit = limit
    }

    /// Further ahead nobody holds anything.
    private static let horizon = 36_500

    private var due: RenewalsDueQuery {
        RenewalsDueQuery(within: Self.horizon, organizationID: organizationID, after: after, limit: limit)
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try due.authorize(gate)
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<CalendarEntry, RenewalKey> {
        let page = try due.answer(on: (), in: context)
        let entries = page.items.map { due in
            CalendarEntry(
                due: due,
                days: RenewalDay.days(of: HeldEnrollment(enrollment: due.enrollment, organization: due.organization))
            )
        }
        return Page(items: entries, next: page.next)
    }
}
