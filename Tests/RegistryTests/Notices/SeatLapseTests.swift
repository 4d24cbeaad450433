import Testing

@testable import Registry

@Suite("Seats that lapse")
struct SeatLapseTests {
    private func block(_ seats: Int, _ start: String, _ end: String?) throws -> SeatLapse.Block {
        SeatLapse.Block(
            seats: seats,
            startsOn: try #require(CalendarDate(start)),
            lastDay: try end.map { try #require(CalendarDate($0)) }
        )
    }

    private func lapses(_ blocks: [SeatLapse.Block], _ consumed: Int) throws -> [String] {
        SeatLapse.all(among: blocks, consumed: consumed, through: try #require(CalendarDate("2026-06-30")))
            .map { "\($0.lastDay) \($0.seats) \($0.users)" }
    }

    @Test("R32: seats that end through the horizon are told with the users who lose one")
    func alone() throws {
        let old = try block(25, "2025-05-01", "2026-04-30")
        #expect(try lapses([old], 20) == ["2026-04-30 25 20"])
        #expect(try lapses([old], 0) == ["2026-04-30 25 0"])
        // More users than seats: those without one lose none.
        #expect(try lapses([old], 40) == ["2026-04-30 25 25"])
        #expect(try lapses([block(25, "2025-05-01", "2026-06-30")], 1) == ["2026-06-30 25 1"])
        #expect(try lapses([block(25, "2025-05-01", "2026-07-01")], 1) == [])
        #expect(try lapses([block(25, "2025-05-01", nil)], 1) == [])
    }

    @Test("R33: a redeemed successor silences its predecessor, seat by seat, once")
    func successor() throws {
        let old = try block(25, "2025-05-01", "2026-04-30")
        let new = try block(25, "2026-03-01", "2027-04-30")
        #expect(try lapses([old, new], 25) == [])
        #expect(try lapses([new, old], 30) == ["2026-04-30 5 5"])
        let small = try block(10, "2026-03-01", "2027-04-30")
        #expect(try lapses([old, small], 10) == ["2026-04-30 15 0"])
        #expect(try lapses([old, small], 25) == ["2026-04-30 15 15"])
        // One successor does not stand in for two.
        #expect(try lapses([old, old, new], 25) == ["2026-04-30 25 0"])
    }

    @Test("R33: an earlier purchase without an end is no successor, but its seats keep users")
    func purchase() throws {
        let old = try block(25, "2025-05-01", "2026-04-30")
        let bought = try block(50, "2024-01-01", nil)
        #expect(try lapses([old, bought], 60) == ["2026-04-30 25 10"])
        #expect(try lapses([old, bought], 40) == ["2026-04-30 25 0"])
    }

    @Test("Each day is told once, and a user loses a seat once")
    func days() throws {
        let one = try block(10, "2025-05-01", "2026-04-30")
        let other = try block(10, "2025-05-02", "2026-04-30")
        let later = try block(10, "2025-06-01", "2026-05-31")
        #expect(try lapses([one, other], 20) == ["2026-04-30 20 20"])
        // The later one lasts longer and came later: it stands in for one of the earlier two.
        #expect(try lapses([one, other, later], 30) == ["2026-04-30 20 20", "2026-05-31 10 10"])
    }
}
