import Testing

@testable import Registry

@Suite("A renewal that waits for the portal's tokens")
struct AwaitedTokensTests {
    private static let codes = [
        "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK", "P3WQM-7HVKT-R9XBD-4CJ6F-2GY8M", "BCDFG-HJKMP-QRTVW-XY234-6789B",
        "CDFGH-JKMPQ-RTVWX-Y2346-789BC",
    ]

    private static func csv(_ rows: Range<Int>, seats: Int = 25) -> String {
        "code,sku,seats\n" + rows.map { "\(codes[$0]),ENTERPRISEPACK,\(seats)\n" }.joined()
    }

    private static func issued(_ rows: Range<Int>, seats: Int = 25) throws -> [IssuedCode] {
        try rows.map { row in
            IssuedCode(
                code: try ActivationCode(parsing: codes[row]),
                skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                seats: seats
            )
        }
    }

    /// Gold whose tokens are the portal's, with 10 users on one tenant and 30 on the other, and a plan for its renewal.
    private static func plan(_ registry: TestRegistry) async throws -> RenewalPlan {
        try await registry.addOrganization()
        try await registry.signUp("a.example.com")
        try await registry.signUp("b.example.com")
        try await registry.addEnrollment("gold", program: "gold-competency", mint: false)
        try await registry.importTokens(
            "code,sku,seats\nHJKMP-QRTVW-XY234-6789B-BCDFG,ENTERPRISEPACK,25\n"
                + "JKMPQ-RTVWX-Y2346-789BC-CDFGH,ENTERPRISEPACK,50\n",
            of: "gold"
        )
        try await registry.redeem(TokenID(number: 1), on: "a.example.com")
        try await registry.redeem(TokenID(number: 2), on: "b.example.com")
        try await registry.assign(10, on: "a.example.com")
        try await registry.assign(30, on: "b.example.com")
        registry.clock.set(day: "2027-01-05")
        let plan = try await registry.plan("gold")
        #expect(plan.issue.map(\.seats) == [25, 25, 25, 25])
        #expect(plan.placements.map { $0.tenantDomain?.value } == ["a.example.com", "b.example.com", "b.example.com"])
        return plan
    }

    @Test("R33: no code is made up: the renewal records the year and waits, and says so again without writing")
    func waits() async throws {
        try await withTestRegistry { registry in
            let plan = try await Self.plan(registry)
            let first = try await registry.apply(plan, redeem: true)
            #expect(first.awaitsCodes)
            #expect(first.issued.isEmpty && first.redemptions.isEmpty)
            #expect(first.placements.map(\.tokenId) == [nil, nil, nil])
            #expect(try await registry.enrollment("gold-2027").tokens.isEmpty)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM tokens WHERE origin = 'minted'") == 0)
            let rows = try registry.value(Int.self, "SELECT count(*) FROM audit")
            #expect(try await registry.apply(plan, redeem: true) == first)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM audit") == rows)
            #expect(try await registry.apply(plan).awaitsCodes)
        }
    }

    @Test("R33: after an import the same plan is redeemed as planned, by SKU and seats, and once")
    func imported() async throws {
        try await withTestRegistry { registry in
            let plan = try await Self.plan(registry)
            try await registry.apply(plan, redeem: true)
            try await registry.importTokens(Self.csv(0..<4), of: "gold-2027")
            let done = try await registry.apply(plan, redeem: true)
            #expect(!done.awaitsCodes)
            #expect(done.issued.count == 4)
            #expect(
                done.redemptions.map(\.tenantDomain.value) == [
                    "a.example.com", "b.example.com", "b.example.com",
                ]
            )
            #expect(try await registry.apply(plan, redeem: true) == done)
            #expect(try await registry.answer(ListAwaitedRedemptions(limit: PageLimit(10))).items.isEmpty)
        }
    }

    @Test("R33: of a part of the tokens those that fit are redeemed, and the rest is awaited")
    func partly() async throws {
        try await withTestRegistry { registry in
            let plan = try await Self.plan(registry)
            try await registry.apply(plan, redeem: true)
            try await registry.importTokens(Self.csv(0..<2), of: "gold-2027")
            let part = try await registry.apply(plan, redeem: true)
            #expect(part.awaitsCodes)
            #expect(part.redemptions.map(\.tenantDomain.value) == ["a.example.com", "b.example.com"])
            #expect(try await registry.answer(ListAwaitedRedemptions(limit: PageLimit(10))).items.count == 1)
            try await registry.importTokens(Self.csv(2..<4), of: "gold-2027")
            // Without a plan, as a timer runs it.
            let rest = try await registry.perform(
                ApplyRenewal(enrollment: plan.enrollmentId, plan: nil, redeem: true)
            )
            #expect(!rest.awaitsCodes)
            #expect(rest.redemptions.map(\.tokenId.number) == [3, 4, 5])
        }
    }

    @Test("R33: codes that come with the same plan later are imported once, and no more than were planned")
    func codesLater() async throws {
        try await withTestRegistry { registry in
            let plan = try await Self.plan(registry)
            try await registry.apply(plan, redeem: true)
            #expect(try await registry.apply(plan, redeem: true, codes: Self.issued(0..<1)).issued.count == 1)
            let done = try await registry.apply(plan, redeem: true, codes: Self.issued(0..<4))
            #expect(!done.awaitsCodes)
            #expect(done.redemptions.count == 3)
            #expect(try await registry.apply(plan, redeem: true, codes: Self.issued(0..<4)) == done)
            let more = try IssuedCode(
                code: ActivationCode(parsing: "KMPQR-TVWXY-23467-89BCD-DFGHJ"),
                skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                seats: 25
            )
            let refusal = try await refusal { try await registry.apply(plan, redeem: true, codes: [more]) }
            #expect(refusal?.code == .importInvalid)
        }
    }

    @Test("R30, R33: a token that was redeemed by hand on a planned tenant fills its place; other sizes fill none")
    func byHand() async throws {
        try await withTestRegistry { registry in
            let plan = try await Self.plan(registry)
            try await registry.apply(plan, redeem: true)
            try await registry.importTokens(Self.csv(0..<2) + "\(Self.codes[2]),ENTERPRISEPACK,50\n", of: "gold-2027")
            try await registry.redeem(TokenID(number: 3), on: "b.example.com")
            let done = try await registry.apply(plan, redeem: true)
            #expect(!done.awaitsCodes)
            #expect(done.placements.map { $0.tokenId?.number } == [4, 3, nil])
            #expect(done.redemptions.map(\.tokenId.number) == [4])
        }
    }

    @Test("An enrollment that mints goes on minting when it is renewed, and so does the next")
    func minting() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let renewed = try await registry.renew("gold")
            #expect(renewed.issued.count == 4 && !renewed.awaitsCodes)
            #expect(try await registry.enrollment("gold-2027").mintsTokens)
            let view = try await registry.token(5)
            #expect(view.origin == .minted)
            registry.clock.set(day: "2028-01-05")
            #expect(try await registry.renew("gold-2027").issued.count == 4)
        }
    }
}
