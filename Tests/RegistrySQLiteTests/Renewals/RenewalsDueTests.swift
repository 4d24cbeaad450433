import Testing

@testable import Registry

@Suite("What is due, and the calendar")
struct RenewalsDueTests {
    private func due(
        _ registry: TestRegistry,
        within: Int = 30,
        openOnly: Bool = false,
        as caller: Caller = TestRegistry.owner
    ) async throws -> [DueRenewalResource] {
        var found: [DueRenewalResource] = []
        var key: RenewalKey?
        repeat {
            let page = try await registry.answer(
                ListDueRenewals(within: within, open: openOnly, after: key, limit: PageLimit(2)),
                as: caller
            )
            found += page.items
            key = page.next
        } while key != nil
        return found
    }

    @Test("R33: due from so many days before the last day through the window's last, and not after a renewal")
    func boundaries() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            for (day, count) in [
                ("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-31", 1), ("2027-01-01", 1), ("2027-01-30", 1),
                ("2027-01-31", 0),
            ] {
                registry.clock.set(day: day)
                #expect(try await due(registry).count == count, "\(day)")
            }
            registry.clock.set(day: "2026-12-31")
            #expect(try await due(registry, openOnly: true).isEmpty)
            let upcoming = try #require(try await due(registry).first)
            #expect((upcoming.state, upcoming.daysLeft) == (.upcoming, 30))
            registry.clock.set(day: "2027-01-30")
            #expect(try await due(registry, openOnly: true).map(\.daysLeft) == [0])
            try await registry.renew("gold")
            #expect(try await due(registry, within: 300).isEmpty)
            #expect(try await due(registry, within: 365).map(\.enrollmentId.value) == ["gold-2027"])
        }
    }

    @Test("R33: at pmc it is due on each of the window's 90 days, however short the look ahead")
    func membershipCenter() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold(portal: .membershipCenter)
            for (day, within, count) in [
                ("2026-10-02", 30, 0), ("2026-10-02", 90, 1), ("2026-10-03", 0, 1), ("2026-10-03", 30, 1),
                ("2026-12-31", 0, 1), ("2027-01-01", 365, 0),
            ] {
                registry.clock.set(day: day)
                #expect(try await due(registry, within: within).count == count, "\(day), \(within)")
                let isOpen = ("2026-10-03"..."2026-12-31").contains(day)
                #expect(try await due(registry, within: within, openOnly: true).count == (isOpen ? 1 : 0), "\(day)")
            }
        }
    }

    @Test("All of many are listed once, by their last day, across pages; others see what they may see")
    func pages() async throws {
        try await withTestRegistry { registry in
            for name in ["a", "b", "c", "d", "e"] {
                try await registry.addOrganization(name, portal: name == "c" ? .membershipCenter : .partnerCenter)
                try await registry.addEnrollment("gold-\(name)", of: name, program: "gold-competency", mint: false)
            }
            try await registry.addEnrollment("first", of: "e", program: "action-pack", start: "2025-12-15", mint: false)
            registry.clock.set(day: "2026-12-20")
            #expect(
                try await due(registry).map(\.enrollmentId.value) == [
                    "first", "gold-a", "gold-b", "gold-c", "gold-d", "gold-e",
                ]
            )
            #expect(try await due(registry, openOnly: true).map(\.enrollmentId.value) == ["first", "gold-c"])
            #expect(try await due(registry, as: registry.caller("nobody")).isEmpty)
        }
    }

    @Test("The calendar has the reminders, the window and the last day of every renewal to come")
    func calendar() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            let page = try await registry.answer(
                ListRenewalCalendar(organization: OrganizationID(stored: "contoso"), limit: PageLimit(10))
            )
            #expect(
                page.items.flatMap(\.days).map { "\($0.date) \($0.event.rawValue)" } == [
                    "2026-12-16 reminder", "2026-12-31 year-ends", "2027-01-01 window-opens", "2027-01-23 reminder",
                    "2027-01-30 window-closes",
                ]
            )
        }
    }

    @Test("R33: the database keeps a renewal as it was written")
    func schema() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            try await registry.renew("gold")
            for statement in [
                "UPDATE renewals SET applied_on = '2027-01-06'", "DELETE FROM renewals",
                "REPLACE INTO renewals SELECT * FROM renewals",
                "INSERT INTO renewals VALUES (2, 1, '2027-01-05', '2026-01-01', '{}', 0)",
                "UPDATE renewal_redemptions SET answer = '[]'", "DELETE FROM renewal_redemptions",
                "DELETE FROM token_voids",
            ] {
                #expect(throws: (any Error).self, "\(statement)") { try registry.sql(statement) }
            }
        }
    }
}
