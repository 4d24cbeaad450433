import Testing

@testable import Registry

@Suite("Placing a renewal's tokens")
struct PlacementTests {
    private let e3 = PlacementExamples.e3

    @Test("R45: tokens that fit exactly go to their tenants, and nothing is unused")
    func exactFit() {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25, 25, 25, 5]),
            onto: PlacementExamples.demands([30, 50])
        )
        #expect(
            placement.placements.map { "\($0.token) \($0.tenant) \($0.seats)" } == [
                "0 t00 25", "3 t00 5", "1 t01 25", "2 t01 25",
            ]
        )
        #expect(placement.uncovered.isEmpty)
        #expect(placement.unusedSeats == 0)
        #expect(placement.unplacedTokens.isEmpty)
        #expect(placement.proofs.map(\.basis) == [.counts])
        #expect(placement.isOptimal)
    }

    @Test("R45: of 3 tokens of 25 for 30, 30 and 10 users, whole tokens leave 10 uncovered though the seats suffice")
    func wholeTokens() throws {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25, 25, 25]),
            onto: PlacementExamples.demands([30, 30, 10])
        )
        let proof = try #require(placement.proofs.first)
        #expect(proof.uncovered == .init(value: 10, lowerBound: 10))
        #expect(placement.uncovered.reduce(0) { $0 + $1.users } == 10)
        #expect(placement.uncovered.allSatisfy { $0.reason == .wholeTokens })
        #expect(proof.exactness == .optimal)
        #expect(
            proof.sentence.hasPrefix(
                "3 tokens hold 75 seats for 70 users of ENTERPRISEPACK, but a token cannot be split (R45)"
            )
        )
    }

    @Test("With one seat too few, one user is uncovered, and the count is the proof")
    func oneTooFew() throws {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25, 25]),
            onto: PlacementExamples.demands([26, 25])
        )
        #expect(placement.uncovered.map(\.users) == [1])
        #expect(placement.uncovered.map(\.tenant) == ["t00"])
        #expect(placement.uncovered.map(\.reason) == [.seatsShort])
        #expect(
            placement.proofs.map(\.sentence) == [
                "2 tokens hold 50 seats for 51 users of ENTERPRISEPACK, so at least 1 stay uncovered, and no more do. "
                    + "No placement that covers as many does it with less than 2 tokens with 50 seats."
            ]
        )
    }

    @Test("R39: a tenant that takes no programme tokens gets none, and its users are uncovered with the reason")
    func refusingTenant() throws {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25, 25]),
            onto: [
                PlacementDemand(tenant: "a", skuPartNumber: e3, users: 20, refusal: "O365_BUSINESS_PREMIUM"),
                PlacementDemand(tenant: "b", skuPartNumber: e3, users: 20),
            ]
        )
        #expect(placement.placements.map(\.tenant) == ["b"])
        #expect(placement.unplacedTokens == [1])
        #expect(
            placement.uncovered == [
                .init(tenant: "a", skuPartNumber: e3, users: 20, reason: .tenantRefuses("O365_BUSINESS_PREMIUM"))
            ]
        )
        let proof = try #require(placement.proofs.first)
        #expect(proof.refusedUsers == 20)
        #expect(proof.uncovered == .init(value: 0, lowerBound: 0))
        #expect(proof.sentence.hasSuffix("20 more are on tenants that take no programme tokens (R39)."))
    }

    @Test("The least unused decides, then the fewest tokens")
    func leastUnused() {
        // 100 for 90 wastes 10; 4 of 25 waste as much with more tokens; 25 × 3 and 5 × 3 waste nothing.
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([100, 25, 25, 25, 25, 5, 5, 5]),
            onto: PlacementExamples.demands([90])
        )
        #expect(placement.placements.map(\.token) == [1, 2, 3, 5, 6, 7])
        #expect(placement.unusedSeats == 0)
        let fewer = PlacementSolver.place(
            PlacementExamples.tokens([100, 25, 25, 25, 25]),
            onto: PlacementExamples.demands([90])
        )
        #expect(fewer.placements.map(\.token) == [0])
        #expect(fewer.unusedSeats == 10)
        #expect(fewer.unplacedTokens == [1, 2, 3, 4])
    }

    @Test("Seats that stay licensed need no token, and more of them than users are no debt")
    func existingSeats() {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25]),
            onto: [
                PlacementDemand(tenant: "a", skuPartNumber: e3, users: 30, existingLicensedSeats: 5),
                PlacementDemand(tenant: "b", skuPartNumber: e3, users: 10, existingLicensedSeats: 40),
            ]
        )
        #expect(placement.placements.map(\.tenant) == ["a"])
        #expect(placement.uncovered.isEmpty)
        #expect(placement.unusedSeats == 0)
    }

    @Test("A token serves its own SKU only, and one of a SKU that nobody uses stays unplaced")
    func skus() {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25], sku: "STANDARDPACK") + PlacementExamples.tokens([25], sku: "EMS", from: 7),
            onto: PlacementExamples.demands([25], sku: "STANDARDPACK") + PlacementExamples.demands([25])
        )
        #expect(placement.placements.map(\.skuPartNumber) == ["STANDARDPACK"])
        #expect(placement.uncovered.map(\.skuPartNumber) == [e3])
        #expect(placement.uncovered.map(\.reason) == [.seatsShort])
        #expect(placement.unplacedTokens == [7])
        #expect(placement.proofs.map(\.skuPartNumber) == [e3, "STANDARDPACK"])
    }

    @Test("Nothing to place, nobody to cover, and tokens without seats are no trouble")
    func nothing() {
        #expect(PlacementSolver.place([], onto: []).proofs.isEmpty)
        let noTokens = PlacementSolver.place([], onto: PlacementExamples.demands([3, 0]))
        #expect(noTokens.uncovered.map(\.users) == [3])
        #expect(noTokens.isOptimal)
        let noUsers = PlacementSolver.place(PlacementExamples.tokens([25, 0]), onto: PlacementExamples.demands([0]))
        #expect(noUsers.placements.isEmpty && noUsers.unplacedTokens == [0, 1])
        #expect(noUsers.proofs.map(\.sentence) == ["No user of ENTERPRISEPACK needs a new token."])
    }

    @Test("Among equal tenants the first is covered first, with the first tokens")
    func ties() {
        let placement = PlacementSolver.place(
            PlacementExamples.tokens([25, 25]).reversed(),
            onto: PlacementExamples.demands([20, 20, 20]).reversed()
        )
        #expect(placement.placements.map { "\($0.token) \($0.tenant)" } == ["0 t00", "1 t01"])
        #expect(placement.uncovered.map(\.tenant) == ["t02"])
    }

    @Test("Stopped by the work limit, the placement says so, and the lower bound still holds")
    func workLimit() throws {
        // 26 users each: 3 + 3 tokens of 9 or 13 would do; the greedy choice and the count leave a gap.
        let demands = PlacementExamples.demands([26, 26, 26, 17])
        let tokens = PlacementExamples.tokens([20, 20, 20, 13, 11, 9])
        let stopped = try #require(PlacementSolver.place(tokens, onto: demands, workLimit: 0).proofs.first)
        let finished = try #require(PlacementSolver.place(tokens, onto: demands).proofs.first)
        #expect(finished.exactness == .optimal)
        #expect(stopped.exactness == .workLimit(.uncovered))
        #expect(stopped.basis == .open)
        #expect(stopped.uncovered.lowerBound <= finished.uncovered.value)
        #expect(stopped.uncovered.value >= finished.uncovered.value)
        #expect(stopped.sentence.contains("the work limit stopped the search"))
    }
}
