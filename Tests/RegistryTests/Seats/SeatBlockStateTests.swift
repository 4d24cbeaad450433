import Testing

@testable import Registry

private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

@Suite("The life of a seat block")
struct SeatBlockStateTests {
    @Test(
        "R47: service ends 12 months after the redemption, whenever rights end",
        arguments: [
            ("2026-06-15", "2027-06-15"), ("2024-02-29", "2025-02-28"), ("2026-12-31", "2027-12-31"),
        ]
    )
    func serviceEnd(redeemedOn: String, end: String) throws {
        #expect(SeatBlockState.serviceEnd(redeemedOn: try date(redeemedOn)) == (try date(end)))
    }

    @Test("R50: enabled through the service end, warning for 30 days, suspended for 90, then deleted")
    func status() throws {
        let end = try date("2027-06-15")
        let block = SeatBlockState(serviceEndsOn: end)
        let days = [-400, 0, 1, 30, 31, 120, 121, 1_000]
        #expect(
            days.map { block.status(on: end.adding(days: $0)) }
                == [.enabled, .enabled, .warning, .warning, .suspended, .suspended, .deleted, .deleted]
        )
    }

    @Test("R46: a block whose token was replaced is gone from that day, and not before")
    func replaced() throws {
        let ended = try date("2026-07-01")
        let block = SeatBlockState(
            serviceEndsOn: try date("2027-06-15"),
            endedOn: ended
        )
        #expect(block.status(on: ended.adding(days: -1)) == .enabled)
        #expect(block.status(on: ended) == .deleted)
    }

    @Test("Statuses are named as Microsoft Graph names them")
    func names() {
        #expect(
            SeatBlockStatus.allCases.map(\.rawValue) == ["enabled", "warning", "suspended", "deleted", "lockedOut"]
        )
    }
}

@Suite("The seats of a SKU on a tenant")
struct SeatSummaryTests {
    private func block(_ seats: Int, _ status: SeatBlockStatus, _ isLicensed: Bool) -> SeatSummary.Block {
        SeatSummary.Block(seats: seats, status: status, isLicensed: isLicensed)
    }

    @Test("R32: users beyond the licensed and enabled seats are unlicensed, though last year's block is still enabled")
    func unlicensed() {
        let blocks = [block(25, .enabled, false), block(25, .enabled, true)]
        let full = SeatSummary(blocks: blocks, consumedUnits: 25)
        #expect((full.unlicensedUnits, full.availableUnits, full.prepaidUnits.enabled) == (0, 0, 50))
        let over = SeatSummary(blocks: blocks, consumedUnits: 26)
        #expect((over.unlicensedUnits, over.availableUnits) == (1, 0))
        #expect(SeatSummary(blocks: blocks, consumedUnits: 24).availableUnits == 1)
    }

    @Test("R32: a licensed block that is past its service end covers nobody")
    func licensedButPast() {
        let summary = SeatSummary(blocks: [block(25, .warning, true)], consumedUnits: 10)
        #expect((summary.licensedUnits, summary.unlicensedUnits) == (0, 10))
    }

    @Test("R50: seats are counted by status, and deleted ones are not")
    func prepaidUnits() {
        let summary = SeatSummary(
            blocks: [
                block(1, .enabled, true), block(2, .warning, false), block(4, .suspended, false),
                block(8, .lockedOut, false), block(16, .deleted, false), block(32, .enabled, false),
            ],
            consumedUnits: 0
        )
        #expect(summary.prepaidUnits == PrepaidUnits(enabled: 33, warning: 2, suspended: 4, lockedOut: 8))
        #expect(summary.capabilityStatus == .enabled)
    }

    @Test(
        "R50: the SKU is as good as its best block",
        arguments: [
            ([SeatBlockStatus.warning, .enabled], SeatBlockStatus.enabled), ([.suspended, .warning], .warning),
            ([.deleted, .lockedOut, .suspended], .suspended), ([.deleted, .lockedOut], .lockedOut),
            ([.deleted], .deleted), ([], .deleted),
        ]
    )
    func capabilityStatus(statuses: [SeatBlockStatus], expected: SeatBlockStatus) {
        let summary = SeatSummary(blocks: statuses.map { block(5, $0, true) }, consumedUnits: 0)
        #expect(summary.capabilityStatus == expected)
    }
}
