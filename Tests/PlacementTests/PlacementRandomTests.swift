import Placement
import Testing

@Suite("The placement against every way there is")
struct PlacementRandomTests {
    /// How good a placement is, counted by itself; smaller is better, in this order.
    private struct Score: Comparable {
        var uncovered = 0
        var strayed = 0
        var used = 0
        var items = 0

        static func < (left: Self, right: Self) -> Bool {
            (left.uncovered, left.strayed, left.used, left.items)
                < (right.uncovered, right.strayed, right.used, right.items)
        }
    }

    @Test("2,400 small problems: nothing is better than what was found, and what is called proven is", arguments: 0..<8)
    func bruteForce(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for number in 0..<300 {
            let problem = random(using: &generator)
            let best = best(of: problem)
            let solution = PlacementSolver.solve(problem)
            let context: Comment = "\(seed) \(number) \(problem)"
            #expect(score(of: solution.bins, in: problem) == best, context)
            #expect(solution.uncovered == best.uncovered && solution.isProven && solution.isBest, context)

            // Stopped at once, it is greedy, and claims no more than it may.
            let greedy = PlacementSolver.solve(problem, stepLimit: Int.random(in: 0...20, using: &generator))
            #expect(greedy.uncovered == score(of: greedy.bins, in: problem)?.uncovered, context)
            #expect(greedy.lowerBound <= best.uncovered && greedy.uncovered >= best.uncovered, context)
            #expect(!greedy.isBest || score(of: greedy.bins, in: problem) == best, context)
        }
    }

    @Test(
        "400 items for 40 bins: the placement is valid, and as good as it says",
        arguments: [[25], [5, 25, 100], [5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100]],
        [60, 300, 900]
    )
    func large(sizes: [Int], largest: Int) {
        var generator = SeededGenerator(seed: 7)
        let demands = (0..<40).map { _ in Int.random(in: 20...largest, using: &generator) }
        let bins = Set(demands.indices)
        let problem = PlacementProblem(
            bins: demands.map { .init(demand: [$0]) },
            items: (0..<400).map { .init(size: sizes[$0 % sizes.count], bins: bins) }
        )
        let solution = PlacementSolver.solve(problem, stepLimit: 200_000)
        #expect(score(of: solution.bins, in: problem)?.uncovered == solution.uncovered)
        #expect(solution.isProven)
    }

    private func random(using generator: inout SeededGenerator) -> PlacementProblem {
        let groups = Int.random(in: 1...3, using: &generator)
        let bins = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            PlacementProblem.Bin(
                demand: (0..<groups).map { _ in
                    Bool.random(using: &generator) ? 0 : Int.random(in: 1...30, using: &generator)
                },
                held: Bool.random(using: &generator) ? 0 : Int.random(in: 0...10, using: &generator)
            )
        }
        func some() -> Set<Int> { Set(bins.indices.filter { _ in Int.random(in: 0..<4, using: &generator) > 0 }) }
        let sizes = (0..<3).map { _ in [1, 3, 5, 7, 12, 25].randomElement(using: &generator) ?? 1 }
        let items = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
            PlacementProblem.Item(
                size: sizes.randomElement(using: &generator) ?? 1,
                group: Bool.random(using: &generator) ? nil : Int.random(in: 0..<groups, using: &generator),
                bins: some(),
                preferred: some()
            )
        }
        return PlacementProblem(bins: bins, items: items)
    }

    private func best(of problem: PlacementProblem) -> Score {
        var places = [Int?](repeating: nil, count: problem.items.count)
        var best = Score(uncovered: .max)
        func place(_ item: Int) {
            guard item < places.count else {
                guard let score = score(of: places, in: problem) else { return }
                best = min(best, score)
                return
            }
            for bin in [nil] + problem.bins.indices.map(Optional.some) {
                places[item] = bin
                place(item + 1)
            }
        }
        place(0)
        return best
    }

    /// Nil for a placement that puts an item where it may not be.
    private func score(of places: [Int?], in problem: PlacementProblem) -> Score? {
        var score = Score()
        for (number, bin) in problem.bins.enumerated() {
            let items = zip(problem.items, places).filter { $0.1 == number }.map(\.0)
            guard items.allSatisfy({ $0.bins.contains(number) }) else { return nil }
            var open = 0
            for (group, demand) in bin.demand.enumerated() {
                open += max(0, demand - items.filter { $0.group == group }.reduce(0) { $0 + $1.size })
            }
            score.uncovered += max(0, open - items.filter { $0.group == nil }.reduce(bin.held) { $0 + $1.size })
            score.strayed += items.filter { !$0.preferred.contains(number) }.reduce(0) { $0 + $1.size }
            score.used += items.reduce(0) { $0 + $1.size }
            score.items += items.count
        }
        return score
    }
}

/// A seeded generator (SplitMix64), so that a random test is the same test each time.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
