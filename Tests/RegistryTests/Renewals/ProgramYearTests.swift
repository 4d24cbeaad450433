import Testing

@testable import Registry

private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

@Suite("Programme years")
struct ProgramYearTests {
    @Test(
        "A calendar year ends the day before the same day a year later; 29 February becomes 28",
        arguments: [
            ("2026-03-02", "2027-03-01", "2027-03-02"),
            ("2024-02-29", "2025-02-27", "2025-02-28"),
            ("2023-03-01", "2024-02-29", "2024-03-01"),
            ("2026-01-01", "2026-12-31", "2027-01-01"),
        ]
    )
    func calendar(start: String, end: String, anniversary: String) throws {
        let year = ProgramYear(startsOn: try date(start), length: .calendar)
        #expect(year.endsOn == (try date(end)))
        #expect(year.anniversary == (try date(anniversary)))
    }

    @Test(
        "A year of 365 days has its anniversary 365 days after its start",
        arguments: [("2026-03-02", "2027-03-01"), ("2023-03-01", "2024-02-28"), ("2024-02-29", "2025-02-27")]
    )
    func days365(start: String, end: String) throws {
        let year = ProgramYear(startsOn: try date(start), length: .days365)
        #expect(year.endsOn == (try date(end)))
        #expect(year.endsOn.days(since: year.startsOn) == 364)
    }

    @Test(
        "The next year is counted from the anniversary, the renewal or the payment, and never overlaps this one",
        arguments: [
            (AnniversaryBasis.currentAnniversary, "2027-03-20", "2027-03-02"),
            (.renewal, "2027-03-20", "2027-03-20"),
            (.payment, "2027-03-20", "2027-03-22"),
            (.renewal, "2027-01-10", "2027-03-02"),
            (.payment, "2027-02-27", "2027-03-02"),
        ]
    )
    func next(basis: AnniversaryBasis, renewedOn: String, start: String) throws {
        let year = ProgramYear(startsOn: try date("2026-03-02"))
        let renewedOn = try date(renewedOn)
        let next = year.next(basis: basis, renewedOn: renewedOn, paidOn: renewedOn.adding(days: 2))
        #expect(next == ProgramYear(startsOn: try date(start)))
    }

    @Test("An unknown day of payment is the day of the renewal")
    func unknownPayment() throws {
        let year = ProgramYear(startsOn: try date("2026-03-02"))
        let next = year.next(length: .days365, basis: .payment, renewedOn: try date("2027-03-20"))
        #expect(next == ProgramYear(startsOn: try date("2027-03-20"), length: .days365))
    }
}

@Suite("Renewal windows")
struct RenewalWindowTests {
    private func window(_ portal: Portal) throws -> RenewalWindow {
        RenewalWindow(of: ProgramYear(startsOn: try date("2026-01-01")), at: portal)
    }

    @Test("R33: Partner Center's window is the 30 days after the last day, with reminders 15 days before and 23 after")
    func partnerCenter() throws {
        let window = try window(.partnerCenter)
        #expect((window.opensOn, window.closesOn) == (try date("2027-01-01"), try date("2027-01-30")))
        #expect(window.reminders == [try date("2026-12-16"), try date("2027-01-23")])
        #expect(
            try ["2026-12-31", "2027-01-01", "2027-01-30", "2027-01-31"].map { window.phase(on: try date($0)) }
                == [.upcoming, .open, .open, .closed]
        )
    }

    @Test("R33: pmc's window is the 90 days up to the last day")
    func membershipCenter() throws {
        let window = try window(.membershipCenter)
        #expect((window.opensOn, window.closesOn) == (try date("2026-10-03"), try date("2026-12-31")))
        #expect(window.closesOn.days(since: window.opensOn) == 89)
        #expect(window.reminders == [try date("2026-10-03"), try date("2026-12-01"), try date("2026-12-16")])
        #expect(
            try ["2026-10-02", "2026-10-03", "2026-12-31", "2027-01-01"].map { window.phase(on: try date($0)) }
                == [.upcoming, .open, .open, .closed]
        )
    }

    @Test("R32: Partner Center continues the benefits until the renewal is applied or the window closes")
    func benefitsContinue() throws {
        let window = try window(.partnerCenter)
        func through(_ renewedOn: String) throws -> CalendarDate {
            window.benefitsContinueThrough(renewedOn: try date(renewedOn))
        }
        #expect(window.benefitsContinueThrough() == (try date("2027-01-30")))
        #expect(try through("2027-01-10") == (try date("2027-01-09")))
        #expect(try through("2027-01-01") == (try date("2026-12-31")))
        #expect(try through("2026-12-20") == (try date("2026-12-31")))
        #expect(try through("2027-03-01") == (try date("2027-01-30")))
    }

    @Test("R32: at pmc the benefits end with the year")
    func benefitsEnd() throws {
        let window = try window(.membershipCenter)
        #expect(window.benefitsContinueThrough() == (try date("2026-12-31")))
        #expect(window.benefitsContinueThrough(renewedOn: try date("2026-11-01")) == (try date("2026-12-31")))
    }
}
