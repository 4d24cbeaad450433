/// Prices that let each tenant be looked at alone: on scarce tokens, on uncovered users, on seats.
///
/// Whatever they are, so long as none is negative, the tenants' cheapest choices at these prices bound every placement
/// from below (Lagrangian duality); good prices bound it tightly.
struct PlacementPrices: Hashable, Sendable {
    /// A figure of 1 in these units, so that prices can be whole numbers.
    static let unit = 4_096

    /// On a token of each size, on top of what it costs by the goal.
    var perToken: [Int]
    /// On an uncovered user, where their number is no longer the goal.
    var perUser: Int
    /// On a seat, where their number is no longer the goal.
    var perSeat: Int

    /// What a token of `size` costs a tenant.
    func cost(ofSize size: Int, in problem: PlacementProblem, for goal: PlacementGoal) -> Int {
        switch goal.level {
        case .uncovered: perToken[size]
        case .seats: Self.unit * problem.sizes[size] + perToken[size]
        case .tokens: Self.unit + perSeat * problem.sizes[size] + perToken[size]
        }
    }

    /// What leaving one user uncovered costs; nil where it is forbidden.
    func costOfUncovered(for goal: PlacementGoal) -> Int? {
        if goal.level == .uncovered { return Self.unit }
        return goal.forbidsUncovered ? nil : perUser
    }

    /// What the prices give back: the value of all that could have been taken.
    func rebate(in problem: PlacementProblem, for goal: PlacementGoal) -> Int {
        var rebate = zip(perToken, problem.counts).reduce(0) { $0 + $1.0 * $1.1 }
        if goal.level != .uncovered { rebate += perUser * goal.incumbent.uncovered }
        if goal.level == .tokens { rebate += perSeat * goal.incumbent.seatsUsed }
        return rebate
    }
}

/// Each tenant's cheapest choice at given prices, the supply of tokens left aside.
struct PlacementRelaxation: Sendable {
    /// In units of the prices; no placement's figure is below it.
    let bound: Int
    /// Tokens of each size that the cheapest choices take together.
    let taken: [Int]
    let uncovered: Int

    /// So costly that it is never chosen, and still can be added to for each of some thousand tenants.
    static let forbidden = 1 << 50

    init(_ problem: PlacementProblem, prices: PlacementPrices, goal: PlacementGoal, work: inout PlacementWork) {
        let limit = problem.needs.first ?? 0
        let costOfUncovered = prices.costOfUncovered(for: goal)
        var cheapest = (0...limit).map { need in
            need == 0 ? 0 : costOfUncovered.map { $0 * need } ?? Self.forbidden
        }
        var choice = [Int32](repeating: -1, count: limit + 1)
        for (size, seats) in problem.sizes.enumerated() {
            let cost = prices.cost(ofSize: size, in: problem, for: goal)
            for need in stride(from: goal.forbidsWaste ? seats : 1, through: limit, by: 1) {
                let candidate = cost + cheapest[max(0, need - seats)]
                if candidate < cheapest[need] {
                    cheapest[need] = candidate
                    choice[need] = Int32(size)
                }
            }
        }
        work.spend(limit * problem.sizes.count)

        var bound = -prices.rebate(in: problem, for: goal)
        var taken = [Int](repeating: 0, count: problem.sizes.count)
        var uncovered = 0
        for need in problem.needs {
            bound += cheapest[need]
            var rest = need
            while rest > 0, choice[rest] >= 0 {
                let size = Int(choice[rest])
                taken[size] += 1
                rest = max(0, rest - problem.sizes[size])
                work.spend(1)
            }
            uncovered += rest
        }
        self.bound = bound
        self.taken = taken
        self.uncovered = uncovered
    }
}

/// The steps that a search may still take. Counted, not timed, so that the same question has the same answer anywhere.
struct PlacementWork: Sendable {
    private(set) var left: Int

    init(limit: Int) {
        left = limit
    }

    var isExhausted: Bool { left <= 0 }

    mutating func add(_ steps: Int) {
        left = max(0, left) + steps
    }

    mutating func spend(_ steps: Int) {
        left -= steps
    }
}
