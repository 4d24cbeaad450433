/// The days on which a programme year can be renewed at a portal.
public struct RenewalWindow: Hashable, Sendable {
    public let year: ProgramYear
    public let portal: Portal

    public init(of year: ProgramYear, at portal: Portal) {
        self.year = year
        self.portal = portal
    }

    /// At the portal that the organisation was at on the year's last day.
    public init(of year: ProgramYear, at portals: PortalHistory) {
        self.init(of: year, at: portals.portal(on: year.endsOn))
    }

    /// The most days before the year's last on which a window is open, at any portal.
    static let longestBeforeEnd = 89
    /// The most days after it.
    static let longestAfterEnd = 30

    /// The first day. `partner-center`: the day after the year's last; `pmc`: the first of its last 90.
    public var opensOn: CalendarDate {
        switch portal {
        case .partnerCenter: year.endsOn.adding(days: 1)
        case .membershipCenter: year.endsOn.adding(days: -Self.longestBeforeEnd)
        }
    }

    /// The last day. `partner-center`: 30 days after the year's last; `pmc`: the year's last.
    public var closesOn: CalendarDate {
        switch portal {
        case .partnerCenter: year.endsOn.adding(days: Self.longestAfterEnd)
        case .membershipCenter: year.endsOn
        }
    }

    /// The days on which to remind of it, in order.
    ///
    /// `partner-center`: 15 days before the year's end and 23 after it. `pmc` has no days of its own: the day the
    /// window opens, and 30 and 15 days before the year's end.
    public var reminders: [CalendarDate] {
        switch portal {
        case .partnerCenter: [year.endsOn.adding(days: -15), year.endsOn.adding(days: 23)]
        case .membershipCenter: [opensOn, year.endsOn.adding(days: -30), year.endsOn.adding(days: -15)]
        }
    }

    /// Where a day lies.
    public func phase(on day: CalendarDate) -> Phase {
        if day < opensOn { return .upcoming }
        return day <= closesOn ? .open : .closed
    }

    /// The last day on which what the year granted and what was redeemed of it is licensed (R32).
    ///
    /// `partner-center`: the window's last day, or the day before the renewal is applied, but never before the year's
    /// end. `pmc`: the year's end.
    public func benefitsContinueThrough(renewedOn: CalendarDate? = nil) -> CalendarDate {
        switch portal {
        case .partnerCenter: max(year.endsOn, min(closesOn, renewedOn?.adding(days: -1) ?? closesOn))
        case .membershipCenter: year.endsOn
        }
    }

    /// Where a day lies relative to a window.
    public enum Phase: String, Choice {
        public static let summary = "Whether a renewal window is open."

        case upcoming
        case open
        case closed
    }
}
