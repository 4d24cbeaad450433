import Testing

@testable import Registry

private func reason(
    headquarters: Bool = false,
    associated: Bool = true,
    competency: Bool = true,
    toolkit: Bool = false,
    on day: String = "2018-03-02"
) throws -> String? {
    let location = Location(
        organizationID: OrganizationID(stored: "contoso"),
        id: LocationID(stored: "berlin"),
        name: "Berlin",
        country: CountryCode(stored: "DE"),
        isHeadquarters: headquarters,
        isAssociated: associated
    )
    let held: [Program.Kind] = (competency ? [.silverCompetency] : []) + (toolkit ? [.additionalBenefitToolkit] : [])
    do {
        try EnrollmentEligibility.check(
            Program(
                id: ProgramID(stored: "toolkit"),
                name: "Toolkit",
                kind: .additionalBenefitToolkit,
                benefits: []
            ),
            at: location,
            holding: held.map { .init($0) },
            startsOn: #require(CalendarDate(day))
        )
        return nil
    } catch let refusal as Refusal {
        #expect((refusal.code, refusal.rule) == (.programNotAvailable, .r11))
        return refusal.fact("reason")
    }
}

@Suite("Additional benefit toolkits")
struct AdditionalBenefitToolkitTests {
    @Test("R11: an associated location with a competency of its own may have one")
    func allowed() throws {
        #expect(try reason() == nil)
    }

    @Test("R11: the headquarters, an unassociated location, one without a competency and a second one are refused")
    func refused() throws {
        #expect(try reason(headquarters: true)?.contains("headquarters") == true)
        #expect(try reason(associated: false)?.contains("not associated") == true)
        #expect(try reason(competency: false)?.contains("competency") == true)
        #expect(try reason(toolkit: true)?.contains("already") == true)
    }

    @Test("R11: it starts within the days of its last sales, both ends included")
    func retired() throws {
        #expect(try reason(on: "2017-10-31")?.contains("2017-11-01") == true)
        #expect(try reason(on: "2017-11-01") == nil)
        #expect(try reason(on: "2018-10-31") == nil)
        #expect(try reason(on: "2018-11-01")?.contains("2018-10-31") == true)
    }
}
