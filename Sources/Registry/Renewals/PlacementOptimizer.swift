/// Finds the best placement of one SKU's tokens, and shows that it is.
struct PlacementOptimizer: Sendable {
    private(set) var allocation: PlacementAllocation
    private(set) var score: PlacementScore
    /// By level; no placement that is as good up to there goes below.
    private(set) var lowerBounds: [Int] = []
    private(set) var basis: PlacementProof.Basis = .counts

    private var problem: PlacementProblem
    private var totals: PlacementTotals
    private var work: PlacementWork
    private var hasTriedGrid = false
    /// Whether the placement is known to be the best at every level.
    private var isSettled = false

    /// Partial placements kept at first, at most, and how the number grows in between.
    private static let widths = (first: 64, last: 262_144, factor: 8)
    /// How often a placement is improved by trial at each level, before it is searched.
    private static let rounds = 4
    private static let largestNeed = 2_000_000

    init(_ problem: PlacementProblem, workLimit: Int) {
        self.problem = problem
        work = PlacementWork(limit: workLimit / 2)
        allocation = problem.greedyAllocation()
        score = problem.score(of: allocation)
        totals = PlacementTotals(problem)
        let (basis, leastUncovered) = settle(.uncovered)
        self.basis = basis

        // Where everybody is covered, a tenant's need may be rounded up to whole units.
        let unit = score.uncovered == 0 ? problem.unit : 1
        if unit > 1 {
            self.problem = problem.inUnits
            totals = PlacementTotals(self.problem)
            score = self.problem.score(of: allocation)
        }
        work.add(workLimit / 4)
        let leastSeats = settle(.seats).lowerBound
        work.add(workLimit / 4)
        let leastTokens = settle(.tokens).lowerBound
        score = problem.score(of: allocation)
        lowerBounds = [leastUncovered, leastSeats * unit, leastTokens]
    }

    /// Improves the placement at `level` until it is the best, or the work limit is reached.
    private mutating func settle(_ level: PlacementGoal.Level) -> (PlacementProof.Basis, lowerBound: Int) {
        var width = Self.widths.first
        var rounds = 0
        let steps = work.left / (2 * Self.rounds)
        var ascent: (goal: PlacementGoal, prices: PlacementAscent)?
        // What holds for all placements as good as the one known up to this level.
        var proven = (given: score, bound: 0)
        while !isSettled {
            guard let goal = totals.goal(level, beyond: score, in: problem) else { return (.counts, figure(level)) }
            if !score.isEqual(to: proven.given, before: level) { proven = (score, 0) }
            let floor = max(proven.bound, lowestByCounting(level))
            if work.isExhausted || problem.needs.first ?? 0 > Self.largestNeed { return (.open, floor) }
            if ascent?.goal != goal {
                var fresh = PlacementAscent(problem, goal: goal, work: &work)
                fresh.climb(problem, goal: goal, steps: 400, work: &work)
                ascent = (goal, fresh)
            }
            guard let prices = ascent?.prices else { return (.open, floor) }
            if prices.refutes(goal) { return (certificate(prices.prices), figure(level)) }
            proven.bound = max(floor, prices.bound.ceilingDivided(by: PlacementPrices.unit))
            // A narrow search settles what is easy; the grid settles all, where it fits. Elsewhere trial finds the better
            // ones, and a wide search shows that there are none.
            if width > Self.widths.first, !hasTriedGrid {
                hasTriedGrid = true
                if let grid = PlacementGrid(problem, work: &work) {
                    isSettled = true
                    allocation = grid.best
                    score = problem.score(of: grid.best)
                    return (.search, figure(level))
                }
            }
            if width > Self.widths.first, rounds < Self.rounds {
                rounds += 1
                var improvement = PlacementImprovement(problem, from: allocation)
                if improvement.run(towards: goal, prices: prices.prices, totals: totals, steps: steps, work: &work) {
                    allocation = improvement.allocation
                    score = improvement.score
                    continue
                }
            }

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
            } else if width >= Self.widths.last {
                return (.open, proven.bound)
            } else {
                width *= Self.widths.factor
            }
        }
        return (.search, figure(level))
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
        case .seats: problem.leastSeats(leaving: score.uncovered)
        case .tokens: totals.leastTokens(for: score.seatsUsed)
        }
    }

    private func certificate(_ prices: PlacementPrices) -> PlacementProof.Basis {
        let perToken = problem.sizes.indices.map { size in
            PlacementProof.TokenPrices.Price(
                seats: problem.sizes[size],
                tokens: problem.counts[size],
                price: prices.perToken[size]
            )
        }
        return .prices(.init(perUncoveredUser: PlacementPrices.unit, perToken: perToken))
    }
}

extension Int {
    /// Rounded towards positive infinity; `divisor` is positive.
    fileprivate func ceilingDivided(by divisor: Int) -> Int {
        self / divisor + (self % divisor > 0 ? 1 : 0)
    }
}
