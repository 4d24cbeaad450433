import Testing

@testable import Registry

@Suite("What should be known before anybody asks")
struct NoticesTests {
    private func notices(
        _ registry: TestRegistry,
        within: Int? = nil,
        ignore: [String]? = nil,
        tell: [NoticeKind]? = nil,
        as caller: Caller = TestRegistry.owner
    ) async throws -> [NoticeResource] {
        try await registry.answer(
            ListNotices(
                organization: OrganizationID(stored: "contoso"),
                within: within,
                ignore: ignore?.map(SKUPartNumber.init(stored:)),
                tell: tell
            ),
            as: caller
        ).items.flatMap(\.notices)
    }

    private func kinds(_ notices: [NoticeResource]) -> [String] {
        notices.map { "\($0.severity) \($0.kind) \($0.quantity)" }
    }

    @Test("An empty registry and an empty organisation have nothing to tell")
    func empty() async throws {
        try await withTestRegistry { registry in
            #expect(try await registry.answer(ListNotices()).items.isEmpty)
            try await registry.addOrganization()
            let all = try await registry.answer(ListNotices()).items
            #expect(all.map(\.organizationId.value) == ["contoso"] && all[0].notices.isEmpty)
            let asked = ListNotices(organization: OrganizationID(stored: "nobody"))
            #expect(try await refusal { _ = try await registry.answer(asked) }?.code == .organizationNotFound)
        }
    }

    @Test("R33: unredeemed tokens are told always, and warned of from 90 days before their last day on")
    func tokens() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let tell: [NoticeKind] = [.tokensUnredeemed]
            registry.clock.set(day: "2026-10-01")
            #expect(try await kinds(notices(registry, tell: tell)) == ["notice tokens-unredeemed 1"])
            registry.clock.set(day: "2026-10-02")
            let near = try await notices(registry, tell: tell)
            #expect(kinds(near) == ["warning tokens-unredeemed 1"])
            #expect(near[0].on == date("2026-12-31") && near[0].daysLeft == 90)
            registry.clock.set(day: "2027-01-01")
            #expect(try await notices(registry, tell: tell).isEmpty)
        }
    }

    @Test("R32, R33: seats lapse with their users, until a successor was redeemed")
    func lapses() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            for user in ["ann", "bob"] { try await registry.assignSeat("\(user)@contoso.onmicrosoft.com") }
            // At Partner Center seats stay licensed through the window: 30 days after the year's last.
            registry.clock.set(day: "2026-11-10")
            let tell: [NoticeKind] = [.seatsLapse, .seatsIdle]
            let told = try await notices(registry, tell: tell)
            #expect(kinds(told) == ["warning seats-lapse 25", "notice seats-idle 23"])
            #expect(told[0].on == date("2027-01-30") && told[0].affectedUsers == 2)
            #expect(told[0].users.map(\.description) == ["bob@contoso.onmicrosoft.com", "ann@contoso.onmicrosoft.com"])
            #expect(try await notices(registry, within: 80, tell: tell).isEmpty)
            #expect(try await notices(registry, ignore: ["enterprisepack"], tell: tell).isEmpty)

            registry.clock.set(day: "2026-12-20")
            let next = try await registry.addEnrollment("E2", start: "2026-12-15")
            #expect(try await kinds(notices(registry, tell: [.seatsLapse])) == ["warning seats-lapse 25"])
            try await registry.redeem(try #require(next.tokens.first))
            #expect(try await notices(registry, tell: tell).isEmpty)
        }
    }

    @Test("R32: who sits on seats without rights is an error with a number")
    func unlicensed() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            try await registry.assignSeat("ann@contoso.onmicrosoft.com")
            registry.clock.set(day: "2027-01-30")
            #expect(try await notices(registry, tell: [.seatsUnlicensed]).isEmpty)
            registry.clock.set(day: "2027-01-31")
            let told = try await notices(registry)
            #expect(kinds(told).contains("error seats-unlicensed 1") && told[0].on == nil)
            #expect(told.contains { $0.kind == .overUse && $0.quantity == 1 && $0.rule == .r41 })
            #expect(!told.contains { $0.kind == .seatsLapse })
        }
    }

    @Test("R33: a renewal is due from 90 days before its year ends, and a warning in its window")
    func renewals() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let tell: [NoticeKind] = [.renewalDue]
            let expectations: [(String, [String])] = [
                ("2026-10-01", []), ("2026-10-02", ["notice renewal-due 1"]), ("2026-12-31", ["notice renewal-due 1"]),
                ("2027-01-01", ["warning renewal-due 1"]), ("2027-01-30", ["warning renewal-due 1"]),
                ("2027-01-31", []),
            ]
            for (day, expected) in expectations {
                registry.clock.set(day: day)
                #expect(try await kinds(notices(registry, tell: tell)) == expected, "\(day)")
            }
        }
    }

    @Test("R46: a redemption can be put right for the last days of its thirty")
    func replacements() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let tell: [NoticeKind] = [.replacementCloses]
            for (day, count) in [("2026-03-24", 0), ("2026-03-25", 1), ("2026-04-01", 1), ("2026-04-02", 0)] {
                registry.clock.set(day: day)
                #expect(try await notices(registry, tell: tell).count == count, "\(day)")
            }
        }
    }

    @Test("R02: a country from 90 per cent of its maximum on, and R44: what rests on nothing")
    func useAndRemarks() async throws {
        try await withTestRegistry(at: "2026-04-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            let maximum = ProductMaximum(country: 10, worldwide: 30)
            try await registry.addProgram("ten", kind: .silverCompetency, officeSuites: 10, maximum: maximum)
            try await registry.addEnrollment("A", program: "ten", start: "2026-03-01", mint: false)
            for number in 1...8 { try await registry.assignLicense("u\(number)@contoso.com") }
            let tell: [NoticeKind] = [.nearMaximum]
            #expect(try await notices(registry, tell: tell).isEmpty)
            try await registry.assignLicense("u9@contoso.com")
            let told = try await notices(registry, tell: tell)
            #expect(kinds(told) == ["notice near-maximum 9"])
            #expect(told[0].country?.description == "US" && told[0].limit == 10)
        }
    }

    @Test("R14: who may not see the statement is told nothing, and others' organisations are not there")
    func access() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let alice = registry.caller("alice")
            #expect(try await registry.answer(ListNotices(), as: alice).items.isEmpty)
            #expect(
                try await refusal { _ = try await notices(registry, as: alice) }?.code == .organizationNotFound
            )
            try await registry.perform(
                GrantAccess(
                    organization: OrganizationID(stored: "contoso"),
                    principal: Principal(stored: "user:alice"),
                    permission: .statement
                )
            )
            try await registry.addOrganization("other")
            #expect(
                try await registry.answer(ListNotices(), as: alice).items.map(\.organizationId.value) == ["contoso"]
            )
        }
    }

    @Test("A threshold that is none is refused")
    func thresholds() async throws {
        try await withTestRegistry { registry in
            for query in [
                ListNotices(within: -1), ListNotices(maximum: 0), ListNotices(idle: 101), ListNotices(keys: -1),
                ListNotices(replacement: 31),
            ] {
                let refused = try await refusal { _ = try await registry.answer(query) }
                #expect(refused?.code == .inputInvalid)
            }
        }
    }
}
