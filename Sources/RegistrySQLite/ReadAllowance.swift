import Registry

/// What is left of what a reader may read. The log cannot be emptied while it reads.
struct ReadAllowance {
    private var deadline: ContinuousClock.Instant?
    private var checksLeft: Int?
    /// Whether it was used up.
    private(set) var isSpent = false

    /// So many checks, of a thousand steps of SQLite's virtual machine each, are brief: about a millisecond.
    private static let briefChecks = 20

    init(_ limit: ReadLimit) {
        switch limit {
        case .none: break
        case .time(let time): deadline = .now + time
        case .brief: checksLeft = Self.briefChecks
        }
    }

    /// Takes note that the reader still reads.
    /// - Returns: whether it may go on.
    mutating func check() -> Bool {
        if let checksLeft {
            self.checksLeft = checksLeft - 1
            isSpent = checksLeft <= 0
        }
        if let deadline, deadline < .now { isSpent = true }
        return !isSpent
    }
}
