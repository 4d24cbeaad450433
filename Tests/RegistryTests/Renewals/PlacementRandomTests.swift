import Testing

@testable import Registry

@Suite("The placement against every way there is")
struct PlacementRandomTests {
    @Test("R45: no whole-token placement of a small instance is better, and the figures are those of the placement")
    func bruteForce() throws {
        var generator = SeededGenerator(seed: 20_260_301)
        var shortages = 0
        var splits = 0
        for _ in 0..<600 {
            let needs = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                Int.random(in: 1...60, using: &generator)
            }
            let seats = randomSeats(0...6, sizes: 1...4, using: &generator)
            let tokens = PlacementExamples.tokens(seats)
            let demands = PlacementExamples.demands(needs).shuffled(using: &generator)
            let placement = PlacementSolver.place(tokens.reversed(), onto: demands)
            let expected = PlacementExamples.bruteForce(needs: needs, tokens: seats)
            let proof = try #require(placement.proofs.first)
            let context: Comment = "\(needs) \(seats)"

            #expect(proof.exactness == .optimal, context)
            #expect(score(proof) == expected, context)
            expectConsistent(placement, needs: needs, tokens: tokens)
            let gap = expected.uncovered - max(0, needs.reduce(0, +) - seats.reduce(0, +))
            if expected.uncovered > 0 { shortages += 1 }
            if gap > 0 { splits += 1 }
            #expect(placement.uncovered.allSatisfy { $0.reason == (gap > 0 ? .wholeTokens : .seatsShort) }, context)
        }
        #expect(shortages > 50 && shortages < 550 && splits > 20)
    }

    @Test("The grid, which looks at everything, finds what trying every way finds")
    func gridAgainstBruteForce() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            let needs = (0..<3).map { _ in Int.random(in: 1...60, using: &generator) }.sorted(by: >)
            let seats = randomSeats(1...6, sizes: 1...3, using: &generator)
            let problem = PlacementProblem(needs: needs, tokens: Dictionary(seats.map { ($0, 1) }, uniquingKeysWith: +))
            var work = PlacementWork(limit: 10_000_000)
            let grid = try #require(PlacementGrid(problem, work: &work))
            let score = problem.score(of: grid.best)
            let expected = PlacementExamples.bruteForce(needs: needs, tokens: seats)
            #expect(score.uncovered == expected.uncovered && score.seatsUsed == expected.seatsUsed, "\(needs) \(seats)")
            #expect(score.tokensUsed == expected.tokensUsed, "\(needs) \(seats)")
        }
    }

    @Test("On instances too large to try every way, the search agrees with the grid, and prices prove what they claim")
    func searchAgainstGrid() throws {
        var generator = SeededGenerator(seed: 5)
        var priced = 0
        for _ in 0..<150 {
            let needs = (0..<Int.random(in: 4...8, using: &generator)).map { _ in
                Int.random(in: 1...70, using: &generator)
            }
            let seats = randomSeats(6...24, sizes: 2...3, using: &generator)
            let placement = PlacementSolver.place(
                PlacementExamples.tokens(seats),
                onto: PlacementExamples.demands(needs)
            )
            let proof = try #require(placement.proofs.first)
            let problem = PlacementProblem(
                needs: needs.sorted(by: >),
                tokens: Dictionary(seats.map { ($0, 1) }, uniquingKeysWith: +)
            )
            var work = PlacementWork(limit: 100_000_000)
            let grid = try #require(PlacementGrid(problem, work: &work))
            let best = problem.score(of: grid.best)
            #expect(proof.exactness == .optimal)
            #expect(
                score(proof)
                    == .init(uncovered: best.uncovered, seatsUsed: best.seatsUsed, tokensUsed: best.tokensUsed)
            )
            expectConsistent(placement, needs: needs, tokens: PlacementExamples.tokens(seats))
            if case .prices(let prices) = proof.basis {
                priced += 1
                let bound = lowerBound(at: prices, needs: needs)
                #expect(bound > (proof.uncovered.value - 1) * prices.perUncoveredUser, "\(needs) \(seats)")
                #expect(prices.perToken.allSatisfy { $0.price >= 0 && $0.tokens <= seats.count })
            }
        }
        #expect(priced > 5)
    }

    @Test(
        "400 tokens over 40 tenants: the placement is valid, nobody more can be covered, and no order changes it",
        arguments: [[25], [5, 25, 100], [5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100]],
        [60, 300, 900]
    )
    func large(sizes: [Int], largest: Int) throws {
        let example = PlacementExamples.large(sizes: sizes, largest: largest, seed: 7)
        let placement = PlacementSolver.place(example.tokens, onto: example.demands, workLimit: 20_000_000)
        expectConsistent(placement, needs: example.demands.map(\.users), tokens: example.tokens)
        let proof = try #require(placement.proofs.first)
        #expect(proof.uncovered.isProven && proof.seatsUsed.isProven)
        let turned = PlacementSolver.place(
            example.tokens.reversed(),
            onto: example.demands.reversed(),
            workLimit: 20_000_000
        )
        #expect(placement == turned)
    }

    private func randomSeats(
        _ number: ClosedRange<Int>,
        sizes: ClosedRange<Int>,
        using generator: inout SeededGenerator
    ) -> [Int] {
        let denominations = (0..<Int.random(in: sizes, using: &generator)).map { _ in
            [1, 3, 5, 7, 10, 12, 25, 40].randomElement(using: &generator) ?? 1
        }
        return (0..<Int.random(in: number, using: &generator)).map { _ in
            denominations.randomElement(using: &generator) ?? 1
        }
    }

    private func score(_ proof: PlacementProof) -> PlacementExamples.Score {
        .init(
            uncovered: proof.uncovered.value,
            seatsUsed: proof.seatsUsed.value,
            tokensUsed: proof.tokensUsed.value
        )
    }

    /// What the tenants pay at least, each by itself, less the price of all tokens.
    private func lowerBound(at prices: PlacementProof.TokenPrices, needs: [Int]) -> Int {
        var bound = 0
        for need in needs {
            var cheapest = [0]
            for users in 1...need {
                let bought = prices.perToken.map { $0.price + cheapest[max(0, users - $0.seats)] }
                cheapest.append(min(cheapest[users - 1] + prices.perUncoveredUser, bought.min() ?? .max))
            }
            bound += cheapest[need]
        }
        return bound - prices.perToken.reduce(0) { $0 + $1.price * $1.tokens }
    }

    /// Each token on one tenant at most, and the answer's sums are those of its placements.
    private func expectConsistent(_ placement: Placement, needs: [Int], tokens: [PlacementToken]) {
        let seats = Dictionary(uniqueKeysWithValues: tokens.map { ($0.index, $0.seats) })
        let placed = placement.placements.map(\.token)
        #expect(Set(placed).count == placed.count)
        #expect((placed + placement.unplacedTokens).sorted() == seats.keys.sorted())
        #expect(placement.placements.allSatisfy { seats[$0.token] == $0.seats })

        var unused = 0
        for (number, need) in needs.enumerated() {
            let tenant = PlacementExamples.tenant(number)
            let held = placement.placements.filter { $0.tenant == tenant }.reduce(0) { $0 + $1.seats }
            let open = placement.uncovered.filter { $0.tenant == tenant }.reduce(0) { $0 + $1.users }
            #expect(open == max(0, need - held))
            unused += max(0, held - need)
        }
        #expect(placement.unusedSeats == unused)
        let proof = placement.proofs.first
        #expect(proof?.seatsUsed.value == placement.placements.reduce(0) { $0 + $1.seats })
        #expect(proof?.tokensUsed.value == placed.count)
        #expect(proof?.uncovered.value == placement.uncovered.reduce(0) { $0 + $1.users })
    }
}
