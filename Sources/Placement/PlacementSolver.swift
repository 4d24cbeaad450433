/// Places items so that the least demand stays uncovered.
///
/// Among those placements it chooses one that keeps items in the bins they prefer, then one that uses the least, then
/// one with the fewest items. The order of bins and items decides what remains.
public enum PlacementSolver {
    /// The answer depends on the problem alone.
    ///
    /// Bins that share no item are solved separately: by considering every placement where that takes at most
    /// `stepLimit` steps, otherwise greedily, with as many steps of improvement, and compared with a bound that is counted.
    public static func solve(_ problem: PlacementProblem, stepLimit: Int = 1_000_000) -> PlacementSolution {
        var bins = [Int?](repeating: nil, count: problem.items.count)
        var uncovered = problem.bins.reduce(0) { $0 + $1.need }
        var lowerBound = uncovered
        var basis = PlacementSolution.Basis.count
        var isBest = true
        for part in PlacementPart.parts(of: problem) {
            let exact = PlacementSearch.best(of: part, stepLimit: stepLimit)
            let taken = exact ?? GreedyPlacement(part).placed(stepLimit: stepLimit)
            let left = part.score(of: taken).uncovered
            let counted = CountingBound(part).leastUncovered
            let least = exact == nil ? counted : left
            uncovered -= part.need - left
            lowerBound -= part.need - least
            basis = max(basis, counted == left ? .count : exact == nil ? .stopped : .search)
            isBest = isBest && exact != nil
            part.deal(taken, to: &bins)
        }
        return PlacementSolution(
            bins: bins,
            uncovered: uncovered,
            lowerBound: lowerBound,
            basis: uncovered == 0 ? .everything : basis,
            isBest: isBest
        )
    }
}
