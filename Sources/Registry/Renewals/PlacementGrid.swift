/// The best placement by going through everything: for each tenant in turn and each choice of tokens used so far, the
/// fewest users uncovered.
///
/// Exact, and independent of how tight any bound is; possible where the sizes are few.
struct PlacementGrid: Sendable {
    let best: PlacementAllocation

    private static let largestCells = 20_000_000
    private static let never = Int32.max / 2

    /// Nil where it would take more cells than is reasonable, or more work than is left.
    init?(_ problem: PlacementProblem, work: inout PlacementWork) {
        guard problem.users < Self.never, let shape = Shape(problem.counts),
            shape.cells <= Self.largestCells / (problem.needs.count + 1)
        else { return nil }
        // A cell takes about an eighth of a step.
        let budget = 8 * max(0, work.left) / shape.cells
        guard let choices = Self.choices(problem, shape: shape, limit: budget) else { return nil }
        work.spend(choices.reduce(0) { $0 + $1.count } * shape.cells / 8)

        var values = [Int32](repeating: Self.never, count: shape.cells * (problem.needs.count + 1))
        values[0] = 0
        values.withUnsafeMutableBufferPointer { cells in
            for (tenant, choices) in choices.enumerated() {
                let from = tenant * shape.cells
                for choice in choices {
                    shape.forEachRow(leavingRoomFor: choice.taken) { start, length in
                        let source = from + start
                        let target = source + shape.cells + choice.offset
                        for cell in 0..<length {
                            cells[target + cell] = min(cells[target + cell], cells[source + cell] &+ choice.uncovered)
                        }
                    }
                }
            }
        }

        let last = problem.needs.count * shape.cells
        var found: (score: PlacementScore, cell: Int)?
        for cell in 0..<shape.cells where values[last + cell] < Self.never {
            let used = shape.numbers(at: cell)
            let score = PlacementScore(
                uncovered: Int(values[last + cell]),
                seatsUsed: problem.seats(in: used),
                tokensUsed: used.reduce(0, +)
            )
            if let known = found, known.score <= score { continue }
            found = (score, cell)
        }
        guard var cell = found?.cell else { return nil }
        var taken = [[Int]](repeating: [], count: problem.needs.count)
        for tenant in problem.needs.indices.reversed() {
            let after = values[(tenant + 1) * shape.cells + cell]
            let used = shape.numbers(at: cell)
            let step = choices[tenant].first { choice in
                zip(choice.taken, used).allSatisfy(<=)
                    && values[tenant * shape.cells + cell - choice.offset] + choice.uncovered == after
            }
            guard let step else { return nil }
            taken[tenant] = step.taken
            cell -= step.offset
        }
        best = PlacementAllocation(taken: taken)
    }

    private struct Choice: Sendable {
        let taken: [Int]
        let uncovered: Int32
        let offset: Int
    }

    /// Each tenant's choices without a needless token; nil when there are more than `limit`.
    private static func choices(_ problem: PlacementProblem, shape: Shape, limit: Int) -> [[Choice]]? {
        var result: [[Choice]] = []
        var number = 0
        for (tenant, need) in problem.needs.enumerated() {
            var choices: [Choice] = []
            if tenant > 0, need == problem.needs[tenant - 1] {
                choices = result[tenant - 1]
            } else {
                var taken = [Int](repeating: 0, count: problem.sizes.count)
                func extend(from size: Int, need: Int) {
                    guard number + choices.count <= limit else { return }
                    guard need > 0, size < problem.sizes.count else {
                        let offset = zip(taken, shape.strides).reduce(0) { $0 + $1.0 * $1.1 }
                        choices.append(Choice(taken: taken, uncovered: Int32(need), offset: offset))
                        return
                    }
                    // The larger sizes come first, so only the last token can be the one that covers.
                    for count in 0...problem.counts[size] {
                        taken[size] = count
                        let rest = max(0, need - count * problem.sizes[size])
                        extend(from: size + 1, need: rest)
                        if rest == 0 { break }
                    }
                    taken[size] = 0
                }
                extend(from: 0, need: need)
            }
            number += choices.count
            guard number <= limit else { return nil }
            result.append(choices)
        }
        return result
    }

    /// A cell for each number of tokens of each size.
    private struct Shape: Sendable {
        let counts: [Int]
        let strides: [Int]
        let cells: Int
        /// The size whose numbers lie side by side.
        private let inner: Int

        /// Nil when there are too many cells to count.
        init?(_ counts: [Int]) {
            let order = counts.indices.sorted { (counts[$0], $0) > (counts[$1], $1) }
            guard let inner = order.first else { return nil }
            var strides = [Int](repeating: 0, count: counts.count)
            var cells = 1
            for size in order {
                strides[size] = cells
                let (product, overflow) = cells.multipliedReportingOverflow(by: counts[size] + 1)
                guard !overflow else { return nil }
                cells = product
            }
            self.counts = counts
            self.strides = strides
            self.cells = cells
            self.inner = inner
        }

        func numbers(at cell: Int) -> [Int] {
            counts.indices.map { cell / strides[$0] % (counts[$0] + 1) }
        }

        /// Gives the first cell and the length of each row of cells to which `taken` can be added.
        func forEachRow(leavingRoomFor taken: [Int], _ body: (_ start: Int, _ length: Int) -> Void) {
            let length = counts[inner] - taken[inner] + 1
            guard length > 0 else { return }
            for start in stride(from: 0, to: cells, by: counts[inner] + 1) {
                var fits = true
                for size in counts.indices where size != inner {
                    let number = start / strides[size] % (counts[size] + 1)
                    fits = fits && number + taken[size] <= counts[size]
                }
                if fits { body(start, length) }
            }
        }
    }
}
