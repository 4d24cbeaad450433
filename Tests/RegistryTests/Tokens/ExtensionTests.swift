import Testing

@testable import Registry

@Suite("Extending seats")
struct ExtensionTests {
    private func code(_ activeSeats: Int, _ keySeats: Int) -> RefusalCode? {
        switch Extension.of(activeSeats: activeSeats, byKeySeats: keySeats) {
        case .success: return nil
        case .failure(let refusal):
            #expect(refusal.rule == .r48)
            return refusal.code
        }
    }

    @Test(
        "R48: key seats times 12 by active seats, whole months",
        arguments: [
            (100, 25, 3), (100, 100, 12), (5, 10, 24), (100, 9, 1), (7, 5, 8), (5, 15, 36), (.max, .max, 12),
        ]
    )
    func months(activeSeats: Int, keySeats: Int, months: Int) throws {
        #expect(try Extension.of(activeSeats: activeSeats, byKeySeats: keySeats).get().months == months)
    }

    @Test("R48: three times the active seats give 36 months, and more is refused")
    func threeTimes() throws {
        #expect(try Extension.of(activeSeats: 100, byKeySeats: 300).get().months == 36)
        #expect(code(100, 301) == .extensionNotPossible)
    }

    @Test("R48: without active seats, or without enough for a month, nothing is extended")
    func notEnough() {
        #expect(code(0, 25) == .extensionNotPossible)
        #expect(code(300, 24) == .extensionNotPossible)
        #expect(code(300, 25) == nil)
        #expect(code(1, 0) == .extensionNotPossible)
        #expect(code(1, .min) == .extensionNotPossible)
    }

    @Test("R37: extending is refused with what it would have done")
    func refused() throws {
        let end = try #require(CalendarDate("2026-11-30"))
        let outcome = Extension.decide(activeSeats: 100, keySeats: 25, serviceEndsOn: end, isOverridden: false)
        guard case .failure(let refusal) = outcome else {
            Issue.record("it was allowed")
            return
        }
        #expect((refusal.code, refusal.rule) == (.intentNotAllowed, .r37))
        #expect(refusal.fact("months") == "3")
        #expect(refusal.fact("serviceEndsOn") == "2027-02-28")
        #expect(
            refusal.detail.contains("by 3 months, from 2026-11-30 to 2027-02-28, and left the number of seats at 100")
        )
    }

    @Test("R37: an impossible extension is refused by R37 first, and by R48 when R37 is overridden")
    func overridden() throws {
        func rule(_ keySeats: Int, _ isOverridden: Bool) -> Rule? {
            let outcome = Extension.decide(
                activeSeats: 5,
                keySeats: keySeats,
                serviceEndsOn: nil,
                isOverridden: isOverridden
            )
            if case .failure(let refusal) = outcome { return refusal.rule } else { return nil }
        }
        #expect(rule(16, false) == .r37)
        #expect(rule(16, true) == .r48)
        #expect(rule(15, false) == .r37)
        #expect(rule(15, true) == nil)
    }
}
