import Testing

@testable import Registry

@Suite("From silver to gold")
struct GoldUpgradeTests {
    private func quote(
        _ portal: Portal,
        on day: String,
        silver: Int = 167_000,
        gold: Int = 473_000,
        length: YearLength = .calendar
    ) throws -> GoldUpgrade {
        let year = ProgramYear(startsOn: try #require(CalendarDate("2026-01-01")))
        return try GoldUpgrade.quote(
            at: PortalHistory(portal),
            silverFee: silver,
            goldFee: gold,
            purchasedOn: try #require(CalendarDate(day)),
            year: year,
            length: length
        ).get()
    }

    @Test("R09: at pmc the difference is due up to the day before the 90 days of renewal, then the whole gold fee")
    func membershipCenter() throws {
        let before = try quote(.membershipCenter, on: "2026-10-02")
        #expect((before.amountDue, before.anniversary.description) == (306_000, "2027-01-01"))
        let inside = try quote(.membershipCenter, on: "2026-10-03")
        #expect((inside.amountDue, inside.anniversary.description) == (473_000, "2027-01-01"))
        #expect(try quote(.membershipCenter, on: "2026-12-31").amountDue == 473_000)
        #expect(try quote(.membershipCenter, on: "2026-03-01", silver: 500_000).amountDue == 0)
    }

    @Test("R09: at Partner Center a quarter is taken off, and the anniversary is one year from the purchase")
    func partnerCenter() throws {
        let upgrade = try quote(.partnerCenter, on: "2026-10-03")
        #expect((upgrade.amountDue, upgrade.anniversary.description) == (354_750, "2027-10-03"))
        #expect(
            try quote(.partnerCenter, on: "2027-01-30", length: .days365).anniversary.description == "2028-01-30"
        )
        #expect(
            try [0, 1, 2, 3, 4, 5].map { try quote(.partnerCenter, on: "2026-10-03", gold: $0).amountDue } == [
                0, 1, 2, 2, 3, 4,
            ]
        )
    }

    @Test("R09: an upgrade lies within the silver year, or within the benefits that Partner Center continues")
    func dates() throws {
        func code(_ portal: Portal, _ day: String, gold: Int = 1) throws -> RefusalCode? {
            do {
                _ = try quote(portal, on: day, gold: gold)
                return nil
            } catch let refusal as Refusal {
                #expect(refusal.rule == .r09)
                return refusal.code
            }
        }
        #expect(try code(.partnerCenter, "2025-12-31") == .dateTooEarly)
        #expect(try code(.partnerCenter, "2026-01-01") == nil)
        #expect(try code(.partnerCenter, "2027-01-30") == nil)
        #expect(try code(.partnerCenter, "2027-01-31") == .enrollmentEnded)
        #expect(try code(.membershipCenter, "2026-12-31") == nil)
        #expect(try code(.membershipCenter, "2027-01-01") == .enrollmentEnded)
        #expect(try code(.partnerCenter, "2026-01-01", gold: -1) == .inputInvalid)
    }
}
