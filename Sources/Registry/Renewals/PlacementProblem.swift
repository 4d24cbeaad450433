/// The placement of one SKU's tokens, as numbers: needs of tenants, and tokens counted by size.
struct PlacementProblem: Hashable, Sendable {
    /// Users to cover on each tenant, all positive, the largest first.
    let needs: [Int]
    /// The distinct sizes in seats, the largest first.
    let sizes: [Int]
    /// Tokens of each size that could be of use: no more than cover everybody with this size alone.
    let counts: [Int]
    let users: Int
    let seats: Int
    /// What all sizes are multiples of.
    let unit: Int

    init(needs: [Int], tokens: [Int: Int]) {
        let sizes = tokens.keys.sorted(by: >)
        self.needs = needs
        self.sizes = sizes
        counts = sizes.map { size in
            min(tokens[size] ?? 0, needs.reduce(0) { $0 + ($1 + size - 1) / size })
        }
        users = needs.reduce(0, +)
        seats = zip(sizes, counts).reduce(0) { $0 + $1.0 * $1.1 }
        unit = max(1, sizes.reduce(0, greatestCommonDivisor))
    }

    /// The same placement counted in units instead of seats, good where everybody is to be covered.
    var inUnits: PlacementProblem {
        PlacementProblem(
            needs: needs.map { ($0 + unit - 1) / unit },
            tokens: Dictionary(uniqueKeysWithValues: zip(sizes.map { $0 / unit }, counts))
        )
    }

    /// The fewest users that stay uncovered if tokens could be split into units.
    var leastUncovered: Int {
        let wholeUnits = needs.reduce(0) { $0 + $1 / unit }
        let spare = seats / unit - wholeUnits
        guard spare > 0 else { return users - seats }
        return users - wholeUnits * unit - remainders.prefix(spare).reduce(0, +)
    }

    /// The fewest seats that leave `uncovered` users without one, if tokens could be split into units.
    func leastSeats(leaving uncovered: Int) -> Int {
        let covered = users - uncovered
        let wholeUnits = needs.reduce(0) { $0 + $1 / unit }
        guard covered > wholeUnits * unit else { return (covered + unit - 1) / unit * unit }
        var rest = covered - wholeUnits * unit
        var units = wholeUnits
        for remainder in remainders where rest > 0 {
            rest -= remainder
            units += 1
        }
        return units * unit
    }

    /// What each tenant needs beyond whole units, the largest first.
    private var remainders: [Int] {
        needs.map { $0 % unit }.sorted(by: >)
    }

    /// Seats in so many tokens of each size.
    func seats(in numbers: [Int]) -> Int {
        zip(sizes, numbers).reduce(0) { $0 + $1.0 * $1.1 }
    }

    func score(of allocation: PlacementAllocation) -> PlacementScore {
        var score = PlacementScore(uncovered: 0, seatsUsed: 0, tokensUsed: 0)
        for (tenant, need) in needs.enumerated() {
            let held = seats(in: allocation.taken[tenant])
            score.uncovered += max(0, need - held)
            score.seatsUsed += held
            score.tokensUsed += allocation.taken[tenant].reduce(0, +)
        }
        return score
    }

    /// A fair placement to begin with: the largest tokens that fit, then what is left over to the tenants that it serves
    /// best.
    func greedyAllocation() -> PlacementAllocation {
        var taken = [[Int]](repeating: [Int](repeating: 0, count: sizes.count), count: needs.count)
        var left = counts
        var open = needs
        for tenant in needs.indices {
            for size in sizes.indices {
                let number = min(left[size], open[tenant] / sizes[size])
                taken[tenant][size] = number
                left[size] -= number
                open[tenant] -= number * sizes[size]
            }
        }
        for tenant in needs.indices.sorted(by: { (open[$0], $1) > (open[$1], $0) }) where open[tenant] > 0 {
            guard let size = sizes.indices.last(where: { left[$0] > 0 && sizes[$0] >= open[tenant] }) else { continue }
            taken[tenant][size] += 1
            left[size] -= 1
        }
        return PlacementAllocation(taken: taken).withoutNeedless(in: self)
    }
}

/// How good a placement is; smaller is better, in the order of the fields.
struct PlacementScore: Hashable, Comparable, Sendable {
    var uncovered: Int
    var seatsUsed: Int
    var tokensUsed: Int

    static func < (left: Self, right: Self) -> Bool {
        (left.uncovered, left.seatsUsed, left.tokensUsed) < (right.uncovered, right.seatsUsed, right.tokensUsed)
    }
}

/// How many tokens of each size each tenant takes.
struct PlacementAllocation: Hashable, Sendable {
    /// By tenant, then by size, in the order of the problem.
    var taken: [[Int]]

    /// Without the tokens that a tenant could give back and still cover as many.
    func withoutNeedless(in problem: PlacementProblem) -> PlacementAllocation {
        var result = self
        for (tenant, need) in problem.needs.enumerated() {
            var spare = problem.seats(in: taken[tenant]) - need
            for size in problem.sizes.indices where spare > 0 {
                let number = min(result.taken[tenant][size], spare / problem.sizes[size])
                result.taken[tenant][size] -= number
                spare -= number * problem.sizes[size]
            }
        }
        return result
    }
}

private func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
}
