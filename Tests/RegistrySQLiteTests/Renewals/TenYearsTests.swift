import Testing

@testable import Registry

/// An organisation lives ten years: every year's statement is held against a table that was written by hand.
@Suite("Ten years of an organisation")
struct TenYearsTests {
    /// What the statement of a day is to say.
    private struct Row {
        let day: String
        /// Seats of the office suite.
        let entitlement: Int
        let unredeemed: Int
        let redeemed: Int
        let void: Int
        let replaced: Int
        /// Licensed seats on the tenants a and b.
        let licensed: [Int]
        /// Users beyond them.
        let unlicensed: [Int]
        /// The enrollments that are in force.
        let active: [String]
    }

    private static let table: [Row] = [
        // 2024, a leap year that begins on its leap day: silver, T1 redeemed on a.
        Row(
            day: "2024-12-31",
            entitlement: 25,
            unredeemed: 0,
            redeemed: 1,
            void: 0,
            replaced: 0,
            licensed: [25, 0],
            unlicensed: [0, 0],
            active: ["sc"]
        ),
        // The last day of the year, 27 February 2025, and the first of the window, on which it is renewed: T2 on a.
        Row(
            day: "2025-02-27",
            entitlement: 25,
            unredeemed: 0,
            redeemed: 1,
            void: 0,
            replaced: 0,
            licensed: [25, 0],
            unlicensed: [0, 0],
            active: ["sc"]
        ),
        Row(
            day: "2025-02-28",
            entitlement: 25,
            unredeemed: 0,
            redeemed: 2,
            void: 0,
            replaced: 0,
            licensed: [25, 0],
            unlicensed: [0, 0],
            active: ["sc-2025"]
        ),
        Row(
            day: "2025-12-31",
            entitlement: 25,
            unredeemed: 0,
            redeemed: 2,
            void: 0,
            replaced: 0,
            licensed: [25, 0],
            unlicensed: [0, 0],
            active: ["sc-2025"]
        ),
        // In the window the year goes on, though the service of T2 ended after its 12 months (R47); on its last day, 29
        // March, it is renewed as gold, from that day on (R09).
        Row(
            day: "2026-03-28",
            entitlement: 25,
            unredeemed: 0,
            redeemed: 2,
            void: 0,
            replaced: 0,
            licensed: [0, 0],
            unlicensed: [10, 0],
            active: ["sc-2025"]
        ),
        Row(
            day: "2026-03-29",
            entitlement: 100,
            unredeemed: 3,
            redeemed: 3,
            void: 0,
            replaced: 0,
            licensed: [25, 0],
            unlicensed: [0, 0],
            active: ["sc-2026"]
        ),
        // T4 on b; T5 on a by mistake, replaced by T7 on b (R46); T6 is left.
        Row(
            day: "2026-12-31",
            entitlement: 100,
            unredeemed: 1,
            redeemed: 5,
            void: 0,
            replaced: 1,
            licensed: [25, 50],
            unlicensed: [0, 0],
            active: ["sc-2026"]
        ),
        // Renewed on the first day: T6 is void, T8 on a, T9 and T10 on b, T11 is left.
        Row(
            day: "2027-12-31",
            entitlement: 100,
            unredeemed: 1,
            redeemed: 8,
            void: 1,
            replaced: 1,
            licensed: [25, 50],
            unlicensed: [0, 0],
            active: ["sc-2027"]
        ),
        // The service ended in March. The last day of the window, and one day late: it lapsed; T11 is void since its
        // year's end.
        Row(
            day: "2028-04-27",
            entitlement: 100,
            unredeemed: 0,
            redeemed: 8,
            void: 2,
            replaced: 1,
            licensed: [0, 0],
            unlicensed: [10, 30],
            active: ["sc-2027"]
        ),
        Row(
            day: "2028-04-28",
            entitlement: 0,
            unredeemed: 0,
            redeemed: 8,
            void: 2,
            replaced: 1,
            licensed: [0, 0],
            unlicensed: [10, 30],
            active: []
        ),
        // A new gold competency from May on: T12 on a, T13 and T14 on b, T15 is left.
        Row(
            day: "2028-12-31",
            entitlement: 100,
            unredeemed: 1,
            redeemed: 11,
            void: 2,
            replaced: 1,
            licensed: [25, 50],
            unlicensed: [0, 0],
            active: ["gc"]
        ),
        // The service of T12 to T14 ended on 1 May (R47). Renewed in the middle of the window, on 15 May: T15 is void,
        // T16 on a, T17 and T18 on b, T19 is left.
        Row(
            day: "2029-05-14",
            entitlement: 100,
            unredeemed: 0,
            redeemed: 11,
            void: 3,
            replaced: 1,
            licensed: [0, 0],
            unlicensed: [10, 30],
            active: ["gc"]
        ),
        Row(
            day: "2029-12-31",
            entitlement: 100,
            unredeemed: 1,
            redeemed: 14,
            void: 3,
            replaced: 1,
            licensed: [25, 50],
            unlicensed: [0, 0],
            active: ["gc-2029"]
        ),
        // An Action Pack in France: T20, 5 seats on a. Renewed on the first day: T19 void, T21 on a, T22, T23 on b.
        Row(
            day: "2030-12-31",
            entitlement: 105,
            unredeemed: 1,
            redeemed: 18,
            void: 4,
            replaced: 1,
            licensed: [30, 50],
            unlicensed: [0, 0],
            active: ["ap", "gc-2030"]
        ),
        // The Action Pack lapsed; gold became silver on the window's last day, 30 May: T24 void, T25 on b.
        Row(
            day: "2031-12-31",
            entitlement: 25,
            unredeemed: 0,
            redeemed: 19,
            void: 5,
            replaced: 1,
            licensed: [0, 25],
            unlicensed: [10, 5],
            active: ["gc-2031"]
        ),
        // And gold again, ten days into the window (R09): T26 on a, whose users are still assigned though its seats
        // were deleted in August 2031 (R50), T27 and T28 on b, T29 is left.
        Row(
            day: "2032-12-31",
            entitlement: 100,
            unredeemed: 1,
            redeemed: 22,
            void: 5,
            replaced: 1,
            licensed: [25, 50],
            unlicensed: [0, 0],
            active: ["gc-2032"]
        ),
        // Renewed on the first day of the tenth: T29 void, T30 on a, T31 and T32 on b, T33 is left.
        Row(
            day: "2033-12-31",
            entitlement: 100,
            unredeemed: 1,
            redeemed: 25,
            void: 6,
            replaced: 1,
            licensed: [25, 50],
            unlicensed: [0, 0],
            active: ["gc-2033"]
        ),
    ]

    @Test(
        "R08, R09, R10, R32, R33, R35, R46: ten years with upgrades, late and early renewals, leap years, two tenants"
    )
    func tenYears() async throws {
        try await withTestRegistry(at: "2024-02-29T12:00:00Z") { registry in
            var rows = Self.table[...]
            /// Lives on to the day, and holds the statements of the days before against the table as they pass.
            func go(to day: String) async throws {
                while let row = rows.first, row.day < day {
                    registry.clock.set(day: row.day)
                    try await expect(row, in: registry, "on its day")
                    rows.removeFirst()
                }
                registry.clock.set(day: day)
            }
            try await registry.addOrganization(country: "DE")
            try await registry.addLocation("lyon", country: "FR")
            try await registry.signUp("a.example.com")
            try await registry.signUp("b.example.com")
            try await registry.addEnrollment("sc", start: "2024-02-29")
            try await go(to: "2024-03-01")
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.assign(10, on: "a.example.com")

            try await go(to: "2025-02-28")
            #expect(try await registry.renew("sc").redemptions.map(\.tokenId.number) == [2])

            try await go(to: "2026-03-29")
            let gold = try await registry.renew("sc-2025", program: "gold-competency")
            #expect(gold.nextYear == ProgramYear(startsOn: date("2026-03-29")))
            try await go(to: "2026-04-01")
            try await registry.redeem(TokenID(number: 4), on: "b.example.com")
            try await registry.redeem(TokenID(number: 5), on: "a.example.com")
            try await go(to: "2026-04-20")
            #expect(try await registry.replace(5, by: "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK").replacementId.number == 7)
            try await registry.redeem(TokenID(number: 7), on: "b.example.com")
            try await registry.assign(30, on: "b.example.com")

            try await go(to: "2027-03-29")
            #expect(try await registry.renew("sc-2026").redemptions.map(\.tokenId.number) == [8, 9, 10])

            try await go(to: "2028-04-28")
            let late = try await refusal { try await registry.renew("sc-2027") }
            #expect(late?.code == .renewalWindowClosed)
            let lapse = try await registry.lapse("sc-2027", on: "2028-04-28")
            #expect(lapse.benefitsEndOn == date("2028-04-27"))
            #expect(lapse.seats.map(\.users.count) == [10, 30])
            try await go(to: "2028-05-01")
            try await registry.addEnrollment("gc", program: "gold-competency", start: "2028-05-01")
            for (token, tenant) in [(12, "a"), (13, "b"), (14, "b")] as [(Int64, String)] {
                try await registry.redeem(TokenID(number: token), on: "\(tenant).example.com")
            }

            try await go(to: "2029-05-15")
            let middle = try await registry.renew("gc")
            #expect(middle.nextYear == ProgramYear(startsOn: date("2029-05-01")))

            try await go(to: "2030-01-10")
            try await registry.addEnrollment("ap", program: "action-pack", location: "lyon", start: "2030-01-10")
            try await registry.redeem(TokenID(number: 20), on: "a.example.com")
            try await go(to: "2030-05-01")
            #expect(try await registry.renew("gc-2029").redemptions.map(\.tokenId.number) == [21, 22, 23])

            try await go(to: "2031-02-09")
            _ = try await registry.lapse("ap", on: "2031-02-09")
            try await go(to: "2031-05-30")
            let silver = try await registry.plan("gc-2030", program: "silver-competency")
            #expect(silver.uncovered.map(\.users.count) == [10, 5])
            try await registry.apply(silver, redeem: true)

            try await go(to: "2032-05-10")
            let again = try await registry.renew("gc-2031", program: "gold-competency")
            #expect(again.nextYear == ProgramYear(startsOn: date("2032-05-10")))

            try await go(to: "2033-05-10")
            #expect(try await registry.renew("gc-2032").successorId.value == "gc-2033")
            try await go(to: "2034-01-01")
            #expect(rows.isEmpty)

            // Ten years later every day's statement still says what it said then.
            for row in Self.table { try await expect(row, in: registry, "ten years later") }
        }
    }

    private func expect(_ row: Row, in registry: TestRegistry, _ when: String) async throws {
        let statement = try await registry.answer(
            ShowStatement(organization: OrganizationID(stored: "contoso"), asOf: date(row.day))
        )
        let place: Comment = "\(row.day), \(when)"
        let office = statement.products.first { $0.product == .officeSuite }
        #expect(office?.entitlement ?? 0 == row.entitlement, place)
        #expect(
            statement.tokens
                == TokenCounts(
                    unredeemed: row.unredeemed,
                    redeemed: row.redeemed,
                    void: row.void,
                    replaced: row.replaced
                ),
            place
        )
        let today = registry.clock.now()
        let seats = try await registry.store.read { reading in
            let organization = try reading.requireOrganization(OrganizationID(stored: "contoso"))
            return try reading.tenants(of: organization.id).map { tenant in
                try reading.seatHoldings(
                    on: tenant,
                    organization: organization,
                    day: organization.timeZone.day(of: today),
                    asOf: date(row.day)
                ).first { $0.pool.skuPartNumber.text == "ENTERPRISEPACK" }?.summary
            }
        }
        #expect(seats.map { $0?.licensedUnits ?? 0 } == row.licensed, place)
        #expect(seats.map { $0?.unlicensedUnits ?? 0 } == row.unlicensed, place)
        #expect(statement.enrollments.filter { $0.status == .active }.map(\.id.value) == row.active, place)
    }
}
