/// R55: what adding seats to an active subscription does to its end, in editions that merge the ends.
public struct MergedEnd: Hashable, Sendable {
    public let activeSeats: Int
    public let newSeats: Int
    /// The day of the addition.
    public let day: CalendarDate
    /// The last day of the service of all seats, the new ones included.
    public let endsOn: CalendarDate

    /// R55: `(seats × time left + new × 12 months) ÷ all`, in whole days.
    ///
    /// - Parameter blocks: the active seats with the last days of their service.
    public static func of(
        adding newSeats: Int,
        to blocks: [(seats: Int, serviceEndsOn: CalendarDate)],
        on day: CalendarDate
    ) -> MergedEnd {
        let active = blocks.reduce(0) { $0.clampedSum($1.seats) }
        let full = day.adding(months: 12).days(since: day)
        let left = blocks.reduce(0) {
            $0.clampedSum($1.seats.clampedProduct(max(0, $1.serviceEndsOn.days(since: day))))
        }
        let all = max(1, active.clampedSum(newSeats))
        let days = left.clampedSum(newSeats.clampedProduct(full)) / all
        return MergedEnd(activeSeats: active, newSeats: newSeats, day: day, endsOn: day.adding(days: days))
    }

    /// The time that is left to all, in tenths of a month: `7.2` months are 72.
    public var tenthsOfMonths: Int {
        let year = day.adding(months: 12).days(since: day)
        return (endsOn.days(since: day) * 120 + year / 2) / year
    }

    public var sentence: String {
        "Adding \(newSeats) to \(activeSeats) active seats gives all of them one end, \(endsOn), "
            + "\(tenthsOfMonths / 10).\(tenthsOfMonths % 10) months away (R55)."
    }
}
