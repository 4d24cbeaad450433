/// What a placement would have to reach to be better than the best one known, in one figure.
struct PlacementGoal: Hashable, Sendable {
    let level: Level
    /// The best placement known.
    let incumbent: PlacementScore
    /// A better one has at most this many uncovered users, seats used or tokens used, and the figures before it equal.
    let target: Int

    /// Whether no tenant may hold more seats than it needs: where the incumbent wastes none, a better one must not either.
    let forbidsWaste: Bool

    init(_ level: Level, beyond incumbent: PlacementScore, target: Int, in problem: PlacementProblem) {
        self.level = level
        self.incumbent = incumbent
        self.target = target
        forbidsWaste = level == .tokens && incumbent.seatsUsed == problem.users - incumbent.uncovered
    }

    enum Level: Int, CaseIterable, Sendable {
        case uncovered, seats, tokens
    }

    /// Whether each tenant must be covered wholly.
    var forbidsUncovered: Bool { level != .uncovered && incumbent.uncovered == 0 }
}

/// The seat totals that some choice of tokens has, and the fewest tokens for each.
struct PlacementTotals: Sendable {
    /// By seats divided by ``unit``; `Int32.max` where no choice has that total. Empty when the table would be too large.
    private var fewest: [Int32]
    private let unit: Int

    init(_ problem: PlacementProblem) {
        unit = problem.unit
        // No tenant needs a token beyond the one that covers its last user.
        let limit = problem.users + problem.needs.count * (problem.sizes.first ?? 0)
        let last = min(problem.seats, limit) / unit
        guard last <= 4_000_000 else {
            fewest = []
            return
        }
        fewest = [Int32](repeating: .max, count: last + 1)
        fewest[0] = 0
        for (size, count) in zip(problem.sizes, problem.counts) {
            // Parcels of 1, 2, 4, … tokens make every number of them.
            var rest = count
            var parcel = 1
            while rest > 0 {
                let number = min(parcel, rest)
                let step = size / unit * number
                if step <= last {
                    for total in stride(from: last, through: step, by: -1) where fewest[total - step] != .max {
                        fewest[total] = min(fewest[total], fewest[total - step] + Int32(number))
                    }
                }
                rest -= number
                parcel *= 2
            }
        }
    }

    /// What would be better than `score` at `level`, as far as counting can tell; nil when nothing can.
    func goal(_ level: PlacementGoal.Level, beyond score: PlacementScore, in problem: PlacementProblem)
        -> PlacementGoal?
    {
        switch level {
        case .uncovered:
            guard score.uncovered > problem.leastUncovered else { return nil }
            return PlacementGoal(level, beyond: score, target: score.uncovered - 1, in: problem)
        case .seats:
            let least = problem.leastSeats(leaving: score.uncovered)
            guard score.seatsUsed > least else { return nil }
            var total = (score.seatsUsed - 1) / unit * unit
            while !fewest.isEmpty, total >= least, fewest[total / unit] == .max { total -= unit }
            guard total >= least else { return nil }
            return PlacementGoal(level, beyond: score, target: total, in: problem)
        case .tokens:
            guard score.tokensUsed > leastTokens(for: score.seatsUsed) else { return nil }
            return PlacementGoal(level, beyond: score, target: score.tokensUsed - 1, in: problem)
        }
    }

    /// The fewest tokens that have `seats` together; 0 where unknown.
    func leastTokens(for seats: Int) -> Int {
        guard seats / unit < fewest.count, fewest[seats / unit] != .max else { return 0 }
        return Int(fewest[seats / unit])
    }
}

extension PlacementScore {
    /// Whether the figures that come before `level` are the same.
    func isEqual(to other: PlacementScore, before level: PlacementGoal.Level) -> Bool {
        switch level {
        case .uncovered: true
        case .seats: uncovered == other.uncovered
        case .tokens: uncovered == other.uncovered && seatsUsed == other.seatsUsed
        }
    }
}
