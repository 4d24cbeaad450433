import Testing

@testable import Registry

@Suite("What the records say to a rule")
struct RuleStateTests {
    private func state(
        _ registry: TestRegistry,
        _ rule: Rule,
        as caller: Caller = TestRegistry.owner
    ) async throws -> [String] {
        try await registry.answer(
            ShowRuleState(organization: OrganizationID(stored: "contoso"), rule: rule),
            as: caller
        ).state
    }

    @Test("R33: how many tokens are unredeemed, and until when they can be redeemed")
    func tokens() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let early = try await registry.addEnrollment("E1", program: "action-pack", start: "2025-06-01").tokens
            try await registry.addEnrollment("E2", program: "gold-competency", start: "2026-01-01")
            try await registry.signUp()
            let before = try await state(registry, .r29)
            #expect(
                before == [
                    "5 tokens with 105 seats are unredeemed; 1 of them can be redeemed through 2026-05-31 at the latest."
                ]
            )
            try await registry.redeem(try #require(early.first))
            let after = try await state(registry, .r33)
            #expect(after.contains { $0.hasPrefix("E1, action-pack: its year ends with 2026-05-31, in 90 days.") })
            #expect(after.last?.hasPrefix("4 tokens with 100 seats are unredeemed; 4 of them") == true)
        }
    }

    @Test("R31: which seats stand on which tenant")
    func seats() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            #expect(try await state(registry, .r31).isEmpty)
            try await registry.redeem(token)
            #expect(
                try await state(registry, .r31) == [
                    "contoso.onmicrosoft.com, ENTERPRISEPACK (program): 25 seats enabled, 0 used, 25 left, 0 unlicensed; "
                        + "the first service end is 2027-03-02."
                ]
            )
        }
    }

    @Test("R35: without a renewal, the records list the seats that lost their licence")
    func afterTheYear() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(try await registry.addContoso())
            registry.clock.set(day: "2027-02-15")
            let sentences = try await state(registry, .r35)
            #expect(sentences.first == "contoso holds no enrollment on 2027-02-15.")
            #expect(sentences.last?.contains("25 seats enabled, 0 used, 0 left") == true)
        }
    }

    @Test("R24: what each key has left, and until when")
    func keys() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(activations: 3)
            try await registry.activate(key, "a")
            #expect(
                try await state(registry, .r24) == [
                    "K1, windows-server: 2 of 3 activations left, at the present rate until 2026-03-04."
                ]
            )
        }
    }

    @Test("R38: one Azure credit, whatever grants it")
    func azureCredit() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            try await registry.addEnrollment("E2", program: "action-pack")
            #expect(
                try await state(registry, .r38).contains(
                    "azure-credit: 100 granted, and 100 that did not fit the maxima."
                )
            )
        }
    }

    @Test("R13: nobody is told what they may not see")
    func access() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let eve = registry.caller("eve")
            let denied = try await refusal { _ = try await state(registry, .r33, as: eve) }
            #expect(denied?.code == .organizationNotFound)
            try registry.sql(
                """
                INSERT INTO access_grants (organization, principal, permission, valid_from, granted_by)
                VALUES (1, 'user:eve', 'keys', 0, 'user:owner')
                """
            )
            let sentences = try await state(registry, .r33, as: eve)
            #expect(sentences.count == 1)
            #expect(sentences.first?.hasPrefix("1 token with 25 seats is unredeemed") == true)
        }
    }
}
