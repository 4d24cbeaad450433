/// Finds the best placement of one SKU's tokens, and shows that it is.
struct PlacementOptimizer: Sendable {
    private(set) var allocation: PlacementAllocation
    private(set) var score: PlacementScore
    /// By level; no placement that is as good up to there goes below.
    private(set) var lowerBounds: [Int] = []
    private(set) var basis: PlacementProof.Basis = .counts

    private let problem: PlacementProblem
    private let totals: PlacementTotals
    private var work: PlacementWork

    /// Partial placements kept at first, at most, and how the number grows in between.
    private static let widths = (first: 64, last: 262_144, factor: 8)
    private static let largestNeed = 2_000_000

    init(_ problem: PlacementProblem, workLimit: Int) {
        self.problem = problem
        work = PlacementWork(limit: workLimit)
        allocation = problem.greedyAllocation()
        score = problem.score(of: allocation)
        let waste = problem.needs.count * (problem.sizes.first ?? 0)
        totals = PlacementTotals(problem, upTo: problem.users + waste)
        for level in PlacementGoal.Level.allCases {
            let (basis, bound) = settle(level)
            if level == .uncovered { self.basis = basis }
            lowerBounds.append(bound)
        }
    }

    /// Improves the placement at `level` until it is the best, or the work limit is reached.
    private mutating func settle(_ level: PlacementGoal.Level) -> (PlacementProof.Basis, lowerBound: Int) {
        var width = Self.widths.first
        var ascent: (goal: PlacementGoal, prices: PlacementAscent)?
        while true {
            guard let goal = totals.goal(level, beyond: score, in: problem) else { return (.counts, figure(level)) }
            let floor = lowestByCounting(level)
            if work.isExhausted || problem.needs.first ?? 0 > Self.largestNeed { return (.open, floor) }
            if ascent?.goal != goal {
                var fresh = PlacementAscent(problem, goal: goal, work: &work)
                fresh.climb(problem, goal: goal, steps: 400, work: &work)
                ascent = (goal, fresh)
            }
            guard let prices = ascent?.prices else { return (.open, floor) }
            if prices.refutes(goal) { return (certificate(prices.prices), figure(level)) }
            let proven = max(floor, prices.bound.ceilingDivided(by: PlacementPrices.unit))

            let search = PlacementSearch(
                problem,
                goal: goal,
                prices: prices.prices,
                bound: prices.bound,
                width: width,
                work: &work
            )
            if let better = search.best {
                allocation = better
                score = problem.score(of: better)
            } else if search.isComplete {
                return (.search, figure(level))
            } else if work.isExhausted || width >= Self.widths.last {
                return (.open, proven)
            } else {
                width *= Self.widths.factor
            }
        }
    }

    private func figure(_ level: PlacementGoal.Level) -> Int {
        switch level {
        case .uncovered: score.uncovered
        case .seats: score.seatsUsed
        case .tokens: score.tokensUsed
        }
    }

    private func lowestByCounting(_ level: PlacementGoal.Level) -> Int {
        switch level {
        case .uncovered: problem.leastUncovered
        case .seats: problem.users - score.uncovered
        case .tokens: totals.leastTokens(for: score.seatsUsed)
        }
    }

    private func certificate(_ prices: PlacementPrices) -> PlacementProof.Basis {
        .prices(
            PlacementProof.TokenPrices(
                perUncoveredUser: PlacementPrices.unit,
                perToken: zip(problem.sizes, prices.perToken).map { .init(seats: $0.0, price: $0.1) }
            )
        )
    }
}

extension Int {
    /// Rounded towards positive infinity; `divisor` is positive.
    fileprivate func ceilingDivided(by divisor: Int) -> Int {
        self / divisor + (self % divisor > 0 ? 1 : 0)
    }
}
