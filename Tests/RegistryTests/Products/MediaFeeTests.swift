import Testing

@testable import Registry

@Suite("What physical media cost")
struct MediaFeeTests {
    // 365 days.
    private let year = ProgramYear(startsOn: CalendarDate(daysSinceEpoch: 20_000), length: .days365)

    private func cents(_ fee: Int, on day: Int) throws -> Int {
        try MediaFee.prorated(fee, of: year, on: CalendarDate(daysSinceEpoch: day)).get().cents
    }

    @Test("R17: at the enrollment and before it the whole fee is due, a day later a day less")
    func start() throws {
        #expect(try cents(36_500, on: 19_990) == 36_500)
        #expect(try cents(36_500, on: 20_000) == 36_500)
        #expect(try cents(36_500, on: 20_001) == 36_400)
    }

    @Test("R17: on the year's last day one day's fee is due, and after it none can be ordered")
    func end() throws {
        #expect(try cents(36_500, on: 20_364) == 100)
        guard case .failure(let refusal) = MediaFee.prorated(100, of: year, on: CalendarDate(daysSinceEpoch: 20_365))
        else {
            Issue.record("the year is over")
            return
        }
        #expect(refusal.rule == .r17)
        #expect(refusal.code == .enrollmentEnded)
    }

    @Test("R17: the fee is rounded to the nearest cent")
    func rounds() throws {
        // 100 × 182 ÷ 365 = 49.86, 100 × 180 ÷ 365 = 49.32
        #expect(try cents(100, on: 20_183) == 50)
        #expect(try cents(100, on: 20_185) == 49)
        #expect(try cents(0, on: 20_000) == 0)
    }

    @Test(
        "R17: core products come on media, and others do not",
        arguments: [
            ("windows-client", true), ("Windows Server 2012", true), ("SQL Server 2014", true), ("Office 2013", true),
            ("Windows", true), ("windows", true), ("Microsoft Windows", true), ("Win 10", true), ("Windows RT", true),
            ("Widnows 10", true), ("Microsoft Word 2013", true), ("MS Office", true), ("SQL", true), ("Ofice", true),
            ("Windows Intune", false), ("Windows Azure", false), ("Office Web Apps Server", false), ("Exchange", false),
            ("Project Server", false), ("", false),
            ("System Center", false), ("Dynamics CRM", false), ("SharePoint Server", false), ("Office 365", false),
        ]
    )
    func core(_ product: String, _ isCore: Bool) {
        switch MediaFee.checkCore(product) {
        case .success: #expect(isCore)
        case .failure(let refusal):
            #expect(!isCore)
            #expect(refusal.rule == .r17)
        }
    }
}
