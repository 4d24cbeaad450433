/// What a placement would have to reach to be better than the best one known, in one figure.
struct PlacementGoal: Hashable, Sendable {
    let level: Level
    /// The best placement known.
    let incumbent: PlacementScore
    /// A better one has at most this many uncovered users, seats used or tokens used, and the figures before it equal.
    let target: Int

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

    /// - Parameter limit: totals above are of no interest.
    init(_ problem: PlacementProblem, upTo limit: Int) {
        unit = max(1, problem.sizes.reduce(0, greatestCommonDivisor))
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
            return PlacementGoal(level: level, incumbent: score, target: score.uncovered - 1)
        case .seats:
            let least = problem.users - score.uncovered
            guard score.seatsUsed > least else { return nil }
            var total = (score.seatsUsed - 1) / unit * unit
            while !fewest.isEmpty, total >= least, fewest[total / unit] == .max { total -= unit }
            guard total >= least else { return nil }
            return PlacementGoal(level: level, incumbent: score, target: total)
        case .tokens:
            guard score.tokensUsed > leastTokens(for: score.seatsUsed) else { return nil }
            return PlacementGoal(level: level, incumbent: score, target: score.tokensUsed - 1)
        }
    }

    /// The fewest tokens that have `seats` together; 0 where unknown.
    func leastTokens(for seats: Int) -> Int {
        guard seats / unit < fewest.count, fewest[seats / unit] != .max else { return 0 }
        return Int(fewest[seats / unit])
    }
}

private func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
}
