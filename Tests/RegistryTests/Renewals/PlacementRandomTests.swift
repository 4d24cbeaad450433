import Registry
import Testing

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
            let denominations = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                [1, 3, 5, 7, 10, 12, 25, 40].randomElement(using: &generator) ?? 1
            }
            let seats = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                denominations.randomElement(using: &generator) ?? 1
            }
            let tokens = PlacementExamples.tokens(seats)
            let placement = PlacementSolver.place(
                tokens.reversed(),
                onto: PlacementExamples.demands(needs).shuffled(using: &generator)
            )
            let expected = PlacementExamples.bruteForce(needs: needs, tokens: seats)
            let proof = try #require(placement.proofs.first)
            let context: Comment = "\(needs) \(seats)"

            #expect(proof.exactness == .optimal, context)
            #expect(proof.uncovered.value == expected.uncovered, context)
            #expect(proof.seatsUsed.value == expected.seatsUsed, context)
            #expect(proof.tokensUsed.value == expected.tokensUsed, context)
            expectConsistent(placement, needs: needs, tokens: tokens)
            let gap = expected.uncovered - max(0, needs.reduce(0, +) - seats.reduce(0, +))
            if expected.uncovered > 0 { shortages += 1 }
            if gap > 0 { splits += 1 }
            #expect(placement.uncovered.allSatisfy { $0.reason == (gap > 0 ? .wholeTokens : .seatsShort) }, context)
        }
        #expect(shortages > 50 && shortages < 550 && splits > 20)
    }

    @Test(
        "400 tokens over 40 tenants: the placement is valid, and as good as its proof says",
        arguments: [[25], [5, 25, 100], [5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100]],
        [60, 300, 900]
    )
    func large(sizes: [Int], largest: Int) throws {
        let example = PlacementExamples.large(sizes: sizes, largest: largest, seed: 7)
        let placement = PlacementSolver.place(example.tokens, onto: example.demands, workLimit: 4_000_000)
        expectConsistent(placement, needs: example.demands.map(\.users), tokens: example.tokens)
        let proof = try #require(placement.proofs.first)
        #expect(proof.uncovered.isProven && proof.seatsUsed.isProven)
        #expect(
            placement
                == PlacementSolver.place(
                    example.tokens.reversed(),
                    onto: example.demands.reversed(),
                    workLimit: 4_000_000
                )
        )
    }

    /// Each token on one tenant at most, and the answer's sums are those of its placements.
    private func expectConsistent(_ placement: Placement, needs: [Int], tokens: [PlacementToken]) {
        let seats = Dictionary(uniqueKeysWithValues: tokens.map { ($0.index, $0.seats) })
        let placed = placement.placements.map(\.token)
        #expect(Set(placed).count == placed.count)
        #expect(Set(placed).isDisjoint(with: placement.unplacedTokens))
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
