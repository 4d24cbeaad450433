/// Makes a placement better by taking the tokens from a few tenants and giving them out anew, many times over.
///
/// Good at finding, unable to prove. It chooses by a fixed sequence of numbers, so that the same question has the same
/// answer.
struct PlacementImprovement: Sendable {
    private(set) var allocation: PlacementAllocation
    private(set) var score: PlacementScore
    private let problem: PlacementProblem
    private var left: [Int]
    private var sequence = Sequence()

    init(_ problem: PlacementProblem, from allocation: PlacementAllocation) {
        self.problem = problem
        self.allocation = allocation
        score = problem.score(of: allocation)
        left = problem.counts
        for numbers in allocation.taken {
            for size in left.indices { left[size] -= numbers[size] }
        }
    }

    /// Goes on until counting shows that nothing at the level of `goal` can be better, or for `steps` of work.
    ///
    /// - Returns: whether the placement is better than it was.
    mutating func run(
        towards goal: PlacementGoal,
        prices: PlacementPrices,
        totals: PlacementTotals,
        steps: Int,
        work: inout PlacementWork
    ) -> Bool {
        let before = score
        let end = max(0, work.left - steps)
        // At the full prices a token that nobody needs much stays unused; at lower ones somebody takes it.
        let costs = [0, 4, 7, 8].map { eighths in
            var prices = prices
            prices.perToken = prices.perToken.map { $0 * eighths / 8 }
            return problem.sizes.indices.map { prices.cost(ofSize: $0, in: problem, for: goal) }
        }
        let costOfUncovered = prices.costOfUncovered(for: goal) ?? 1 << 36
        var isFinished = false
        var moves = 0
        while work.left > end, !isFinished {
            work.spend(256)
            moves += 1
            let tenants = moves <= Self.freshStarts ? allTenants() : someTenants(goal.level)
            let old = tenants.map { allocation.taken[$0] }
            let oldLeft = left
            // Equal choices take turns, and of nearly equal ones fewer tokens come first.
            let varied = costs[sequence.next(below: costs.count)].map { $0 + 1 + sequence.next(below: 16) }
            for tenant in tenants { release(tenant) }
            for tenant in tenants {
                fill(tenant, costs: varied, costOfUncovered: costOfUncovered, goal: goal, work: &work)
            }
            let result = self.score(ofTenants: tenants, instead: old)
            if result <= score {
                isFinished = result < score && totals.goal(goal.level, beyond: result, in: problem) == nil
                score = result
            } else {
                for (tenant, numbers) in zip(tenants, old) { allocation.taken[tenant] = numbers }
                left = oldLeft
            }
        }
        return score < before
    }

    /// How often all tenants begin anew.
    private static let freshStarts = 6

    /// All, the neediest first or shuffled.
    private mutating func allTenants() -> [Int] {
        var tenants = Array(problem.needs.indices)
        if sequence.next(below: 3) > 0 {
            for tenant in tenants.indices { tenants.swapAt(tenant, sequence.next(below: tenant + 1)) }
        }
        return tenants
    }

    /// Two to five, in an order of their own; where there is one with a fault, often one of those.
    private mutating func someTenants(_ level: PlacementGoal.Level) -> [Int] {
        let number = min(problem.needs.count, 2 + sequence.next(below: 4))
        var tenants: [Int] = []
        if level != .tokens, sequence.next(below: 4) > 0 {
            let first = sequence.next(below: problem.needs.count)
            for tenant in Array(first..<problem.needs.count) + Array(0..<first) {
                guard level == .uncovered ? spare(of: tenant) < 0 : spare(of: tenant) > 0 else { continue }
                tenants.append(tenant)
                break
            }
        }
        while tenants.count < number {
            let tenant = sequence.next(below: problem.needs.count)
            if !tenants.contains(tenant) { tenants.append(tenant) }
        }
        tenants.swapAt(0, sequence.next(below: tenants.count))
        return tenants
    }

    /// Seats beyond the need; negative where users are uncovered.
    private func spare(of tenant: Int) -> Int {
        problem.seats(in: allocation.taken[tenant]) - problem.needs[tenant]
    }

    private mutating func release(_ tenant: Int) {
        for size in left.indices {
            left[size] += allocation.taken[tenant][size]
            allocation.taken[tenant][size] = 0
        }
    }

    /// Gives `tenant` the cheapest of what is left.
    private mutating func fill(
        _ tenant: Int,
        costs: [Int],
        costOfUncovered: Int,
        goal: PlacementGoal,
        work: inout PlacementWork
    ) {
        let need = problem.needs[tenant]
        var cheapest = (0...need).map { $0 * costOfUncovered }
        var parcels: [(size: Int, number: Int)] = []
        var isChosen: [Bool] = []
        for (size, seats) in problem.sizes.enumerated() {
            // Parcels of 1, 2, 4, … tokens make every number of them.
            var rest = min(left[size], (need + seats - 1) / seats)
            var parcel = 1
            while rest > 0 {
                let number = min(parcel, rest)
                let step = number * seats
                let cost = number * costs[size]
                parcels.append((size, number))
                isChosen.append(contentsOf: repeatElement(false, count: need + 1))
                let row = isChosen.count - need - 1
                for open in stride(from: need, through: goal.forbidsWaste ? step : 1, by: -1) {
                    let candidate = cost + cheapest[max(0, open - step)]
                    if candidate < cheapest[open] {
                        cheapest[open] = candidate
                        isChosen[row + open] = true
                    }
                }
                work.spend(2 * need)
                rest -= number
                parcel *= 2
            }
        }
        var open = need
        for (index, parcel) in parcels.enumerated().reversed() where isChosen[index * (need + 1) + open] {
            allocation.taken[tenant][parcel.size] += parcel.number
            left[parcel.size] -= parcel.number
            open = max(0, open - parcel.number * problem.sizes[parcel.size])
        }
    }

    /// What the score becomes when `tenants` hold what they now hold instead of `old`.
    private func score(ofTenants tenants: [Int], instead old: [[Int]]) -> PlacementScore {
        var result = score
        for (tenant, numbers) in zip(tenants, old) {
            for (numbers, sign) in [(numbers, -1), (allocation.taken[tenant], 1)] {
                let held = problem.seats(in: numbers)
                result.uncovered += sign * max(0, problem.needs[tenant] - held)
                result.seatsUsed += sign * held
                result.tokensUsed += sign * numbers.reduce(0, +)
            }
        }
        return result
    }

    /// Numbers that look random and are always the same (xorshift).
    private struct Sequence: Sendable {
        private var state: UInt64 = 0x2545_F491_4F6C_DD1D

        mutating func next(below limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int((state >> 33) % UInt64(limit))
        }
    }
}
