/// Goes through the tenants one by one, keeping for each choice of tokens used so far the fewest uncovered users.
///
/// What the prices show to be hopeless is dropped. When no more than `width` partial placements have to be kept for any
/// tenant, the outcome is exact; otherwise the most promising are kept, and the outcome is only a good placement.
struct PlacementSearch: Sendable {
    /// The best placement found, if it beats the one known.
    private(set) var best: PlacementAllocation?
    /// Whether nothing was left out, so that there is none better than ``best`` (or than the known one).
    private(set) var isComplete = true

    init(
        _ problem: PlacementProblem,
        goal: PlacementGoal,
        prices: PlacementPrices,
        bound: Int,
        width: Int,
        work: inout PlacementWork
    ) {
        let ceiling = goal.target * PlacementPrices.unit
        let tables = PlacementOptions.Tables(problem, prices: prices, goal: goal, work: &work)
        var options: [PlacementOptions] = []
        for (tenant, need) in problem.needs.enumerated() {
            if work.isExhausted {
                isComplete = false
                return
            }
            if tenant > 0, need == problem.needs[tenant - 1] {
                options.append(options[tenant - 1])
                continue
            }
            options.append(
                PlacementOptions(
                    problem,
                    need: need,
                    tables: tables,
                    allowance: ceiling - bound,
                    limit: width,
                    work: &work
                )
            )
        }
        isComplete = options.allSatisfy(\.isComplete)
        if options.contains(where: \.items.isEmpty) { return }

        // What the tenants not yet seen cost at least.
        var ahead = [Int](repeating: -prices.rebate(in: problem, for: goal), count: options.count + 1)
        for tenant in options.indices.reversed() {
            ahead[tenant] = ahead[tenant + 1] + (options[tenant].items.first?.cost ?? 0)
        }
        let uncoveredLimit = goal.level == .uncovered ? goal.target : goal.incumbent.uncovered

        let counts = problem.counts.map { Int32(clamping: $0) }
        let cost = 24 + 2 * problem.sizes.count
        var layer = PlacementLayer(sizes: problem.sizes.count)
        layer.insertRoot()
        var trail: [PlacementLayer.Trail] = []
        for tenant in options.indices {
            var next = PlacementLayer(sizes: problem.sizes.count)
            let own = options[tenant]
            var limit = ceiling - ahead[tenant + 1]
            for state in 0..<layer.count {
                for choice in own.items.indices {
                    if layer.costs[state] + own.items[choice].cost > limit { break }
                    work.spend(cost)
                    if layer.uncovered[state] + own.items[choice].uncovered > uncoveredLimit { continue }
                    next.insert(choice, of: own, after: state, of: layer, within: counts)
                }
                if next.count >= 4 * width {
                    work.spend(64 * next.count)
                    limit = min(limit, next.keepCheapest(width))
                    isComplete = false
                }
                if work.isExhausted {
                    isComplete = false
                    return
                }
            }
            if next.count > width {
                work.spend(64 * next.count)
                _ = next.keepCheapest(width)
                isComplete = false
            }
            if next.count == 0 { return }
            trail.append(next.trail)
            layer = next
        }

        var found: (score: PlacementScore, state: Int)?
        for state in 0..<layer.count {
            let score = layer.score(of: state, in: problem)
            if score < (found?.score ?? goal.incumbent) { found = (score, state) }
        }
        best = found.map { found in
            var taken = [[Int]](repeating: [], count: options.count)
            var state = found.state
            for tenant in options.indices.reversed() {
                let step = trail[tenant].steps[state]
                let start = options[tenant].items[Int(step.choice)].start
                taken[tenant] = options[tenant].taken[start..<(start + problem.sizes.count)].map(Int.init)
                state = Int(step.parent)
            }
            return PlacementAllocation(taken: taken)
        }
    }
}
