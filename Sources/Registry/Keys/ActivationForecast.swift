/// R24: how many activations a key has left, and when they run out at the present rate.
public struct ActivationForecast: Hashable, Sendable {
    /// The present rate is that of so many days, today included, or of the days since the first activation.
    public static let days = 90

    /// Nil for a key without a count.
    public let left: Int?
    /// The day on which the last one is used; nil where nothing was used lately, and where it is a century away.
    public let runsOutOn: CalendarDate?

    /// - Parameters:
    ///   - use: with what was consumed from ``windowStart(on:)`` on counted apart.
    public init(activations: Int?, use: KeyUse, today: CalendarDate) {
        guard let activations else {
            left = nil
            runsOutOn = nil
            return
        }
        let left = max(0, activations - use.consumed)
        self.left = left
        guard left > 0, use.consumedLately > 0, let first = use.firstConsumedOn else {
            runsOutOn = nil
            return
        }
        let span = min(Self.days, max(1, today.days(since: first) + 1))
        let daysLeft = (left * span + use.consumedLately - 1) / use.consumedLately
        runsOutOn = daysLeft > 36_525 ? nil : today.adding(days: daysLeft)
    }

    /// The first day that counts for the present rate.
    public static func windowStart(on today: CalendarDate) -> CalendarDate {
        today.adding(days: 1 - days)
    }
}
