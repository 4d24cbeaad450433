/// The partial placements over the tenants seen so far, one for each choice of tokens used.
struct PlacementLayer: Sendable {
    private let sizes: Int
    /// Tokens of each size used, one partial placement after the other.
    private var used: [Int32] = []
    private var marks: [UInt64] = []
    private(set) var uncovered: [Int] = []
    /// At the prices.
    private(set) var costs: [Int] = []
    private(set) var trail = Trail()
    /// Open addressing by mark; -1 is free.
    private var table: [Int32] = [Int32](repeating: -1, count: 64)

    /// How each partial placement came to be; all that is kept of a layer once the next is made.
    struct Trail: Sendable {
        var steps: [Step] = []

        struct Step: Sendable {
            let parent: Int32
            let choice: Int32
        }
    }

    init(sizes: Int) {
        self.sizes = sizes
    }

    var count: Int { costs.count }

    /// The one partial placement that has used nothing.
    mutating func insertRoot() {
        used.append(contentsOf: repeatElement(0, count: sizes))
        append(mark: 0, uncovered: 0, cost: 0, step: Trail.Step(parent: -1, choice: -1))
        table[0] = 0
    }

    /// Adds a tenant's choice to the partial placement `state` of `layer`, unless the supply does not suffice or one with the same
    /// tokens leaves no more uncovered.
    mutating func insert(
        _ choice: Int,
        of options: PlacementOptions,
        after state: Int,
        of layer: PlacementLayer,
        within counts: [Int32]
    ) {
        let option = options.items[choice]
        let base = state * sizes
        for size in 0..<sizes where layer.used[base + size] + options.taken[option.start + size] > counts[size] {
            return
        }
        let mark = layer.marks[state] &+ option.mark
        let step = Trail.Step(parent: Int32(state), choice: Int32(choice))
        let total = layer.uncovered[state] + option.uncovered
        let cost = layer.costs[state] + option.cost

        var slot = Self.slot(of: mark, in: table.count)
        while table[slot] >= 0 {
            let known = Int(table[slot])
            if marks[known] == mark, isSame(known, as: options.taken, from: option.start, after: base, of: layer) {
                if total < uncovered[known] {
                    uncovered[known] = total
                    costs[known] = cost
                    trail.steps[known] = step
                }
                return
            }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = Int32(count)
        for size in 0..<sizes { used.append(layer.used[base + size] + options.taken[option.start + size]) }
        append(mark: mark, uncovered: total, cost: cost, step: step)
        if count * 2 > table.count { rebuildTable(slots: table.count * 4) }
    }

    /// Drops all but the `number` cheapest; gives the highest cost kept.
    mutating func keepCheapest(_ number: Int) -> Int {
        let order = costs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }.prefix(number)
        used = order.flatMap { used[($0 * sizes)..<(($0 + 1) * sizes)] }
        marks = order.map { marks[$0] }
        uncovered = order.map { uncovered[$0] }
        trail.steps = order.map { trail.steps[$0] }
        costs = order.map { costs[$0] }
        rebuildTable(slots: table.count)
        return costs.last ?? 0
    }

    func score(of state: Int, in problem: PlacementProblem) -> PlacementScore {
        var score = PlacementScore(uncovered: uncovered[state], seatsUsed: 0, tokensUsed: 0)
        for size in 0..<sizes {
            let number = Int(used[state * sizes + size])
            score.seatsUsed += number * problem.sizes[size]
            score.tokensUsed += number
        }
        return score
    }

    private mutating func append(mark: UInt64, uncovered: Int, cost: Int, step: Trail.Step) {
        marks.append(mark)
        self.uncovered.append(uncovered)
        costs.append(cost)
        trail.steps.append(step)
    }

    private func isSame(
        _ known: Int,
        as taken: [Int32],
        from start: Int,
        after base: Int,
        of layer: PlacementLayer
    ) -> Bool {
        for size in 0..<sizes where used[known * sizes + size] != layer.used[base + size] + taken[start + size] {
            return false
        }
        return true
    }

    private mutating func rebuildTable(slots: Int) {
        table = [Int32](repeating: -1, count: slots)
        for (state, mark) in marks.enumerated() {
            var slot = Self.slot(of: mark, in: slots)
            while table[slot] >= 0 { slot = (slot + 1) & (slots - 1) }
            table[slot] = Int32(state)
        }
    }

    /// `slots` is a power of two.
    private static func slot(of mark: UInt64, in slots: Int) -> Int {
        let mixed = (mark ^ (mark >> 31)) &* 0xBF58_476D_1CE4_E5B9
        return Int(truncatingIfNeeded: mixed >> 20) & (slots - 1)
    }
}
