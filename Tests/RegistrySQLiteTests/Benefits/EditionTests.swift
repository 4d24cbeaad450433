import Testing

@testable import Registry

private let tenant = "contoso.onmicrosoft.com"

@Suite("Editions of the licence table")
struct EditionTests {
    private func diff(_ registry: TestRegistry, _ from: String, _ to: String) async throws -> [ProgramChange] {
        try await registry.answer(
            DiffPrograms(from: EditionID(stored: from), to: EditionID(stored: to), program: ProgramID(stored: "core"))
        )
    }

    @Test("An enrollment is made from the edition of its first day, or from the one that is named, and keeps it")
    func keeps() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let old = try await registry.addEnrollment("a", program: "designation-modern-work", start: "2025-06-01")
            let new = try await registry.addEnrollment("b", program: "designation-infrastructure", start: "2026-01-01")
            #expect((old.edition?.value, new.edition?.value) == ("2025", "2026"))
            #expect(!old.tokens.isEmpty && new.tokens.isEmpty)
            let silver = try await registry.addEnrollment("c", program: "silver-competency")
            #expect(silver.edition == Edition.first.id)
        }
    }

    @Test("R53: an enrollment that begins after its programme's last sale is recorded with a warning")
    func afterLastSale() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let last = try await registry.addEnrollment("last", start: "2025-01-21")
            let late = try await registry.addEnrollment("late", start: "2025-01-22")
            #expect(last.warnings.isEmpty)
            #expect(late.warnings.map(\.rule) == [.r53])
        }
    }

    @Test("R53: of a gold competency's users, the smallest package that has a seat for each carries them")
    func successors() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            for user in ["a", "b", "c", "d", "e", "f"] {
                try await registry.assignSeat("\(user)@contoso.onmicrosoft.com")
            }
            let found = try await registry.answer(ListSuccessors(enrollment: EnrollmentID(stored: "E1")))
            #expect(found.first { $0.carries }?.program.value == "core")
            #expect(found.allSatisfy { $0.users == 6 })
        }
    }

    @Test("R52: a second package is refused while the first is in force, and so is a change during the year")
    func packages() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("launch", program: "launch", mint: false)
            await #expect {
                try await registry.addEnrollment("core", program: "core", mint: false)
            } throws: { ($0 as? Refusal)?.rule == .r52 }
            try await registry.addEnrollment("mw", program: "designation-modern-work", mint: false)
        }
    }

    @Test("The difference between two editions names traits and figures, and its own edition none")
    func differences() async throws {
        try await withTestRegistry { registry in
            let changes = try await diff(registry, "2025", "2026")
            #expect(changes.contains { ($0.subject, $0.before, $0.after) == ("redemption", "code", "purchase") })
            #expect(try await diff(registry, "2026", "2026").isEmpty)
            await #expect { try await diff(registry, "2026", "1999") } throws: {
                ($0 as? Refusal)?.code == .programNotFound
            }
        }
    }

    @Test("An imported edition stands beside the others; what was left out of it stays")
    func imports() async throws {
        try await withTestRegistry { registry in
            let table = try await registry.answer(ExportPrograms())
            let again = try await registry.perform(ImportPrograms(programs: table.programs, source: nil))
            #expect(again.updated.isEmpty && again.added.isEmpty)
            var entry = try #require(table.programs.first { $0.id == "core" && $0.edition == "2026" })
            entry.edition = "2027"
            entry.editionFrom = "2027-01-01"
            try await registry.perform(ImportPrograms(programs: [entry], source: nil))
            let core = try await registry.answer(ListPrograms()).filter { $0.id.value == "core" }
            #expect(core.map(\.edition.value) == ["2025", "2026", "2027"])
        }
    }

    /// A registry with Modern Work of 2025, whose benefits have codes, and the tokens of one suite.
    private func withTokens(_ body: (TestRegistry, [TokenID]) async throws -> Void) async throws {
        try await withTestRegistry(at: "2025-12-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("mw", program: "designation-modern-work", start: "2025-02-01", mint: false)
            try await registry.signUp(on: "2025-02-01")
            let csv =
                "code,sku,seats\nPQ9RT-WXY23-46789-BCDFG-HJKMN,SPE_E5,100\nRQ9RT-WXY23-46789-BCDFG-HJKMP,SPE_E5,25\n"
            try await registry.importTokens(csv, of: "mw")
            let tokens = try await registry.store.read { try $0.tokenIDs(of: EnrollmentID(stored: "mw")) }
            try await body(registry, tokens)
        }
    }

    @Test("R55: adding in an edition that merges gives the seats that are there and the new ones one end")
    func merges() async throws {
        try await withTokens { registry, tokens in
            try await registry.redeem(tokens[0], day: "2025-02-01")
            let rehearsal = try await registry.perform(
                RedeemToken(
                    token: tokens[1],
                    tenant: TenantReference(tenant),
                    on: CalendarDate("2025-08-01")
                ),
                dryRun: true
            )
            #expect(rehearsal.warnings.map(\.code) == ["redemption.adding", "redemption.extending"])
            #expect(rehearsal.warnings.map(\.rule) == [.r55, .r56])
            let added = try await registry.redeem(tokens[1], day: "2025-08-01")
            let ends = try await registry.store.read { reading in
                try reading.seatBlocks(on: DomainName(tenant), of: nil).map(\.serviceEndsOn)
            }
            #expect(ends == [added.serviceEndsOn, added.serviceEndsOn])
            #expect(added.serviceEndsOn.description > "2026-02-01" && added.serviceEndsOn.description < "2026-08-01")
            let check = try await registry.answer(Check())
            #expect(check.findings.isEmpty, "\(check.findings)")
        }
    }

    @Test("R61: a token of an edition that names a day is redeemed through it, and not after")
    func activateBy() async throws {
        try await withTestRegistry(at: "2027-06-01T09:00:00Z") { registry in
            let benefit = ProgramTable.Benefit(
                product: "microsoft-365-e5",
                quantity: 10,
                skuPartNumber: "SPE_E5",
                tokenSeats: 5,
                activateWithinDays: 30
            )
            let entry = ProgramTable.Entry(
                id: "coded",
                kind: "designation",
                edition: "2027",
                traits: ProgramTable.Traits(redemption: "code", serviceEnd: "twelve-months"),
                benefits: [benefit]
            )
            try await registry.perform(ImportPrograms(programs: [entry], source: nil))
            try await registry.addOrganization()
            let tokens = try await registry.addEnrollment("coded", program: "coded", start: "2027-01-01").tokens
            try await registry.signUp(on: "2027-01-01")
            await #expect {
                try await registry.redeem(tokens[0], day: "2027-02-01")
            } throws: { ($0 as? Refusal)?.rule == .r61 }
            try await registry.redeem(tokens[0], day: "2027-01-31")
        }
    }

    @Test("R56: such an edition extends without an override, and the licensing FAQ's is refused it")
    func extends() async throws {
        try await withTokens { registry, tokens in
            try await registry.redeem(tokens[0], day: "2025-02-01")
            let extended = try await registry.redeem(tokens[1], day: "2025-08-01", intent: .extend)
            #expect(extended.serviceEndsOn.description == "2026-05-01")
            try await registry.addEnrollment("silver", start: "2025-01-01")
            let silver = try await registry.store.read { try $0.tokenIDs(of: EnrollmentID(stored: "silver")) }
            await #expect {
                try await registry.redeem(silver[0], day: "2025-08-01", intent: .extend)
            } throws: { ($0 as? Refusal)?.rule == .r37 }
        }
    }
}
