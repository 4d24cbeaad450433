import Placement
import Testing

@Suite("Placing whole items into bins")
struct PlacementSolverTests {
    private typealias Bin = PlacementProblem.Bin
    private typealias Item = PlacementProblem.Item

    /// Every item fits every bin.
    private func solve(_ demands: [Int], _ sizes: [Int], stepLimit: Int = 1_000_000) -> PlacementSolution {
        let bins = Set(demands.indices)
        return PlacementSolver.solve(
            PlacementProblem(bins: demands.map { Bin(demand: [$0]) }, items: sizes.map { Item(size: $0, bins: bins) }),
            stepLimit: stepLimit
        )
    }

    @Test("Items that fit exactly go to their bins, and cover everything")
    func exactFit() {
        let solution = solve([100, 25], [25, 100])
        #expect(solution.bins == [1, 0])
        #expect(
            (solution.uncovered, solution.basis, solution.isProven, solution.isBest) == (0, .everything, true, true)
        )
    }

    @Test("3 items of 25 for 30, 30 and 10 leave 10 uncovered, though they hold enough: the count proves it")
    func wholeItems() {
        let solution = solve([30, 30, 10], [25, 25, 25])
        #expect((solution.uncovered, solution.lowerBound, solution.basis) == (10, 10, .count))
        #expect(Set(solution.bins) == [0, 1, 2])
    }

    @Test("With one too few, one is uncovered, and the count is the proof")
    func oneTooFew() {
        let solution = solve([26, 25], [25, 25])
        #expect((solution.uncovered, solution.basis, solution.isProven) == (1, .count, true))
    }

    @Test("Where counting does not show it, every placement is considered")
    func searched() {
        let solution = solve([9, 9], [7, 7, 5])
        #expect((solution.uncovered, solution.lowerBound, solution.basis) == (2, 2, .search))
    }

    @Test("The least waste decides, then the fewest items")
    func leastWaste() {
        #expect(solve([5], [25, 5]).bins == [nil, 0])
        #expect(solve([50], [25, 25, 50]).bins == [nil, nil, 0])
        #expect(solve([30], [40, 25, 25, 5]).bins == [nil, 0, nil, 0])
    }

    @Test("What an item prefers comes before waste, and after what is covered")
    func preference() {
        let bins = [Bin(demand: [5]), Bin(demand: [25])]
        let small = Item(size: 5, bins: [0, 1], preferred: [1])
        let large = Item(size: 25, bins: [0, 1], preferred: [0])
        // Each in the bin that it prefers would leave 20 uncovered.
        #expect(PlacementSolver.solve(PlacementProblem(bins: bins, items: [small, large])).bins == [0, 1])
        let spare = Item(size: 25, bins: [0, 1], preferred: [1])
        #expect(PlacementSolver.solve(PlacementProblem(bins: bins, items: [small, large, spare])).bins == [nil, 0, 1])
    }

    @Test("An item of a group serves that group alone, and what is held serves every group")
    func groups() {
        let bins = [Bin(demand: [3, 4], held: 2), Bin(demand: [0, 5])]
        let first = Item(size: 5, group: 0, bins: [0, 1])
        let second = Item(size: 5, group: 1, bins: [0, 1])
        let solution = PlacementSolver.solve(PlacementProblem(bins: bins, items: [first, second]))
        #expect(solution.bins == [0, 1])
        #expect((solution.uncovered, solution.isProven) == (2, true))
        // Nobody of the group is there.
        let nobody = PlacementProblem(bins: [bins[1]], items: [Item(size: 5, group: 0, bins: [0])])
        #expect(PlacementSolver.solve(nobody).bins == [nil])
    }

    @Test("Among equal bins the first is served first, with the first items")
    func ties() {
        #expect(solve([25, 25, 25], [25, 25]).bins == [0, 1])
        #expect(solve([30], [25, 25, 25]).bins == [0, 0, nil])
    }

    @Test("Nothing to place, nothing to cover, and items without a size or a bin are no trouble")
    func nothing() {
        #expect(solve([], []).isProven)
        #expect((solve([5], []).uncovered, solve([5], []).lowerBound) == (5, 5))
        #expect(solve([0], [25]).bins == [nil])
        #expect(solve([5], [0, -3]).bins == [nil, nil])
        let elsewhere = PlacementProblem(bins: [Bin(demand: [5])], items: [Item(size: 5, bins: [7])])
        #expect(PlacementSolver.solve(elsewhere).bins == [nil])
    }

    @Test("Stopped before it has considered everything, it says so, and claims no proof")
    func stopped() {
        let solution = solve([9, 9], [7, 7, 5], stepLimit: 3)
        #expect((solution.basis, solution.isBest, solution.isProven) == (.stopped, false, false))
        #expect(solution.lowerBound <= 2 && solution.uncovered >= 2)
        // What is counted is proven all the same.
        #expect(solve([30, 30, 10], [25, 25, 25], stepLimit: 3).isProven)
    }
}
