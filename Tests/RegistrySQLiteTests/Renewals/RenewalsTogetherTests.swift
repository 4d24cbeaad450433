import Testing

@testable import Registry

@Suite("Renewals of one organisation that are due together")
struct RenewalsTogetherTests {
    /// Gives seats of E3 to users of a tenant.
    private func assign(
        _ count: Int,
        on tenant: String,
        at location: String? = nil,
        in registry: TestRegistry
    ) async throws {
        for number in 1...count {
            try await registry.perform(
                AssignSeat(
                    tenant: TenantReference(tenant),
                    userPrincipalName: UserPrincipalName("user\(number)@\(tenant)"),
                    skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                    location: location.map(LocationID.init(stored:))
                )
            )
        }
    }

    private func unlicensed(on tenant: String, in registry: TestRegistry) async throws -> [Int] {
        try await registry.answer(SeatsQuery(tenant: TenantReference(tenant))).map(\.summary.unlicensedUnits)
    }

    /// Two Action Packs, each redeemed on its own tenant, whose users are of its own country. The service of the seats
    /// ended with the window's first days, so that nobody is covered by what there is.
    private func addActionPacks(to registry: TestRegistry) async throws {
        try await registry.addOrganization(country: "DE")
        try await registry.addLocation("vienna", country: "AT")
        try await registry.addEnrollment("ap-de", program: "action-pack")
        try await registry.addEnrollment("ap-at", program: "action-pack", location: "vienna")
        try await registry.signUp("a.example.de")
        try await registry.signUp("b.example.at")
        try await registry.redeem(TokenID(number: 1), on: "a.example.de")
        try await registry.redeem(TokenID(number: 2), on: "b.example.at")
        try await assign(5, on: "a.example.de", in: registry)
        try await assign(5, on: "b.example.at", at: "vienna", in: registry)
        registry.clock.set(day: "2027-01-05")
    }

    @Test(
        "R05: two Action Packs of two countries each stay on the tenant with users of their own",
        arguments: [["ap-de", "ap-at"], ["ap-at", "ap-de"]]
    )
    func actionPacks(order: [String]) async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addActionPacks(to: registry)
            let own = ["ap-de": "a.example.de", "ap-at": "b.example.at"]
            for id in order {
                let plan = try await registry.plan(id)
                #expect(plan.placements.map { $0.tenantDomain?.value } == [own[id]], "\(id)")
                #expect(plan.uncovered.isEmpty && plan.proven, "\(id)")
                let applied = try await registry.apply(plan, redeem: true)
                #expect(applied.redemptions.map(\.tenantDomain.value) == [own[id]], "\(id)")
                #expect(applied.uncovered == 0)
            }
            #expect(try await unlicensed(on: "a.example.de", in: registry) == [0])
            #expect(try await unlicensed(on: "b.example.at", in: registry) == [0])
        }
    }

    @Test("R05: a placement that was edited onto a tenant of users from elsewhere is refused")
    func editedAbroad() async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addActionPacks(to: registry)
            let plan = try await registry.plan("ap-at")
            let german = try await registry.answer(ShowTenant(tenant: TenantReference("a.example.de")))
            let moved = plan.edited(placements: [.init(issue: 0, tenantId: german.id, tenantDomain: german.domain)]
            )
            let refusal = try await refusal { try await registry.apply(moved, redeem: true) }
            #expect(refusal?.rule == .r05)
            #expect(refusal?.detail.contains("may be used in AT") == true)
        }
    }

    /// A silver competency with 25 users on one tenant, and an Action Pack of the same country with 5 on another.
    private func addSilverAndActionPack(_ id: String, to registry: TestRegistry) async throws {
        try await registry.addOrganization(country: "DE")
        try await registry.addEnrollment("sc")
        try await registry.addEnrollment(id, program: "action-pack")
        try await registry.signUp("big.example.com")
        try await registry.signUp("small.example.com")
        try await registry.redeem(TokenID(number: 1), on: "big.example.com")
        try await registry.redeem(TokenID(number: 2), on: "small.example.com")
        try await assign(25, on: "big.example.com", in: registry)
        try await assign(5, on: "small.example.com", in: registry)
        registry.clock.set(day: "2027-01-05")
    }

    @Test(
        "No lapse where one can be avoided, whatever the ids and whichever is renewed first",
        arguments: ["aa", "zz"],
        [true, false]
    )
    func silverAndActionPack(id: String, isActionPackFirst: Bool) async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addSilverAndActionPack(id, to: registry)
            for enrollment in isActionPackFirst ? [id, "sc"] : ["sc", id] {
                let plan = try await registry.plan(enrollment)
                #expect(
                    plan.placements.map { $0.tenantDomain?.value } == [
                        enrollment == "sc" ? "big.example.com" : "small.example.com"
                    ]
                )
                #expect(plan.uncovered.isEmpty && plan.proven)
                try await registry.apply(plan, redeem: true)
            }
            #expect(try await unlicensed(on: "big.example.com", in: registry) == [0])
            #expect(try await unlicensed(on: "small.example.com", in: registry) == [0])
        }
    }

    @Test(
        "Plans that were made together are applied one after the other, redeemed at once or not",
        arguments: [true, false]
    )
    func plansOfOneMoment(redeem: Bool) async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addSilverAndActionPack("ap", to: registry)
            let plans = [try await registry.plan("ap"), try await registry.plan("sc")]
            #expect(plans[0].together.map(\.enrollmentId.value) == ["sc"])
            #expect(plans[0].together.first?.placements.map(\.tenantDomain.value) == ["big.example.com"])
            for plan in plans { try await registry.apply(plan, redeem: redeem) }
            #expect(try registry.value(Int.self, "SELECT count(*) FROM renewals") == 2)
        }
    }

    @Test("R33: what was renewed before and waits to be redeemed is counted where it is planned")
    func planned() async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addSilverAndActionPack("ap", to: registry)
            try await registry.apply(registry.plan("sc"))
            let plan = try await registry.plan("ap")
            #expect(plan.placements.map { $0.tenantDomain?.value } == ["small.example.com"])
            #expect(plan.uncovered.isEmpty)
        }
    }

    @Test("A plan is stale when one that it was made together with was placed elsewhere, or lapsed")
    func stale() async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addSilverAndActionPack("ap", to: registry)
            let pack = try await registry.plan("ap")
            let silver = try await registry.plan("sc")
            let small = try await registry.answer(ShowTenant(tenant: TenantReference("small.example.com")))
            try await registry.apply(
                silver.edited(placements: [.init(issue: 0, tenantId: small.id, tenantDomain: small.domain)]
                )
            )
            let refusal = try await refusal { try await registry.apply(pack) }
            #expect(refusal?.code == .planStale)
            #expect(
                refusal?.fact("changes")
                    == "tokens of the renewal of sc was: 25 ENTERPRISEPACK on big.example.com; "
                    + "is now: 25 ENTERPRISEPACK on small.example.com"
            )
        }
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addSilverAndActionPack("ap", to: registry)
            let pack = try await registry.plan("ap")
            _ = try await registry.lapse("sc", on: "2027-01-05")
            let refusal = try await refusal { try await registry.apply(pack) }
            #expect(refusal?.code == .planStale)
            #expect(refusal?.detail.contains("renewal of sc was: silver-competency") == true)
        }
    }

    @Test("R45: an edited plan reports the users whom its own placements leave without a seat")
    func edited() async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await addSilverAndActionPack("ap", to: registry)
            let plan = try await registry.plan("sc")
            let emptied = plan.edited(placements: [])
            let applied = try await registry.apply(emptied, dryRun: true)
            #expect(applied.uncovered == 25)
            let twice = plan.edited(placements: plan.placements + plan.placements)
            #expect(try await refusal { try await registry.apply(twice) }?.rule == .r45)
            let other = try await registry.signUp("other.example.com")
            try await registry.addSubscription("LITEPACK", on: "other.example.com")
            let refused = plan.edited(placements: [.init(issue: 0, tenantId: other.id, tenantDomain: other.domain)]
            )
            #expect(try await refusal { try await registry.apply(refused) }?.rule == .r39)
        }
    }

    @Test("Without its plan nothing is applied")
    func withoutPlan() async throws {
        try await withTestRegistry(at: "2026-01-03T12:00:00Z") { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let refusal = try await refusal {
                try await registry.perform(
                    ApplyRenewal(enrollment: EnrollmentID(stored: "gold"), plan: nil, redeem: true)
                )
            }
            #expect(refusal?.code == .inputInvalid)
        }
    }
}
