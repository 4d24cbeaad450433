/// The dates of a seat block, and what follows from them on a day.
///
/// R47: its service ends on a day of its own, whenever the rights to it end (``Enrollment/seatsLicensedThrough(portal:)``).
public struct SeatBlockState: Hashable, Sendable {
    /// R47: the last day of full service.
    public let serviceEndsOn: CalendarDate
    /// R46: the first day without the seats, where the token was replaced; nil otherwise.
    public var endedOn: CalendarDate?

    /// R47: the last day of the service that a redemption gives: the day 12 months after it.
    public static func serviceEnd(redeemedOn: CalendarDate) -> CalendarDate {
        redeemedOn.adding(months: 12)
    }

    /// R50: the last day on which users keep access: 30 days after the service end.
    public var warningEndsOn: CalendarDate { serviceEndsOn.adding(days: 30) }

    /// R50: the last day before the block is deleted: 90 days after the warning.
    public var suspensionEndsOn: CalendarDate { warningEndsOn.adding(days: 90) }

    /// R50: `enabled` through the service end, `warning` for 30 days, `suspended` for 90, then `deleted`.
    ///
    /// A block whose token was replaced is `deleted` from that day (R46).
    public func status(on day: CalendarDate) -> SeatBlockStatus {
        if let endedOn, day >= endedOn { return .deleted }
        if day <= serviceEndsOn { return .enabled }
        if day <= warningEndsOn { return .warning }
        return day <= suspensionEndsOn ? .suspended : .deleted
    }
}
