import Testing

@testable import Registry

@Suite("Planning a renewal")
struct RenewalPlanningTests {
    private let e3 = SKUPartNumber(stored: "ENTERPRISEPACK")

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private func program(_ id: String) throws -> Program {
        try #require(BuiltInPrograms.all.first { $0.id.value == id })
    }

    private func grants(_ program: String, country: String = "DE", after others: [Grant] = []) throws -> [Grant] {
        let country = try CountryCode(country)
        return try self.program(program).benefits.map { benefit in
            benefit.granted(
                in: country,
                isLocal: false,
                after: GrantedSoFar(others, of: benefit.product, in: country)
            )
        }
    }

    private static let everywhere = SeatScope(sharing: .organization, country: nil)

    private func scope(_ country: String) throws -> SeatScope {
        SeatScope(sharing: .organization, country: try CountryCode(country))
    }

    /// Users of a country, who took their seats last first.
    private func holders(_ count: Int, at domain: String, in country: String) throws -> [RenewalSituation.Holder] {
        let place = try scope(country)
        return try (0..<count).reversed().map { number in
            RenewalSituation.Holder(user: try UserPrincipalName("user\(number)-\(country)@\(domain)"), place: place)
        }
    }

    private func use(
        _ domain: String,
        users count: Int,
        abroad: Int = 0,
        staying: Int = 0,
        refusal: String? = nil
    ) throws -> RenewalSituation.SeatUse {
        RenewalSituation.SeatUse(
            tenantID: nil,
            tenantDomain: DomainName(stored: domain),
            skuPartNumber: e3,
            holders: try holders(abroad, at: domain, in: "AT") + holders(count, at: domain, in: "DE"),
            closingBlocks: [],
            staying: [Self.everywhere: staying],
            refusal: refusal
        )
    }

    private func situation(
        closing: String = "gold-competency",
        next: String = "gold-competency",
        others: [Grant] = [],
        seats: [RenewalSituation.SeatUse] = [],
        together: [RenewalSituation.Companion] = [],
        carried: [String: [String]] = [:],
        portal: Portal = .partnerCenter,
        basis: AnniversaryBasis = .currentAnniversary,
        day: String = "2027-01-10",
        issued: [RenewalPlan.Issue]? = nil
    ) throws -> RenewalSituation {
        let organization = Organization(
            id: OrganizationID(stored: "contoso"),
            name: "Contoso",
            country: try CountryCode("DE"),
            portal: portal,
            anniversaryBasis: basis
        )
        let closingProgram = try program(closing)
        return RenewalSituation(
            organization: organization,
            enrollment: Enrollment(
                id: EnrollmentID(stored: "gold"),
                organizationID: organization.id,
                locationID: Location.headquartersID,
                country: organization.country,
                programID: closingProgram.id,
                programKind: closingProgram.kind,
                competency: nil,
                year: ProgramYear(startsOn: try date("2026-01-01")),
                recordedAt: Instant(microsecondsSinceEpoch: 0)
            ),
            program: try program(next),
            closingGrants: try grants(closing),
            otherGrants: others,
            nextGrants: try grants(next, after: others),
            tokens: [],
            seats: seats,
            scope: next == "action-pack" ? try scope("DE") : Self.everywhere,
            together: together,
            carried: Dictionary(
                uniqueKeysWithValues: carried.map { enrollment, tenants in
                    (EnrollmentID(stored: enrollment), Set(tenants.map(DomainName.init(stored:))))
                }
            ),
            day: try date(day),
            paidOn: nil,
            issued: issued
        )
    }

    private func plan(_ situation: RenewalSituation) throws -> RenewalPlan {
        try RenewalPlanning.plan(situation, isDayStated: false).get()
    }

    @Test("R33: the same programme brings the same entitlement, in tokens of its denomination")
    func sameTier() throws {
        let plan = try plan(situation())
        #expect(plan.issue == Array(repeating: .init(skuPartNumber: e3, seats: 25), count: 4))
        #expect(plan.nextYear == ProgramYear(startsOn: try date("2027-01-01")))
        #expect(plan.entitlement.allSatisfy { $0.closing == $0.next && $0.clipped == 0 })
    }

    @Test("R10: with a lower tier the rest of the entitlement ends")
    func lowerTier() throws {
        let plan = try plan(situation(next: "silver-competency"))
        #expect(plan.issue == [.init(skuPartNumber: e3, seats: 25)])
        let office = try #require(plan.entitlement.first { $0.product == .officeSuite })
        #expect((office.closing, office.next) == (100, 25))
    }

    @Test("R12: what does not fit below the maximum is clipped, and its tokens are not issued")
    func clipped() throws {
        let others = try Array(repeating: grants("gold-competency"), count: 5).joined().filter { $0.granted > 0 }
        let full = try plan(situation(others: Array(others)))
        #expect(full.issue.isEmpty)
        let office = try #require(full.entitlement.first { $0.product == .officeSuite })
        #expect((office.next, office.clipped, office.clippedBy) == (0, 100, .countryMaximum))

        let four = Array(others.filter { $0.product == .officeSuite }.prefix(4))
        #expect(try plan(situation(others: four)).issue.count == 4)
    }

    @Test(
        "R09: at Partner Center a year that goes from silver to gold is counted from the purchase, at pmc it is not",
        arguments: [
            (Portal.partnerCenter, "silver-competency", "2027-01-10"),
            (.partnerCenter, "gold-competency", "2027-01-01"),
            (.membershipCenter, "silver-competency", "2027-01-01"),
        ]
    )
    func upgrade(portal: Portal, closing: String, start: String) throws {
        let situation = try situation(closing: closing, portal: portal)
        #expect(situation.nextYear.startsOn == (try date(start)))
    }

    @Test("R45: whole tokens cover every user with the least unused")
    func placement() throws {
        let plan = try plan(situation(seats: [use("a.example", users: 26), use("b.example", users: 25)]))
        #expect(plan.uncovered.isEmpty)
        #expect(plan.placements.map { $0.tenantDomain?.value } == ["a.example", "a.example", "b.example"])
        #expect(
            plan.proofs == [
                "All 51 users of ENTERPRISEPACK keep a seat. It takes 3 tokens with 75 seats; every placement was "
                    + "considered, and none is better."
            ]
        )
        #expect(plan.proven)
    }

    @Test("R45: seats of other enrollments that stay are used first")
    func staying() throws {
        let plan = try plan(situation(seats: [use("a.example", users: 26, staying: 1)]))
        #expect(plan.placements.count == 1)
    }

    @Test("R33: where the tokens are too few, those lapse who took their seats last")
    func uncovered() throws {
        let plan = try plan(situation(next: "silver-competency", seats: [use("a.example", users: 27)]))
        let uncovered = try #require(plan.uncovered.first)
        #expect(uncovered.users.map(\.value) == ["user25-de@a.example", "user26-de@a.example"])
        #expect(uncovered.reason.contains("R33"))
    }

    @Test("R39: a tenant that takes no programme tokens gets none, and its users are told why")
    func refused() throws {
        let plan = try plan(situation(seats: [use("a.example", users: 2, refusal: "It has LITEPACK (R39).")]))
        #expect(plan.placements.isEmpty)
        #expect(plan.uncovered.map(\.reason) == ["It has LITEPACK (R39)."])
        #expect(plan.uncovered.map(\.users.count) == [2])
    }

    @Test("R05: an Action Pack's tokens carry users of its country, who are served first, and nobody else")
    func actionPack() throws {
        let own = try plan(situation(closing: "action-pack", next: "action-pack", seats: [use("a.example", users: 5)]))
        #expect(own.placements.map { $0.tenantDomain?.value } == ["a.example"])
        #expect(own.uncovered.isEmpty)

        let mixed = try plan(
            situation(
                closing: "action-pack",
                next: "action-pack",
                seats: [use("a.example", users: 0, abroad: 5), use("b.example", users: 3, abroad: 4)]
            )
        )
        #expect(mixed.placements.map { $0.tenantDomain?.value } == ["b.example"])
        // This renewal could not cover the users abroad.
        #expect(mixed.uncovered.isEmpty && mixed.proven)
    }

    @Test("R05: seats for one country that stay leave the others to the users from elsewhere")
    func stayingAbroad() throws {
        let use = RenewalSituation.SeatUse(
            tenantID: nil,
            tenantDomain: DomainName(stored: "a.example"),
            skuPartNumber: e3,
            holders: try holders(5, at: "a.example", in: "AT") + holders(25, at: "a.example", in: "DE"),
            closingBlocks: [],
            staying: [try scope("AT"): 10]
        )
        let plan = try plan(situation(next: "silver-competency", seats: [use]))
        #expect(plan.placements.count == 1 && plan.uncovered.isEmpty)
    }

    @Test("R03: a location that is not associated neither takes nor gives")
    func apart() throws {
        let apart = SeatScope(sharing: .apart(LocationID(stored: "lyon")), country: try CountryCode("FR"))
        let holder = RenewalSituation.Holder(user: try UserPrincipalName("ann@a.example"), place: apart)
        let use = RenewalSituation.SeatUse(
            tenantID: nil,
            tenantDomain: DomainName(stored: "a.example"),
            skuPartNumber: e3,
            holders: [holder],
            closingBlocks: []
        )
        #expect(try plan(situation(seats: [use])).placements.isEmpty)
    }

    /// A silver competency of the same organisation that is due with it.
    private func companion(_ id: String, placed domain: String? = nil) throws -> RenewalSituation.Companion {
        let silver = try program("silver-competency")
        let token = RenewalPlan.Issue(skuPartNumber: e3, seats: 25)
        return RenewalSituation.Companion(
            enrollment: Enrollment(
                id: EnrollmentID(stored: id),
                organizationID: OrganizationID(stored: "contoso"),
                locationID: Location.headquartersID,
                country: try CountryCode("DE"),
                programID: silver.id,
                programKind: silver.kind,
                competency: nil,
                year: ProgramYear(startsOn: try date("2026-01-01")),
                recordedAt: Instant(microsecondsSinceEpoch: 0)
            ),
            scope: Self.everywhere,
            programID: silver.id,
            tokens: [token],
            placements: domain.map { domain in
                [.init(skuPartNumber: e3, seats: 25, tenantId: nil, tenantDomain: DomainName(stored: domain))]
            }
        )
    }

    @Test(
        "R05: due together, an Action Pack keeps its tenant, and the other its own, whatever they are called",
        arguments: ["a", "z"]
    )
    func together(id: String) throws {
        let plan = try plan(
            situation(
                closing: "action-pack",
                next: "action-pack",
                seats: [use("a.example", users: 25), use("b.example", users: 5)],
                together: [companion(id)],
                carried: ["gold": ["b.example"], id: ["a.example"]]
            )
        )
        #expect(plan.placements.map { $0.tenantDomain?.value } == ["b.example"])
        #expect(plan.together.map { $0.placements.map(\.tenantDomain.value) } == [["a.example"]])
        #expect(plan.uncovered.isEmpty && plan.proven)
    }

    @Test("A plan is placed as it is given: who finds no seat is counted, and nothing is searched for")
    func given() throws {
        let situation = try situation(
            next: "silver-competency",
            seats: [use("a.example", users: 6), use("b.example", users: 20)]
        )
        let best = try plan(situation)
        #expect(best.placements.map { $0.tenantDomain?.value } == ["b.example"])
        #expect(best.uncovered.map(\.users.count) == [6])
        var moved = best
        moved.placements = [.init(issue: 0, tenantId: nil, tenantDomain: try DomainName("a.example"))]
        let counted = try RenewalPlanning.plan(situation, isDayStated: false, placedAs: moved).get()
        #expect(counted.uncovered.map(\.tenantDomain.value) == ["b.example"])
        #expect(counted.uncovered.map(\.users.count) == [20])
        #expect(counted.state == best.state && counted.proofs.isEmpty)
    }

    @Test("R33: the portal's tokens are named where they differ, and taken where they are worth the same")
    func portalTokens() throws {
        let fifty = RenewalPlan.Issue(skuPartNumber: e3, seats: 50)
        let plan = try plan(situation(issued: [fifty, fifty]))
        #expect(plan.issue == [fifty, fifty])
        #expect(
            plan.differences == [
                "ENTERPRISEPACK of 50 seats: 0 expected, 2 given", "ENTERPRISEPACK of 25 seats: 4 expected, 0 given",
            ]
        )
        let short = RenewalPlanning.plan(try situation(issued: [fifty]), isDayStated: false)
        #expect {
            _ = try short.get()
        } throws: { error in
            let refusal = error as? Refusal
            return refusal?.code == .importInvalid && refusal?.detail.contains("4 expected, 0 given") == true
        }
    }

    @Test("A plan's state changes with what bears on it, and with nothing else")
    func state() throws {
        let seats = [try use("a.example", users: 3)]
        let first = try plan(situation(seats: seats))
        #expect(try plan(situation(seats: seats, day: "2027-01-11")).state == first.state)
        let changed = try plan(situation(seats: [use("a.example", users: 4)]))
        #expect(changed.state != first.state)
        #expect(
            RenewalFact.changes(from: first.facts, to: changed.facts) == [
                "users of ENTERPRISEPACK on a.example was: 3 in DE; is now: 4 in DE"
            ]
        )
        let other = try plan(situation(next: "silver-competency", seats: seats))
        #expect(RenewalFact.changes(from: first.facts, to: other.facts).contains { $0.hasPrefix("programme") })
    }
}

@Suite("When an enrollment can be renewed")
struct RenewalTimingTests {
    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private func enrollment(ending: Enrollment.Ending? = nil) throws -> Enrollment {
        Enrollment(
            id: EnrollmentID(stored: "gold"),
            organizationID: OrganizationID(stored: "contoso"),
            locationID: Location.headquartersID,
            country: try CountryCode("DE"),
            programID: ProgramID(stored: "gold-competency"),
            programKind: .goldCompetency,
            competency: nil,
            year: ProgramYear(startsOn: try date("2026-01-01")),
            recordedAt: Instant(microsecondsSinceEpoch: 0),
            ending: ending
        )
    }

    @Test(
        "R33, R35: a renewal is applied in its window, and neither before nor after",
        arguments: [
            (Portal.partnerCenter, "2026-12-31", RefusalCode.renewalNotDue), (.partnerCenter, "2027-01-01", nil),
            (.partnerCenter, "2027-01-30", nil), (.partnerCenter, "2027-01-31", .renewalWindowClosed),
            (.membershipCenter, "2026-10-02", .renewalNotDue), (.membershipCenter, "2026-10-03", nil),
            (.membershipCenter, "2026-12-31", nil), (.membershipCenter, "2027-01-01", .renewalWindowClosed),
        ] as [(Portal, String, RefusalCode?)]
    )
    func window(portal: Portal, day: String, code: RefusalCode?) throws {
        switch RenewalTiming.check(try enrollment(), portal: PortalHistory(portal), on: try date(day)) {
        case .success: #expect(code == nil)
        case .failure(let refusal): #expect(refusal.code == code)
        }
    }

    @Test("R35: an enrollment lapses from its anniversary on, and not before")
    func lapse() throws {
        let before = RenewalTiming.checkLapse(try enrollment(), portal: .partnerCenter, on: try date("2026-12-31"))
        #expect { try before.get() } throws: { ($0 as? Refusal)?.code == .renewalNotDue }
        try RenewalTiming.checkLapse(enrollment(), portal: .partnerCenter, on: date("2027-01-01")).get()
    }

    @Test("An enrollment that has an ending neither is renewed nor lapses")
    func ended() throws {
        let ended = try enrollment(ending: .init(kind: .ended, on: date("2026-06-01")))
        let day = try date("2027-01-01")
        #expect { try RenewalTiming.check(ended, portal: .partnerCenter, on: day).get() } throws: {
            ($0 as? Refusal)?.code == .enrollmentEnded
        }
        #expect { try RenewalTiming.checkLapse(ended, portal: .partnerCenter, on: day).get() } throws: {
            ($0 as? Refusal)?.code == .enrollmentEnded
        }
    }

    @Test("R33: the closing year ends with the renewal, and its tokens with its last day")
    func days() throws {
        let closing = ProgramYear(startsOn: try date("2026-01-01"))
        let next = ProgramYear(startsOn: try date("2027-01-01"))
        let early = try date("2026-11-01")
        let late = try date("2027-01-10")
        #expect(RenewalTiming.endingDay(appliedOn: early, closing: closing, next: next) == next.startsOn)
        #expect(RenewalTiming.endingDay(appliedOn: late, closing: closing, next: next) == late)
        #expect(RenewalTiming.voidDay(of: closing) == next.startsOn)
    }
}
