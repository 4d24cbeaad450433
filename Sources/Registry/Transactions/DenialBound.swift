import Synchronization

/// How many of a caller's denials become rows of the ledger: each is a durable commit, and anybody who may connect can
/// cause one.
final class DenialBound: Sendable {
    /// So many rows for each caller in a window.
    static let limit = 20
    /// A minute, in microseconds.
    static let window: Int64 = 60_000_000
    /// So many callers are kept in mind at most.
    private static let callerLimit = 10_000

    private struct Standing {
        var windowBegan: Instant
        var recorded = 0
        var leftOut = 0
    }

    private let standings = Mutex<[Principal: Standing]>([:])

    /// Takes note of a denial.
    /// - Returns: how many were left out since the caller's last row; nil when this one is left out too.
    func admit(_ principal: Principal, at now: Instant) -> Int? {
        standings.withLock { standings in
            if standings.count >= Self.callerLimit, standings[principal] == nil { standings.removeAll() }
            var standing = standings[principal] ?? Standing(windowBegan: now)
            defer { standings[principal] = standing }
            if Self.isOver(standing, at: now) {
                standing.windowBegan = now
                standing.recorded = 0
            }
            guard standing.recorded < Self.limit else {
                standing.leftOut += 1
                return nil
            }
            standing.recorded += 1
            defer { standing.leftOut = 0 }
            return standing.leftOut
        }
    }

    /// Whether the caller's next denial will be left out.
    func isSpent(_ principal: Principal, at now: Instant) -> Bool {
        standings.withLock { standings in
            guard let standing = standings[principal], !Self.isOver(standing, at: now) else { return false }
            return standing.recorded >= Self.limit
        }
    }

    /// A clock that went back begins a new window.
    private static func isOver(_ standing: Standing, at now: Instant) -> Bool {
        let passed = now.microsecondsSinceEpoch - standing.windowBegan.microsecondsSinceEpoch
        return passed < 0 || passed >= window
    }
}
