import Testing

@testable import TimeZones

@Suite("The rule at a zone's end")
struct ZoneRuleTests {
    /// Midnight in UTC of a day in 2023 (a common year) or 2024 (a leap year).
    private let newYear2023: Int64 = 1_672_531_200
    private let newYear2024: Int64 = 1_704_067_200
    private let hour: Int64 = 3_600

    private func rule(_ text: String) -> ZoneRule? { ZoneRule(Array(text.utf8)) }

    @Test(
        "Offsets are read west of UTC",
        arguments: [
            ("UTC0", 0), ("EST5", -18_000), ("<+03>-3", 10_800), ("<-0330>+3:30", -12_600), ("LMT-0:53:28", 3_208),
            ("<+24>-24", 86_400),
        ]
    )
    func fixed(text: String, offset: Int) throws {
        #expect(try #require(rule(text)).offset(at: 0) == offset)
    }

    @Test("Mm.w.d counts weeks, the fifth being the last")
    func weekdays() throws {
        let berlin = try #require(rule("CET-1CEST,M3.5.0,M10.5.0/3"))
        // 2024-03-31T01:00:00Z and 2024-10-27T01:00:00Z.
        #expect(berlin.offset(at: 1_711_846_799) == 3_600)
        #expect(berlin.offset(at: 1_711_846_800) == 7_200)
        #expect(berlin.offset(at: 1_729_990_799) == 7_200)
        #expect(berlin.offset(at: 1_729_990_800) == 3_600)
        // 400 years later the calendar is the same one.
        #expect(berlin.offset(at: 1_711_846_800 + 146_097 * 86_400) == 7_200)
    }

    @Test("South of the equator daylight saving spans the new year")
    func south() throws {
        let sydney = try #require(rule("AEST-10AEDT,M10.1.0,M4.1.0/3"))
        #expect(sydney.offset(at: newYear2024) == 39_600)
        #expect(sydney.offset(at: newYear2024 + 180 * 86_400) == 36_000)
    }

    @Test("Jn leaves 29 February out, and n counts it")
    func dayNumbers() throws {
        let julian = try #require(rule("AAA0BBB,J60/0,J300/0"))
        #expect(julian.offset(at: newYear2023 + 59 * 86_400 - 1) == 0)
        #expect(julian.offset(at: newYear2023 + 59 * 86_400) == 3_600)
        #expect(julian.offset(at: newYear2024 + 60 * 86_400 - 1) == 0)
        #expect(julian.offset(at: newYear2024 + 60 * 86_400) == 3_600)
        let counted = try #require(rule("AAA0BBB,59/0,300/0"))
        #expect(counted.offset(at: newYear2023 + 59 * 86_400) == 3_600)
        #expect(counted.offset(at: newYear2024 + 59 * 86_400 - 1) == 0)
        #expect(counted.offset(at: newYear2024 + 59 * 86_400) == 3_600)
    }

    @Test("Times of day may be negative or beyond 24 hours")
    func extendedTimes() throws {
        let nuuk = try #require(rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"))
        // 2024-03-30T23:00 local time is 2024-03-31T01:00:00Z.
        #expect(nuuk.offset(at: 1_711_846_799) == -7_200)
        #expect(nuuk.offset(at: 1_711_846_800) == -3_600)
        let late = try #require(rule("AAA0BBB,0/167,200"))
        #expect(late.offset(at: newYear2024 + 167 * hour - 1) == 0)
        #expect(late.offset(at: newYear2024 + 167 * hour) == 3_600)
    }

    @Test("Daylight saving can last all year", arguments: ["EST5EDT,0/0,J365/25", "XXX3EDT4,0/0,J365/23"])
    func allYear(text: String) throws {
        let zone = try #require(rule(text))
        for step in 0..<1_500 { #expect(zone.offset(at: newYear2023 + Int64(step) * 43_200) == -14_400) }
    }

    @Test("Daylight saving can be behind standard time")
    func negativeSaving() throws {
        let dublin = try #require(rule("IST-1GMT0,M10.5.0,M3.5.0/1"))
        #expect(dublin.offset(at: newYear2024) == 0)
        #expect(dublin.offset(at: newYear2024 + 180 * 86_400) == 3_600)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "UT0", "UTC", "UTC25", "UTC0:60", "<+03-3", "<>0", "CET-1CEST", "CET-1CEST,M3.5.0",
            "CET-1CEST,M13.5.0,M1.1.0",
            "CET-1CEST,M3.6.0,M1.1.0", "CET-1CEST,M3.5.7,M1.1.0", "CET-1CEST,J0,J1", "CET-1CEST,366,1",
            "CET-1CEST,0/168,1", "CET-1CEST,M3.5.0,M10.5.0/3 ", ":Europe/Berlin", "UTC99999999999999999999", "Ünü0",
        ]
    )
    func refused(text: String) {
        #expect(rule(text) == nil)
    }
}
