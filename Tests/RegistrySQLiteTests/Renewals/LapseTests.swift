import Testing

@testable import Registry

@Suite("Not renewing")
struct LapseTests {
    @Test("R10, R35: a lapse tells what ends by product, tenant and user, and what to uninstall, to move and to buy")
    func lapses() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.redeem(TokenID(number: 2), on: "b.example.com")
            try await registry.assign(3, on: "a.example.com")
            try await registry.addSubscription("ENTERPRISEPACK", seats: 2, on: "b.example.com", source: "open licence")
            try await registry.perform(
                AssignLicense(
                    organization: OrganizationID(stored: "contoso"),
                    userPrincipalName: UserPrincipalName("eve@a.example.com"),
                    product: .windowsClient,
                    location: nil,
                    purpose: nil,
                    source: nil,
                    on: nil
                )
            )
            let ahead = try await registry.lapse("gold", on: "2027-01-01", dryRun: true)
            #expect(ahead.benefitsEndOn == date("2026-12-31"))
            #expect(try await registry.enrollment("gold").endedOn == nil)

            registry.clock.set(day: "2027-02-03")
            let lapse = try await registry.lapse("gold", on: "2027-01-31")
            #expect(lapse.benefitsEndOn == date("2027-01-30"))
            #expect(lapse.voided.map(\.number) == [3, 4])
            #expect(try await registry.token(3).voidedOn == date("2027-01-01"))
            #expect(lapse.seats.map(\.users.count) == [3, 0])
            let a = try #require(lapse.seats.first)
            #expect((a.rightsEndOn, a.serviceEndsOn) == (date("2026-12-31"), date("2027-03-02")))
            #expect((a.accessEndsOn, a.deletedAfter) == (date("2027-04-01"), date("2027-06-30")))
            let windows = try #require(lapse.products.first { $0.product == .windowsClient })
            #expect((windows.granted, windows.remaining, windows.usedOnPremises) == (100, 0, 1))
            let uninstall = try #require(lapse.actions.first { $0.subject == "windows-client" })
            #expect(uninstall.users.map(\.value) == ["eve@a.example.com"])
            #expect(uninstall.by == date("2027-01-30"))
            #expect(lapse.actions.filter { $0.action == .move }.map(\.quantity) == [2])
            #expect(lapse.actions.filter { $0.action == .buy }.map(\.quantity) == [1])
            #expect(try await registry.enrollment("gold").status == .lapsed)
            #expect(
                try await refusal { _ = try await registry.lapse("gold", on: "2027-01-31") }?.code == .enrollmentEnded
            )
        }
    }

    @Test("R35: a lapse in the window ends the benefits that went on in it, the day before it")
    func inTheWindow() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-10")
            #expect(try await refusal { _ = try await registry.lapse("gold", on: "2027-01-11") }?.code == .dateInFuture)
            #expect(
                try await refusal { _ = try await registry.lapse("gold", on: "2026-12-31") }?.code == .renewalNotDue
            )
            #expect(try await registry.lapse("gold", on: "2027-01-10").benefitsEndOn == date("2027-01-09"))
        }
    }
}

@Suite("Replacing tokens in a registry")
struct ReplaceTokenTests {
    private static let code = "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK"

    @Test("R46: the original's seats end that day, and the replacement makes its own on the right tenant")
    func replaces() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.assign(2, on: "a.example.com")
            registry.clock.set(day: "2026-04-01")
            let answer = try await registry.replace(1, by: Self.code)
            #expect(
                (answer.seats, answer.skuPartNumber.text, answer.enrollmentId.value) == (25, "ENTERPRISEPACK", "gold")
            )
            #expect(answer.redeemableThrough == date("2026-12-31"))
            #expect(answer.warnings.map(\.code) == ["seats.unlicensed"])
            let original = try await registry.token(1)
            #expect(original.status == .replaced)
            #expect(try await registry.token(5).replaces == TokenID(number: 1))
            let before = try SeatsQuery(tenant: TenantReference("a.example.com"), asOf: date("2026-03-31"))
            #expect(try await registry.answer(before).map(\.summary.licensedUnits) == [25])
            let after = try SeatsQuery(tenant: TenantReference("a.example.com"))
            #expect(try await registry.answer(after).map(\.summary.prepaidUnits.enabled) == [0])
            try await registry.redeem(TokenID(number: 5), on: "b.example.com")

            // Once, and a replacement never.
            let twice = try await refusal { try await registry.replace(1, by: "P3WQM-7HVKT-R9XBD-4CJ6F-2GY8M") }
            #expect(twice?.code == .tokenAlreadyReplaced)
            let replacement = try await refusal { try await registry.replace(5, by: "P3WQM-7HVKT-R9XBD-4CJ6F-2GY8M") }
            #expect(replacement?.code == .replacementNotAllowed)
        }
    }

    @Test("R46: through the thirtieth day after the activation")
    func thirtyDays() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            for token in 1...2 { try await registry.redeem(TokenID(number: Int64(token)), on: "a.example.com") }
            registry.clock.set(day: "2026-04-02")
            let late = try await refusal { try await registry.replace(1, by: Self.code) }
            #expect(late?.code == .replacementNotAllowed)
            try await registry.replace(1, by: Self.code, on: "2026-04-01")
            #expect(
                try registry.value(Int.self, "SELECT count(*) FROM audit WHERE action = 'token.replace-refused'") == 1
            )
        }
    }

    @Test("R46, R48: what a replaced token extended is as it was before")
    func extended() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.redeem(TokenID(number: 2), on: "a.example.com", intent: .extend, overrides: [.r37])
            let seats = try SeatsQuery(tenant: TenantReference("a.example.com"))
            func ends() async throws -> [CalendarDate?] {
                try await registry.answer(seats).flatMap(\.blocks).map(\.block.serviceEndsOn)
            }
            #expect(try await ends() == [date("2028-03-02")])
            let answer = try await registry.replace(2, by: Self.code)
            #expect(answer.seatBlockId == nil)
            #expect(try await ends() == [date("2027-03-02")])
        }
    }

    @Test("R33, R46: after its year's end a token is not replaced: the replacement would be void")
    func afterTheYear() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2026-12-20")
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            registry.clock.set(day: "2027-01-02")
            #expect(try await refusal { try await registry.replace(1, by: Self.code) }?.rule == .r33)
            try await registry.replace(1, by: Self.code, on: "2026-12-31")
        }
    }

    @Test("R46: the database takes no replacement for other seats, and none of a replacement")
    func schema() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.addEnrollment("ap", program: "action-pack")
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            for (token, replacement) in [(1, 5), (1, 1), (2, 3)] {
                #expect(throws: (any Error).self) {
                    try registry.sql(
                        "INSERT INTO token_replacements VALUES (\(token), \(replacement), '2026-03-02', 0)"
                    )
                }
            }
            try registry.sql("INSERT INTO token_replacements VALUES (1, 2, '2026-03-02', 0)")
        }
    }
}
