/// One year of an enrollment: from its start through the day before its anniversary.
public struct ProgramYear: Hashable, Codable, Sendable {
    public let startsOn: CalendarDate
    /// The last day. Use rights end with it (R32), and so does on-premises licensing that is not renewed (R10).
    public let endsOn: CalendarDate

    /// The day after the last.
    public var anniversary: CalendarDate { endsOn.adding(days: 1) }

    /// The year that a renewal begins.
    ///
    /// It never starts before this year's anniversary: who renews or pays early loses no day, and no two years overlap.
    /// Who renews or pays late starts late, unless the current anniversary is what counts.
    ///
    /// - Parameter paidOn: the day of the renewal where it is not known.
    public func next(
        length: YearLength = .calendar,
        basis: AnniversaryBasis = .currentAnniversary,
        renewedOn: CalendarDate,
        paidOn: CalendarDate? = nil
    ) -> ProgramYear {
        let counted =
            switch basis {
            case .currentAnniversary: anniversary
            case .renewal: renewedOn
            case .payment: paidOn ?? renewedOn
            }
        return ProgramYear(startsOn: max(anniversary, counted), length: length)
    }
}

extension ProgramYear {
    /// The year of this length that starts on this day.
    public init(startsOn: CalendarDate, length: YearLength = .calendar) {
        self.init(startsOn: startsOn, endsOn: length.anniversary(of: startsOn).adding(days: -1))
    }
}
