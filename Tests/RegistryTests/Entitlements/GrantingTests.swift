import Testing

@testable import Registry

private let germany = CountryCode(stored: "DE")
private let france = CountryCode(stored: "FR")

private func officeSuite(_ quantity: Int, maximum: ProductMaximum? = nil) -> Benefit {
    Benefit(
        product: .officeSuite,
        quantity: quantity,
        countryMaximum: maximum?.country,
        worldwideMaximum: maximum?.worldwide
    )
}

private func granted(_ inCountry: Int, _ worldwide: Int, _ maximum: ProductMaximum = .none) -> GrantedSoFar {
    GrantedSoFar(inCountry: inCountry, worldwide: worldwide, maximum: maximum)
}

@Suite("Granting benefits")
struct GrantingTests {
    @Test("R49: without a maximum of its own, five times the initial grant per country and fifteen times worldwide")
    func standardMaximum() {
        #expect(officeSuite(25).maximum == ProductMaximum(country: 125, worldwide: 375))
        let named = ProductMaximum(country: 25, worldwide: 75)
        #expect(officeSuite(5, maximum: named).maximum == named)
        #expect(ProductMaximum.standard(initialGrant: .max) == ProductMaximum(country: .max, worldwide: .max))
    }

    @Test("R02: the organisation's maximum is the largest of each figure among its grants")
    func largestMaximum() {
        let one = ProductMaximum(country: 125, worldwide: 375)
        let other = ProductMaximum(country: 500, worldwide: 300)
        #expect(one.larger(other) == ProductMaximum(country: 500, worldwide: 375))
    }

    @Test("R12: a benefit that just fits the country maximum is granted whole, and one more is clipped")
    func countryMaximum() {
        let maximum = ProductMaximum(country: 125, worldwide: 375)
        let fits = officeSuite(25, maximum: maximum).granted(in: germany, isLocal: false, after: granted(100, 100))
        #expect((fits.granted, fits.clipped, fits.limit) == (25, 0, nil))
        let clipped = officeSuite(25, maximum: maximum).granted(in: germany, isLocal: false, after: granted(101, 101))
        #expect((clipped.granted, clipped.clipped, clipped.limit) == (24, 1, .countryMaximum))
        let full = officeSuite(25, maximum: maximum).granted(in: germany, isLocal: false, after: granted(126, 126))
        #expect((full.granted, full.clipped, full.limit) == (0, 25, .countryMaximum))
    }

    @Test("R34: benefits of several countries are clipped by the worldwide maximum, though each country has room")
    func worldwideMaximum() {
        let maximum = ProductMaximum(country: 125, worldwide: 375)
        let fits = officeSuite(25, maximum: maximum).granted(in: germany, isLocal: false, after: granted(0, 350))
        #expect((fits.granted, fits.limit) == (25, nil))
        let clipped = officeSuite(25, maximum: maximum).granted(in: germany, isLocal: false, after: granted(0, 351))
        #expect((clipped.granted, clipped.clipped, clipped.limit) == (24, 1, .worldwideMaximum))
    }

    @Test("R12: where both maxima leave the same room, the country's is named")
    func bothMaxima() {
        let maximum = ProductMaximum(country: 125, worldwide: 375)
        let grant = officeSuite(25, maximum: maximum).granted(in: germany, isLocal: false, after: granted(105, 355))
        #expect((grant.granted, grant.limit) == (20, .countryMaximum))
    }

    @Test("R12: a gold competency makes the room that it fills")
    func ownMaximumCounts() {
        let grant = officeSuite(100).granted(
            in: germany,
            isLocal: false,
            after: granted(125, 125, .standard(initialGrant: 25))
        )
        #expect((grant.granted, grant.clipped) == (100, 0))
        let silver = officeSuite(25).granted(
            in: germany,
            isLocal: false,
            after: granted(480, 480, .standard(initialGrant: 100))
        )
        #expect((silver.granted, silver.clipped, silver.limit) == (20, 5, .countryMaximum))
    }

    @Test("R04: grants of several locations in one country are summed up as one organisation's")
    func oneOrganization() {
        let earlier = (1...6).reduce(into: [Grant]()) { grants, _ in
            let benefit = officeSuite(25)
            grants.append(
                benefit.granted(
                    in: germany,
                    isLocal: false,
                    after: GrantedSoFar(grants, of: .officeSuite, in: germany)
                )
            )
        }
        #expect(earlier.map(\.granted) == [25, 25, 25, 25, 25, 0])
        let sums = GrantedSoFar(earlier, of: .officeSuite, in: france)
        #expect((sums.inCountry, sums.worldwide) == (0, 125))
        #expect(sums.maximum == ProductMaximum(country: 125, worldwide: 375))
        #expect(GrantedSoFar(earlier, of: .intune, in: germany) == granted(0, 0))
    }

    @Test("R38: the Azure credit is granted once to an organisation, however many benefits name it")
    func azureCredit() {
        let credit = Benefit(product: .azureCredit, quantity: 100)
        let first = credit.granted(in: germany, isLocal: true, after: granted(0, 0))
        #expect((first.granted, first.limit) == (100, nil))
        let second = credit.granted(in: france, isLocal: false, after: granted(0, 100, first.maximum))
        #expect((second.granted, second.clipped, second.limit) == (0, 100, .onePerOrganization))
    }

    @Test("R44: Cloud Accelerate needs an active Action Pack or competency, and grants nothing")
    func cloudAccelerate() throws {
        let benefits = [Benefit(product: .intune, quantity: 5)]
        let program = Program(id: ProgramID(stored: "ca"), name: "ca", kind: .cloudAccelerate, benefits: benefits)
        try EnrollmentEligibility.check(program, holding: [.init(.actionPack)])
        try EnrollmentEligibility.check(program, holding: [.init(.silverCompetency)])
        #expect {
            try EnrollmentEligibility.check(program, holding: [.init(.additionalBenefitToolkit)])
        } throws: { ($0 as? Refusal)?.code == .programNotAvailable && ($0 as? Refusal)?.rule == .r44 }
        #expect(program.grantedBenefits.isEmpty)
    }

    @Test("R03: the headquarters and associated locations share, and no other location")
    func association() {
        func sharing(_ id: String, headquarters: Bool, associated: Bool) -> Sharing {
            Sharing(
                Location(
                    organizationID: OrganizationID(stored: "contoso"),
                    id: LocationID(stored: id),
                    name: id,
                    country: germany,
                    isHeadquarters: headquarters,
                    isAssociated: associated
                )
            )
        }
        #expect(sharing("hq", headquarters: true, associated: false) == .organization)
        #expect(sharing("berlin", headquarters: false, associated: true) == .organization)
        #expect(sharing("lyon", headquarters: false, associated: false) == .apart(LocationID(stored: "lyon")))
        #expect(sharing("lyon", headquarters: false, associated: false).seatSource == "program (lyon)")
    }
}

@Suite("Granting on a day")
struct GrantingOnADayTests {
    private func held(
        _ id: String,
        _ quantity: Int,
        _ start: String,
        kind: Program.Kind = .silverCompetency,
        product: ProductLine = .officeSuite,
        country: CountryCode = germany,
        maximum: ProductMaximum = ProductMaximum(country: 50, worldwide: 80),
        turn: String? = nil,
        sharing: Sharing = .organization
    ) throws -> HeldBenefit {
        HeldBenefit(
            enrollment: Enrollment(
                id: EnrollmentID(stored: id),
                organizationID: OrganizationID(stored: "contoso"),
                locationID: Location.headquartersID,
                country: country,
                programID: ProgramID(stored: kind.rawValue),
                programKind: kind,
                competency: nil,
                year: ProgramYear(startsOn: try #require(CalendarDate(start))),
                recordedAt: Instant(microsecondsSinceEpoch: 0)
            ),
            benefit: Benefit(
                product: product,
                quantity: quantity,
                countryMaximum: maximum.country,
                worldwideMaximum: maximum.worldwide
            ),
            sharing: sharing,
            turn: turn
        )
    }

    private func granted(_ held: [HeldBenefit], on day: String) throws -> [String] {
        Granting.grants(of: held, on: try #require(CalendarDate(day)), portal: .membershipCenter)
            .map { "\($0.enrollment.id) \($0.grant.granted)" }
    }

    @Test("R12: the older is served first, of equal first days the lesser id, in whatever order they come")
    func order() throws {
        let all = [
            try held("b", 30, "2026-03-01"), try held("a", 30, "2026-03-01"), try held("c", 30, "2025-06-01"),
        ]
        for held in [all, all.reversed(), [all[1], all[2], all[0]]] {
            #expect(try granted(held, on: "2026-03-01") == ["c 30", "a 20", "b 0"])
            #expect(try granted(held, on: "2026-02-28") == ["c 30"])
            #expect(try granted(held, on: "2026-06-01") == ["a 30", "b 20"])
        }
    }

    @Test("R02: the maximum worldwide is one over all countries, and the largest of the day holds for every enrollment")
    func maxima() throws {
        let all = [
            try held("a", 50, "2026-01-01"), try held("b", 50, "2026-01-02", country: france),
            try held("gold", 10, "2026-06-01", maximum: ProductMaximum(country: 60, worldwide: 120)),
        ]
        #expect(try granted(all, on: "2026-02-01") == ["a 50", "b 30"])
        #expect(try granted(all, on: "2026-06-01") == ["a 50", "b 50", "gold 10"])
    }

    @Test("R38: one Azure credit, whose next holder has it when the first ends")
    func credit() throws {
        let all = [
            try held("gold", 50, "2026-03-01", product: .azureCredit),
            try held("pack", 50, "2025-06-01", kind: .actionPack, product: .azureCredit),
        ]
        #expect(try granted(all, on: "2026-05-31") == ["pack 50", "gold 0"])
        #expect(try granted(all, on: "2026-06-01") == ["gold 50"])
    }

    @Test("R33: a renewal keeps its enrollment's turn")
    func renewed() throws {
        let first = "2025-01-01 a"
        let all = [try held("b", 30, "2025-06-01"), try held("a-2026", 30, "2026-01-01", turn: first)]
        #expect(try granted(all, on: "2026-01-01") == ["a-2026 30", "b 20"])
    }

    @Test("R03: a location that is not associated has maxima of its own, and fills nobody else's")
    func apart() throws {
        let lyon = Sharing.apart(LocationID(stored: "lyon"))
        let all = [
            try held("a", 30, "2026-01-01"), try held("lyon-1", 40, "2025-12-01", sharing: lyon),
            try held("lyon-2", 40, "2026-02-01", sharing: lyon),
        ]
        #expect(try granted(all, on: "2026-02-01") == ["lyon-1 40", "a 30", "lyon-2 10"])
    }
}
