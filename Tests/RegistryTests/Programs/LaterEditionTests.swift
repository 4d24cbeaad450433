import Testing

@testable import Registry

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

private func program(_ id: String, _ edition: String) throws -> Program {
    try #require(BuiltInPrograms.all.first { $0.id.value == id && $0.edition.id.value == edition })
}

@Suite("What holds since the licensing FAQ, by edition")
struct LaterEditionTests {
    @Test("R55: 100 seats with 6 months left and 25 new ones end together after 7.2 months")
    func mergedEnds() throws {
        let start = try day("2026-01-01")
        let merged = try MergedEnd.of(adding: 25, to: [(seats: 100, serviceEndsOn: day("2026-07-02"))], on: start)
        #expect(merged.tenthsOfMonths == 72)
        #expect(merged.activeSeats == 100)
        let (before, after) = (try day("2026-07-02"), try day("2027-01-01"))
        #expect(merged.endsOn > before && merged.endsOn < after)
    }

    @Test("R55: nothing to add to gives twelve months; what has ended counts for no time")
    func mergedEndsAtTheBoundary() throws {
        let start = try day("2026-01-01")
        #expect(try MergedEnd.of(adding: 5, to: [], on: start).endsOn == day("2027-01-01"))
        let ended = try MergedEnd.of(adding: 5, to: [(seats: 5, serviceEndsOn: day("2025-12-01"))], on: start)
        #expect(ended.tenthsOfMonths == 60)
    }

    @Test("R54, R56: the edition of 2025 has codes and extends; that of 2026 has neither")
    func redemption() throws {
        let (old, new) = (try program("core", "2025").traits, try program("core", "2026").traits)
        #expect((old.redemption, old.renewing, old.serviceEnd) == (.code, .extend, .twelveMonths))
        #expect((new.redemption, new.serviceEnd) == (.purchase, .offer))
        #expect(old.rules.contains(.r56) && !old.rules.contains(.r54))
        #expect(new.rules.contains(.r54) && !new.rules.contains(.r29))
        #expect(try program("gold-competency", "2014").traits.rules.contains(.r37))
    }

    @Test(
        "R59: bought Business Premium stands beside seats of a later edition, in either order, and R39 holds for others"
    )
    func sharing() throws {
        func sku(_ text: String) throws -> SKU { try #require(SKUCatalogue.sku(SKUPartNumber(stored: text))) }
        let bought = TenantSharing.Presence(sku: try sku("SPB"), isProgram: false, label: "shop")
        let domain = DomainName(stored: "contoso.example")
        for (sharing, isRefused) in [(ProgramTraits.SharedTenant.alsoBusiness, false), (.enterpriseAndKiosk, true)] {
            let seats = TenantSharing.Presence(
                sku: try sku("SPE_E5"),
                isProgram: true,
                label: "token T1",
                sharing: sharing
            )
            for (addition, present) in [(bought, seats), (seats, bought)] {
                let refusal = TenantSharing.refusal(adding: addition, to: [present], tenantDomain: domain)
                #expect((refusal?.rule == .r39) == isRefused)
            }
        }
    }

    @Test("R59: an Office 365 plan that is neither enterprise, kiosk nor business stays refused")
    func plans() throws {
        func sku(_ text: String) throws -> SKU { try #require(SKUCatalogue.sku(SKUPartNumber(stored: text))) }
        let refusal = TenantSharing.refusal(
            adding: .init(sku: try sku("EXCHANGESTANDARD"), isProgram: false, label: "shop"),
            to: [.init(sku: try sku("SPE_E5"), isProgram: true, label: "T1", sharing: .alsoBusiness)],
            tenantDomain: DomainName(stored: "contoso.example")
        )
        #expect(refusal?.rule == .r39)
    }

    @Test("R61: a benefit has to be activated within its days, and never after its year")
    func activateBy() throws {
        let year = ProgramYear(startsOn: try day("2026-03-02"))
        #expect(try BenefitTerms(activateWithinDays: 90).activateBy(in: year) == day("2026-05-31"))
        #expect(BenefitTerms(activateWithinDays: 900).activateBy(in: year) == year.endsOn)
        #expect(BenefitTerms().activateBy(in: year) == year.endsOn)
    }

    @Test("R63: nothing ends with a merger of accounts: both designations count to their own anniversaries")
    func mergers() throws {
        func held(_ id: String, _ start: String) throws -> HeldBenefit {
            let program = try program("designation-modern-work", "2026")
            let enrollment = Enrollment(
                id: EnrollmentID(stored: id),
                organizationID: OrganizationID(stored: "contoso"),
                locationID: Location.headquartersID,
                country: CountryCode(stored: "DE"),
                programID: program.id,
                programKind: program.kind,
                year: ProgramYear(startsOn: try day(start)),
                recordedAt: Instant(microsecondsSinceEpoch: 0)
            )
            let benefit = try #require(program.benefit(for: ProductLine(stored: "microsoft-365-e5")))
            return HeldBenefit(enrollment: enrollment, benefit: benefit, sharing: .organization)
        }
        let both = [try held("own", "2026-01-01"), try held("acquired", "2026-06-01")]
        func granted(_ on: String) throws -> Int {
            Granting.grants(of: both, on: try day(on), portal: .membershipCenter).reduce(0) { $0 + $1.grant.granted }
        }
        #expect(try granted("2026-12-31") == 400)
        #expect(try granted("2027-01-01") == 200)
        #expect(try granted("2027-06-01") == 0)
    }
}
