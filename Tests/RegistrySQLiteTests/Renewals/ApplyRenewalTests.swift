import RegistrySQLite
import Testing

@testable import Registry

@Suite("Applying a renewal")
struct ApplyRenewalTests {
    @Test("R33: a renewal makes a successor with new tokens, voids the old ones, and redeems as planned")
    func renews() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.redeem(TokenID(number: 2), on: "b.example.com")
            try await registry.assign(10, on: "a.example.com")
            try await registry.assign(20, on: "b.example.com")
            registry.clock.set(day: "2027-01-05")

            let plan = try await registry.plan("gold")
            #expect(plan.void == [3, 4].map(TokenID.init(number:)))
            #expect(plan.lapses.map(\.users.count) == [10, 20])
            #expect(plan.lapses.map(\.rightsEndOn) == [date("2026-12-31"), date("2026-12-31")])
            #expect(plan.lapses.map(\.serviceEndsOn) == [date("2027-03-02"), date("2027-03-02")])
            #expect(plan.placements.map { $0.tenantDomain?.value } == ["a.example.com", "b.example.com"])

            let answer = try await registry.apply(plan, redeem: true)
            #expect(answer.successorId.value == "gold-2027")
            #expect(answer.issued.map(\.tokenId.number) == [5, 6, 7, 8])
            #expect(answer.redemptions.map(\.tokenId.number) == [5, 6])
            #expect(answer.redemptions.map(\.redeemedOn) == [date("2027-01-05"), date("2027-01-05")])
            #expect(answer.redemptions.map(\.rightsEndOn) == [date("2027-12-31"), date("2027-12-31")])
            #expect(answer.voided.map(\.number) == [3, 4])
            #expect(try await registry.token(3).status == .void)
            let closed = try await registry.enrollment("gold")
            #expect((closed.status, closed.endedOn) == (.renewed, date("2027-01-05")))
            #expect(closed.status == .renewed)
            let next = try await registry.enrollment("gold-2027")
            #expect(next.predecessorId?.value == "gold")
            #expect(next.status == .active)
            let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("a.example.com")))
            #expect(seats.map(\.summary.licensedUnits) == [25])
            #expect(seats.map(\.summary.prepaidUnits.enabled) == [50])
            #expect(seats.map(\.summary.unlicensedUnits) == [0])
        }
    }

    @Test("R33: applied again, a renewal gives the same answer and writes nothing")
    func again() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let first = try await registry.apply(plan, redeem: true)
            let rows = try registry.value(Int.self, "SELECT count(*) FROM audit")
            registry.clock.set(day: "2027-03-05")
            let second = try await registry.apply(plan, redeem: true)
            let unplanned = try await registry.perform(
                ApplyRenewal(enrollment: plan.enrollmentId, plan: nil, redeem: true)
            )
            #expect((second, unplanned) == (first, first))
            #expect(try registry.value(Int.self, "SELECT count(*) FROM audit") == rows)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM tokens") == 8)
        }
    }

    @Test("R33: two that apply at the same moment get one answer, and one renewal is written")
    func concurrently() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let other = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 99)
            defer { other.store.close() }
            let answers = try await withThrowingTaskGroup(of: RenewalResource.self) { group in
                for attempt in 0..<16 {
                    let registry = attempt.isMultiple(of: 2) ? registry : other
                    group.addTask { try await registry.apply(plan, redeem: true) }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM renewals") == 1)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM enrollments") == 2)
        }
    }

    @Test("R33: at pmc a renewal is applied before the year's end, and its placement waits for the next year")
    func early() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold(portal: .membershipCenter)
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.assign(10, on: "a.example.com")
            registry.clock.set(day: "2026-11-01")
            let plan = try await registry.plan("gold")
            let applied = try await registry.apply(plan, redeem: true)
            #expect(applied.redemptions.isEmpty)
            #expect(applied.awaitsRedemptionFrom == date("2027-01-01"))
            #expect(try await registry.token(2).status == .unredeemed)
            #expect((applied.voided.count, applied.voidOn) == (3, date("2027-01-01")))
            #expect(try await registry.enrollment("gold").status == .active)
            let awaited = ListAwaitedRedemptions(limit: PageLimit(10))
            #expect(try await registry.answer(awaited).items.isEmpty)

            registry.clock.set(day: "2026-12-31")
            #expect(try await registry.apply(plan, redeem: true).awaitsRedemptionFrom == date("2027-01-01"))
            registry.clock.set(day: "2027-01-01")
            #expect(try await registry.answer(awaited).items.map(\.enrollmentId.value) == ["gold"])
            let redeemed = try await registry.apply(plan, redeem: true)
            #expect((redeemed.successorId, redeemed.auditSequence) == (applied.successorId, applied.auditSequence))
            #expect(redeemed.redemptions.map(\.tenantDomain.value) == ["a.example.com"])
            #expect(try await registry.apply(plan) == redeemed)
            #expect(try await registry.answer(awaited).items.isEmpty)
        }
    }

    @Test(
        "R33: after an early renewal the closing year's tokens can be redeemed through its last day, and are void then"
    )
    func earlyTokens() async throws {
        try await withTestRegistry { registry in
            func statuses(_ status: Token.Status) async throws -> [Int64] {
                try await registry.answer(
                    ListTokens(
                        organization: OrganizationID(stored: "contoso"),
                        enrollment: EnrollmentID(stored: "gold"),
                        status: status,
                        limit: PageLimit(100)
                    )
                ).items.map(\.id.number)
            }
            func counts() async throws -> [Int] {
                let tokens = try await registry.statement().tokens
                return [tokens.unredeemed, tokens.redeemed, tokens.void]
            }
            func isSound() async throws -> Bool { try await registry.answer(Check()).findings.isEmpty }

            try await registry.addGold(portal: .membershipCenter)
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            registry.clock.set(day: "2026-10-03")
            let plan = try await registry.plan("gold")
            #expect(plan.void.map(\.number) == [2, 3, 4])
            #expect(try await registry.apply(plan).voided == plan.void)
            #expect(try await statuses(.unredeemed) == [2, 3, 4])
            // The next year's four are issued with the renewal.
            #expect(try await counts() == [7, 1, 0])
            #expect(try await isSound())

            registry.clock.set(day: "2026-12-31")
            try await registry.redeem(TokenID(number: 2), on: "b.example.com")
            let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("b.example.com")))
            #expect(seats.flatMap(\.blocks).filter { !$0.isLicensed }.isEmpty)
            #expect(try await statuses(.unredeemed) == [3, 4])
            #expect(try await isSound())

            registry.clock.set(day: "2027-01-01")
            #expect(try await statuses(.unredeemed).isEmpty)
            #expect(try await statuses(.void) == [3, 4])
            #expect(try await counts() == [4, 2, 2])
            let late = try await refusal { try await registry.redeem(TokenID(number: 3), on: "b.example.com") }
            #expect((late?.code, late?.rule) == (.tokenVoid, .r33))
            // What happened in time can still be told.
            try await registry.redeem(TokenID(number: 3), on: "b.example.com", day: "2026-12-31")
            #expect(try await isSound())
        }
    }

    @Test("R33: a renewal that is applied after the year says what is void already")
    func lateTokens() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let applied = try await registry.renew("gold")
            #expect((applied.voided.count, applied.voidOn) == (4, date("2027-01-01")))
            #expect(try await registry.token(1).voidedOn == date("2027-01-01"))
            #expect(try await registry.answer(Check()).findings.isEmpty)
        }
    }

    @Test("R33: a token that somebody redeemed by hand is left where it is")
    func redeemedByHand() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.assign(10, on: "a.example.com")
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let applied = try await registry.apply(plan)
            #expect(applied.redemptions.isEmpty)
            let token = try #require(applied.placements.first?.tokenId)
            try await registry.redeem(token, on: "b.example.com")
            #expect(try await registry.apply(plan, redeem: true).redemptions.isEmpty)
        }
    }

    @Test("R02, R12: the renewal's days count once, with the closing year until it, with the next from it")
    func noDayCountsTwice() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-10")
            try await registry.renew("gold")
            for day in ["2026-12-31", "2027-01-01", "2027-01-09", "2027-01-10"] {
                let statement = try await registry.answer(
                    ShowStatement(organization: OrganizationID(stored: "contoso"), asOf: date(day))
                )
                #expect(statement.products.first { $0.product == .officeSuite }?.earned == 100, "\(day)")
            }
        }
    }

    @Test("R12: five gold competencies are renewed one after the other, and none is clipped by its predecessors")
    func fiveGolds() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            for number in 1...6 {
                try await registry.addEnrollment("g\(number)", program: "gold-competency", mint: false)
            }
            registry.clock.set(day: "2027-01-10")
            for number in 1...6 {
                let planned = try await registry.plan("g\(number)").issue
                try await registry.renew("g\(number)")
                #expect(planned.count == (number == 6 ? 0 : 4), "g\(number)")
            }
        }
    }

    @Test("R36: a service without tokens goes on by a sign-up through the next year's enrollment")
    func intune() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            let signUp = SignUpTenant(
                organization: OrganizationID(stored: "contoso"),
                domain: try DomainName("a.example.com"),
                administrator: try UserPrincipalName("admin@a.example.com"),

                service: .intune,
                enrollment: EnrollmentID(stored: "gold")
            )
            try await registry.perform(signUp)
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            #expect(plan.signUps.map(\.seats) == [100])
            #expect(plan.lapses.map(\.skuPartNumber.text) == ["INTUNE_A"])
            #expect(try await registry.apply(plan, redeem: true).signUps == plan.signUps)
            let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("a.example.com")))
            #expect(seats.map(\.summary.licensedUnits) == [100])
            #expect(seats.map(\.blocks.count) == [2])
        }
    }

    @Test("R33: a dry run answers the same, and nothing is written")
    func dryRun() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let rehearsed = try await registry.apply(plan, dryRun: true)
            #expect(rehearsed.successorId.value == "gold-2027")
            #expect(try registry.value(Int.self, "SELECT count(*) FROM enrollments") == 1)
        }
    }

    @Test("R33: before its window a renewal is not due, and after it the enrollment has lapsed")
    func outsideTheWindow() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2026-12-31")
            let early = try await registry.plan("gold")
            #expect(try await refusal { try await registry.apply(early) }?.code == .renewalNotDue)
            registry.clock.set(day: "2027-01-31")
            #expect(try await refusal { try await registry.apply(early) }?.code == .renewalWindowClosed)
            // What happened in time can be recorded afterwards.
            let applied = try await registry.apply(early, on: "2027-01-30")
            #expect(applied.appliedOn == date("2027-01-30"))
        }
    }

    @Test("The successors' names: the year's number, or its first day where that is taken")
    func names() async throws {
        try await withTestRegistry(at: "2027-06-01T09:30:00Z") { registry in
            try await registry.addOrganization(yearLength: .days365)
            try await registry.addEnrollment("gold-2028", program: "gold-competency", start: "2028-01-01", mint: false)
            registry.clock.set(day: "2028-12-31")
            #expect(try await registry.renew("gold-2028").successorId.value == "gold-2028-12-31")
            registry.clock.set(day: "2029-12-31")
            #expect(try await registry.renew("gold-2028-12-31").successorId.value == "gold-2029")
        }
    }
}

@Suite("Stale plans, and plans that were edited")
struct StalePlanTests {
    private func staleness(_ change: (TestRegistry) async throws -> Void) async throws -> Refusal? {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.assign(2, on: "a.example.com")
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            try await change(registry)
            return try await refusal { try await registry.apply(plan) }
        }
    }

    @Test("A token that was redeemed since is named")
    func redeemed() async throws {
        let refusal = try await staleness {
            try await $0.redeem(TokenID(number: 2), on: "b.example.com", day: "2026-12-30")
        }
        #expect(refusal?.code == .planStale)
        #expect(refusal?.detail.contains("token T2 was: 25 seats of ENTERPRISEPACK, unredeemed; is now:") == true)
    }

    @Test("A user who was assigned since is named by the tenant")
    func assigned() async throws {
        let refusal = try await staleness { try await $0.assign(1, on: "a.example.com", from: 3) }
        #expect(refusal?.fact("changes") == "users of ENTERPRISEPACK on a.example.com was: 2 in US; is now: 3 in US")
    }

    @Test("R12: an enrollment that was added since is named by what it grants")
    func otherGrants() async throws {
        let refusal = try await staleness { registry in
            _ = try await registry.addEnrollment("more", program: "silver-competency", start: "2026-12-01")
        }
        #expect(refusal?.code == .planStale)
        #expect(refusal?.detail.contains("office-suite of other enrollments") == true)
    }

    @Test("What does not bear on the renewal makes no plan stale")
    func unrelated() async throws {
        let refusal = try await staleness { registry in
            try await registry.addOrganization("fabrikam")
            try await registry.addEnrollment("other", of: "fabrikam", program: "gold-competency")
            try await registry.addLocation("lyon", country: "FR")
            try await registry.addSubscription("STANDARDPACK", on: "b.example.com")
            _ = try await registry.code(of: TokenID(number: 2))
        }
        #expect(refusal == nil)
    }

    @Test("A plan's placements may be edited, its tokens may not")
    func edited() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.redeem(TokenID(number: 1), on: "a.example.com")
            try await registry.assign(2, on: "a.example.com")
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let b = try await registry.answer(ShowTenant(tenant: TenantReference("b.example.com")))
            let greedy = plan.edited(issue: plan.issue + plan.issue)
            #expect(try await refusal { try await registry.apply(greedy) }?.code == .importInvalid)
            let twice = plan.edited(placements: plan.placements + plan.placements)
            #expect(try await refusal { try await registry.apply(twice) }?.code == .inputInvalid)
            // A plan names a tenant by its id, by a domain, or by both, and then by those of one tenant.
            let id = try #require(TenantID("48a80680-7326-48cd-9935-b556b81d3a4e"))
            try await registry.perform(SetTenantID(tenant: .domain(b.domain), tenantId: id))
            let torn = plan.edited(placements: [
                .init(issue: 3, tenantId: id, tenantDomain: DomainName(stored: "a.example.com"))
            ]
            )
            #expect(try await refusal { try await registry.apply(torn) }?.code == .inputInvalid)
            let moved = plan.edited(placements: [.init(issue: 3, tenantId: id, tenantDomain: nil)]
            )
            let applied = try await registry.apply(moved, redeem: true)
            #expect(applied.redemptions.map(\.tenantDomain.value) == ["b.example.com"])
            #expect(applied.redemptions.map(\.tokenId) == [applied.issued[3].tokenId])
        }
    }

    @Test("A plan for another programme than the renewal that was applied is stale")
    func otherProgram() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let gold = try await registry.plan("gold")
            let silver = try await registry.plan("gold", program: "silver-competency")
            try await registry.apply(gold)
            let refusal = try await refusal { try await registry.apply(silver) }
            #expect(refusal?.code == .planStale)
            #expect(refusal?.detail.contains("gold-2027") == true)
        }
    }
}

extension RenewalPlan {
    /// The plan with other placements, as a person may edit it.
    func edited(placements: [Placement]) -> RenewalPlan {
        var plan = self
        plan.placements = placements
        return plan
    }

    /// The plan with other tokens, which nobody may edit.
    func edited(issue: [Issue]) -> RenewalPlan {
        RenewalPlan(
            enrollmentId: enrollmentId,
            organizationId: organizationId,
            program: program,
            on: on,
            plannedFor: plannedFor,
            paidOn: paidOn,
            closingYear: closingYear,
            nextYear: nextYear,
            entitlement: entitlement,
            issue: issue,
            void: void,
            lapses: lapses,
            placements: placements,
            signUps: signUps,
            uncovered: uncovered,
            together: together,
            proofs: proofs,
            proven: proven,
            differences: differences,
            state: state,
            facts: facts
        )
    }
}
