/// What one tenant may take without ruling out that the goal is reached.
struct PlacementOptions: Sendable {
    /// The cheapest first.
    private(set) var items: [Item] = []
    /// False when some were left out, because they were too many.
    private(set) var isComplete = true

    struct Item: Sendable {
        /// Where its tokens of each size begin in ``taken``.
        let start: Int
        let uncovered: Int
        /// At the prices.
        let cost: Int
        /// Additive over tenants; tells choices of tokens apart quickly.
        let mark: UInt64
    }

    /// Tokens of each size, of one item after the other.
    private(set) var taken: [Int32] = []

    /// What is left to cover when nothing larger than some size may be used, and what that costs at best.
    struct Tables: Sendable {
        /// By the first size that may be used, then by need.
        let cheapest: [[Int]]
        let costs: [Int]
        let forbidsWaste: Bool
        let marks: [UInt64]

        init(_ problem: PlacementProblem, prices: PlacementPrices, goal: PlacementGoal, work: inout PlacementWork) {
            let limit = problem.needs.first ?? 0
            let costOfUncovered = prices.costOfUncovered(for: goal)
            let costs = problem.sizes.indices.map { prices.cost(ofSize: $0, in: problem, for: goal) }
            var row = (0...limit).map { need in
                need == 0 ? 0 : costOfUncovered.map { $0 * need } ?? PlacementRelaxation.forbidden
            }
            var rows = [row]
            for size in problem.sizes.indices.reversed() {
                let first = goal.forbidsWaste ? problem.sizes[size] : 1
                for need in stride(from: first, through: limit, by: 1) {
                    row[need] = min(row[need], costs[size] + row[max(0, need - problem.sizes[size])])
                }
                rows.append(row)
            }
            work.spend(limit * problem.sizes.count)
            cheapest = Array(rows.reversed())
            self.costs = costs
            forbidsWaste = goal.forbidsWaste
            marks = problem.sizes.indices.map { Self.mark(ofSize: $0) }
        }

        /// Unrelated bits for each size (SplitMix64): equal sums of unequal choices are rare, and are checked for.
        private static func mark(ofSize size: Int) -> UInt64 {
            var bits = (UInt64(size) + 1) &* 0x9E37_79B9_7F4A_7C15
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }

    /// - Parameters:
    ///   - allowance: how much more than the tenant's cheapest choice one may cost.
    ///   - limit: how many to keep; with more, the costlier are left out.
    init(
        _ problem: PlacementProblem,
        need: Int,
        tables: Tables,
        allowance: Int,
        limit: Int,
        work: inout PlacementWork
    ) {
        var allowance = allowance
        while true {
            var builder = Builder(
                problem: problem,
                tables: tables,
                ceiling: tables.cheapest[0][need] + allowance,
                limit: limit
            )
            builder.extend(from: 0, need: need, cost: 0)
            work.spend(16 * builder.visited + 64 * builder.items.count)
            items = builder.items
            taken = builder.kept
            if !builder.isFull { break }
            isComplete = false
            guard allowance > 0 else { break }
            allowance /= 8
        }
        items.sort { ($0.cost, $0.start) < ($1.cost, $1.start) }
    }

    private struct Builder {
        let problem: PlacementProblem
        let tables: Tables
        let ceiling: Int
        let limit: Int
        var items: [Item] = []
        var kept: [Int32] = []
        var taken: [Int32]
        var visited = 0

        init(problem: PlacementProblem, tables: Tables, ceiling: Int, limit: Int) {
            self.problem = problem
            self.tables = tables
            self.ceiling = ceiling
            self.limit = limit
            taken = [Int32](repeating: 0, count: problem.sizes.count)
        }

        var isFull: Bool { items.count > limit || visited > 32 * limit }

        /// Takes any number of `size` and then goes on to smaller ones, so that no choice comes twice.
        mutating func extend(from size: Int, need: Int, cost: Int) {
            visited += 1
            guard !isFull, cost + tables.cheapest[size][need] <= ceiling else { return }
            guard size < problem.sizes.count else {
                keep(uncovered: need, cost: cost)
                return
            }
            var need = need
            var cost = cost
            for number in 0...problem.counts[size] {
                if number > 0 {
                    if tables.forbidsWaste, need < problem.sizes[size] { break }
                    cost += tables.costs[size]
                    need = max(0, need - problem.sizes[size])
                    taken[size] = Int32(number)
                }
                guard cost + tables.cheapest[size][need] <= ceiling else { break }
                if need == 0 {
                    keep(uncovered: 0, cost: cost)
                    break
                }
                extend(from: size + 1, need: need, cost: cost)
            }
            taken[size] = 0
        }

        private mutating func keep(uncovered: Int, cost: Int) {
            var mark: UInt64 = 0
            for (size, number) in taken.enumerated() {
                mark &+= tables.marks[size] &* UInt64(number)
            }
            items.append(Item(start: kept.count, uncovered: uncovered, cost: cost, mark: mark))
            kept.append(contentsOf: taken)
        }
    }
}
