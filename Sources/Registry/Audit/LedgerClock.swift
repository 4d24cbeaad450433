/// Whether the machine's clock can be right, by what the ledgers remember.
///
/// Business days come from the clock, so a wrong one voids tokens and grants in the wrong year, for ever. A ledger's
/// own order comes from its sequence.
public enum LedgerClock {
    /// So far behind the ledgers' latest row the clock may be, in seconds: machines that share a registry differ a little.
    private static let slack: Int64 = 5 * 60
    /// So far ahead of it, in seconds: two years without a single row.
    private static let longestSilence: Int64 = 2 * 366 * 86_400
    /// What a clock can say at all: the years that people can state.
    private static let years = CalendarDate.statableYears

    /// - Throws: `Refusal` with `clock.implausible`, which no ledger can make right.
    public static func requirePlausible(_ now: Instant) throws {
        let year = OrganizationTimeZone.utc.day(of: now).components.year
        guard years.contains(year) else {
            throw Refusal(
                .clockImplausible,
                "The clock says \(now), which cannot be right; nothing is recorded under such a date. Set the clock.",
                facts: ["clock": now]
            )
        }
    }

    /// - Parameter last: the instant of the ledgers' latest row.
    /// - Throws: `Refusal` with `clock.implausible` and both figures.
    static func check(_ now: Instant, against last: Instant) throws {
        let reason: String
        if now.adding(seconds: slack) < last {
            reason = "before"
        } else if last.adding(seconds: longestSilence) < now {
            reason = "more than two years after"
        } else {
            return
        }
        throw Refusal(
            .clockImplausible,
            "The clock says \(now), which is \(reason) the latest row of the ledger, of \(last). Nothing was recorded, since "
                + "every day and every ending depends on the clock: set it, or accept it if it is right.",
            facts: ["clock": now, "ledger": last]
        )
    }
}
