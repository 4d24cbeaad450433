import Testing

@testable import Registry

@Suite("From silver to gold, recorded")
struct UpgradeTests {
    /// Silver for 2026 with 25 seats and users on one tenant.
    private func addSilver(_ registry: TestRegistry, _ portal: Portal) async throws {
        try await registry.addOrganization(portal: portal)
        try await registry.signUp("a.example.com")
        try await registry.addEnrollment("silver")
        try await registry.redeem(TokenID(number: 1), on: "a.example.com")
        try await registry.assign(25, on: "a.example.com")
    }

    private func upgrade(
        _ registry: TestRegistry,
        _ enrollment: String = "silver",
        silverFee: Int? = nil,
        dryRun: Bool = false
    ) async throws -> GoldUpgradeResource {
        try await registry.perform(
            UpgradeToGold(
                enrollment: EnrollmentID(stored: enrollment),
                silverFee: silverFee,
                goldFee: 473_000
            ),
            dryRun: dryRun
        )
    }

    private func granted(_ registry: TestRegistry, on day: String) async throws -> Int? {
        try await registry.officeSuite(asOf: day)?.earned
    }

    @Test(
        "R09: at pmc gold takes silver's place in the same year, for the difference up to the 90 days, then the whole fee"
    )
    func membershipCenter() async throws {
        for (day, fee, due) in [("2026-10-02", 167_000, 306_000), ("2026-10-03", nil, 473_000)] as [(String, Int?, Int)]
        {
            try await withTestRegistry { registry in
                try await addSilver(registry, .membershipCenter)
                registry.clock.set(day: day)
                let rehearsed = try await upgrade(registry, silverFee: fee, dryRun: true)
                #expect(try await registry.enrollment("silver").status == .active)
                let answer = try await upgrade(registry, silverFee: fee)
                #expect((answer.amountDue, rehearsed.amountDue) == (due, due))
                #expect(answer.year == ProgramYear(startsOn: date("2026-01-01"), endsOn: date("2026-12-31")))
                #expect(answer.purchasedOn == date(day))
                // The 25 seats that are there go on, so three tokens of 25 make a hundred.
                #expect(answer.issued.count == 3)
                #expect(try await granted(registry, on: "2026-10-01") == 25)
                #expect(try await granted(registry, on: day) == 100)
                let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("a.example.com")))
                #expect(seats.map(\.summary.unlicensedUnits) == [0])
                #expect(try await registry.answer(Check()).findings == [])
                let again = try await refusal { _ = try await upgrade(registry, silverFee: fee) }
                #expect((again?.code, again?.rule) == (.enrollmentEnded, .r09))
            }
        }
    }

    @Test(
        "R09: at Partner Center a new year begins with the purchase, for a quarter less; seats go on, and nothing doubles"
    )
    func partnerCenter() async throws {
        try await withTestRegistry { registry in
            try await addSilver(registry, .partnerCenter)
            registry.clock.set(day: "2026-10-03")
            let answer = try await upgrade(registry)
            #expect(answer.amountDue == 354_750)
            #expect(answer.year == ProgramYear(startsOn: date("2026-10-03"), endsOn: date("2027-10-02")))
            #expect(answer.issued.count == 4)
            #expect(try await granted(registry, on: "2026-10-02") == 25)
            #expect(try await granted(registry, on: "2026-10-03") == 100)
            for (day, unlicensed) in [("2026-12-31", 0), ("2027-01-01", 25)] {
                registry.clock.set(day: day)
                let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("a.example.com")))
                #expect(seats.map(\.summary.unlicensedUnits) == [unlicensed], "\(day)")
            }
            #expect(try await registry.enrollment("silver").status == .renewed)
            registry.clock.set(day: "2027-10-02")
            #expect(try await granted(registry, on: "2027-10-02") == 100)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test(
        "R09: without the silver fee nothing is billed at pmc; silver's unredeemed tokens are void from the purchase on"
    )
    func missingFee() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization(portal: .membershipCenter)
            try await registry.addEnrollment("silver")
            registry.clock.set(day: "2026-06-01")
            let refused = try await refusal { _ = try await upgrade(registry) }
            #expect((refused?.code, refused?.rule) == (.inputInvalid, .r09))
            #expect(try await registry.enrollment("silver").status == .active)
            let answer = try await upgrade(registry, silverFee: 167_000)
            #expect(answer.voided.map(\.number) == [1])
            #expect(try await registry.token(1).status == .void)
            #expect(answer.issued.count == 4)
            let other = try await refusal { _ = try await upgrade(registry, answer.successorId.value) }
            #expect(other?.code == .programNotAvailable)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R33: gold, once upgraded to, is renewed as any other")
    func renewedLater() async throws {
        try await withTestRegistry { registry in
            try await addSilver(registry, .membershipCenter)
            registry.clock.set(day: "2026-06-01")
            let gold = try await upgrade(registry, silverFee: 167_000).successorId.value
            registry.clock.set(day: "2026-10-03")
            let renewed = try await registry.renew(gold, redeem: false)
            #expect(renewed.nextYear.startsOn == date("2027-01-01"))
            #expect(try await registry.answer(Check()).findings == [])
        }
    }
}
