/// Looks for the prices that bound a goal best, by steps along the subgradient (Polyak's rule).
struct PlacementAscent: Sendable {
    private(set) var prices: PlacementPrices
    private(set) var bound: Int

    /// Begins with the best of a few uniform prices for a seat.
    init(_ problem: PlacementProblem, goal: PlacementGoal, work: inout PlacementWork) {
        let largest = problem.sizes.first ?? 1
        let scale = goal.level == .tokens ? PlacementPrices.unit / largest : PlacementPrices.unit
        let perUser = goal.level == .tokens ? PlacementPrices.unit : PlacementPrices.unit * largest
        var best: (prices: PlacementPrices, bound: Int)?
        let perSeatChoices = goal.level == .tokens ? [0, PlacementPrices.unit / largest, PlacementPrices.unit] : [0]
        for perSeat in perSeatChoices {
            for eighths in 0...7 {
                let prices = PlacementPrices(
                    perToken: problem.sizes.map { $0 * scale * eighths / 8 },
                    perUser: goal.level == .uncovered || goal.forbidsUncovered ? 0 : perUser,
                    perSeat: goal.forbidsWaste ? 0 : perSeat
                )
                let bound = PlacementRelaxation(problem, prices: prices, goal: goal, work: &work).bound
                if let known = best, known.bound >= bound { continue }
                best = (prices, bound)
            }
        }
        prices = best?.prices ?? PlacementPrices(perToken: problem.sizes.map { _ in 0 }, perUser: 0, perSeat: 0)
        bound = best?.bound ?? 0
    }

    /// Whether the bound alone shows that the goal cannot be reached.
    func refutes(_ goal: PlacementGoal) -> Bool {
        bound > goal.target * PlacementPrices.unit
    }

    /// Improves the prices until they refute the goal, or no longer improve.
    mutating func climb(_ problem: PlacementProblem, goal: PlacementGoal, steps: Int, work: inout PlacementWork) {
        let scales = problem.sizes.map { goal.level == .tokens ? 1 : Double($0) }
        let perSeatScale = 1 / Double(problem.sizes.first ?? 1)
        let perUserScale = goal.level == .tokens ? perSeatScale : 1
        let aim = Double((goal.target + 1) * PlacementPrices.unit)
        var point = prices.perToken.map(Double.init)
        var perUser = Double(prices.perUser)
        var perSeat = Double(prices.perSeat)
        var pace = 1.0
        var stalled = 0
        for _ in 0..<steps where !refutes(goal) && !work.isExhausted && pace > 0.005 {
            let here = PlacementPrices(
                perToken: point.map { Int($0.rounded()) },
                perUser: Int(perUser.rounded()),
                perSeat: Int(perSeat.rounded())
            )
            let relaxation = PlacementRelaxation(problem, prices: here, goal: goal, work: &work)
            if relaxation.bound > bound {
                bound = relaxation.bound
                prices = here
                stalled = 0
            } else {
                stalled += 1
                if stalled == 12 {
                    pace /= 2
                    stalled = 0
                }
            }

            let excess = zip(relaxation.taken, problem.counts).map { Double($0.0 - $0.1) }
            let freesUser = goal.level != .uncovered && !goal.forbidsUncovered
            let excessUsers = freesUser ? Double(relaxation.uncovered - goal.incumbent.uncovered) : 0
            let seats = zip(relaxation.taken, problem.sizes).reduce(0) { $0 + $1.0 * $1.1 }
            let excessSeats = goal.level == .tokens ? Double(seats - goal.incumbent.seatsUsed) : 0
            var length = 0.0
            for (size, value) in excess.enumerated() where value > 0 || point[size] > 0 {
                length += (scales[size] * value) * (scales[size] * value)
            }
            length += (perUserScale * excessUsers) * (perUserScale * excessUsers)
            length += (perSeatScale * excessSeats) * (perSeatScale * excessSeats)
            guard length > 0 else { break }
            let step = pace * max(1, aim - Double(relaxation.bound)) / length
            for (size, value) in excess.enumerated() {
                point[size] = min(Self.largestPrice, max(0, point[size] + step * scales[size] * scales[size] * value))
            }
            perUser = min(Self.largestPrice, max(0, perUser + step * perUserScale * perUserScale * excessUsers))
            perSeat = min(Self.largestPrice, max(0, perSeat + step * perSeatScale * perSeatScale * excessSeats))
        }
    }

    /// Keeps sums of prices far from what an `Int` holds.
    private static let largestPrice = 0x1p+36
}
