import Testing

@testable import Registry

@Suite("Importing tokens against what is granted")
struct GrantedTokensTests {
    private func csv(_ rows: [(sku: String, seats: Int)], from first: Int = 0) -> String {
        "code,sku,seats\n"
            + rows.enumerated().map {
                "BBBBB-CCCCC-DDDDD-FFFFF-\(10_000 + first + $0.offset),\($0.element.sku),\($0.element.seats)\n"
            }
            .joined()
    }

    private func overrides(of action: String, in registry: TestRegistry) throws -> [String] {
        try registry.rows(
            "SELECT changes ->> 'overrides' FROM audit WHERE action = '\(action)' ORDER BY seal, sequence"
        )
        .map { $0[0] ?? "none" }
    }

    @Test("R12: seats beyond the grant are refused with the figures, and every row in the way is named")
    func beyond() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", mint: false)
            try await registry.importTokens(csv([("ENTERPRISEPACK", 20)]), of: "E1")
            let more = csv([("ENTERPRISEPACK", 5), ("ENTERPRISEPACK", 1), ("ENTERPRISEPACK", 25)], from: 1)
            let refused = try await refusal { try await registry.importTokens(more, of: "E1") }
            #expect(refused?.code == .importInvalid)
            #expect(refused?.inputProblems.map(\.row) == [3, 4])
            #expect(refused?.inputProblems.map(\.code) == [.entitlementExceeded, .entitlementExceeded])
            #expect(refused?.inputProblems.map(\.rule) == [.r12, .r12])
            #expect(
                refused?.detail.contains(
                    "E1 grants 25 seats of office-suite in tokens; 20 are there already, and the file has 31."
                ) == true
            )
            #expect(try registry.value(Int.self, "SELECT count(*) FROM tokens") == 1)
            try await registry.importTokens(csv([("ENTERPRISEPACK", 5)], from: 1), of: "E1")
        }
    }

    @Test("R12, R36: other SKUs and Intune are refused, and recorded as facts where R12 is overridden")
    func ungranted() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", mint: false)
            let file = csv([("ENTERPRISEPREMIUM", 25), ("INTUNE_A", 25), ("ENTERPRISEPACK", 25)])
            let refused = try await refusal { try await registry.importTokens(file, of: "E1") }
            #expect(refused?.inputProblems.map(\.code) == [.tokenNotGranted, .tokenNotGranted])
            #expect(refused?.inputProblems.map(\.rule) == [.r12, .r36])
            #expect(refused?.inputProblems.map(\.column) == ["sku", "sku"])

            let taken = try await registry.importTokens(file, of: "E1", overrides: [.r12])
            #expect(taken.tokens == 3)
            let warnings = taken.warnings.filter { $0.code != "code.outside-alphabet" }
            #expect(warnings.map(\.code) == ["tokens.not-granted", "tokens.not-granted"])
            #expect(try overrides(of: "token.import", in: registry) == [#"["R12"]"#])
            let statement = try await registry.statement()
            #expect(statement.warnings == warnings)
            let check = try await registry.answer(Check())
            #expect(check.sound)
            #expect(check.notes.map(\.subject) == ["E1", "E1"])
        }
    }

    @Test("An override is recorded only where it made the difference")
    func needless() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", mint: false)
            try await registry.importTokens(csv([("ENTERPRISEPACK", 25)]), of: "E1", overrides: [.r12])
            #expect(try overrides(of: "token.import", in: registry) == ["none"])
            try await registry.signUp()
            try await registry.redeem(TokenID(number: 1), overrides: [.r12, .r37])
            #expect(try overrides(of: "token.redeem", in: registry) == ["none"])
            try await registry.importTokens(csv([("ENTERPRISEPACK", 25)], from: 1), of: "E1", overrides: [.r12])
            try await registry.redeem(TokenID(number: 2), intent: .extend, overrides: [.r12, .r37])
            #expect(try overrides(of: "token.import", in: registry) == ["none", #"["R12"]"#])
            #expect(try overrides(of: "token.redeem", in: registry) == ["none", #"["R37"]"#])
        }
    }

    @Test("R12: what was issued before an older enrollment was entered is said, and the registry is sound")
    func enteredSince() async throws {
        try await withTestRegistry(at: "2026-04-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            let maximum = ProductMaximum(country: 50, worldwide: 150)
            try await registry.addProgram("thirty", kind: .silverCompetency, officeSuites: 30, maximum: maximum)
            try await registry.addProgram("forty", kind: .silverCompetency, officeSuites: 40, maximum: maximum)
            try await registry.addEnrollment("A", program: "thirty", start: "2026-03-01")
            #expect(try await registry.statement().warnings.isEmpty)
            try await registry.addEnrollment("B", program: "forty", start: "2025-06-01")
            let warnings = try await registry.statement().warnings
            #expect(warnings.map(\.code) == ["tokens.beyond-grant"])
            #expect(warnings.map(\.detail).first?.contains("30 seats of office-suite, and it grants 10") == true)
            let check = try await registry.answer(Check())
            #expect(check.sound && check.notes.map(\.code) == ["tokens.beyond-grant"])
        }
    }

    @Test("R11, R44: what rests on something that ended is shown as resting on nothing")
    func restsOnNothing() async throws {
        try await withTestRegistry(at: "2018-06-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            try await registry.addLocation("lyon", country: "FR")
            try await registry.addEnrollment("silver", location: "lyon", start: "2018-01-01", mint: false)
            try await registry.addEnrollment("ca", program: "cloud-accelerate", start: "2018-02-01", mint: false)
            try await registry.addEnrollment(
                "kit",
                program: "additional-benefit-toolkit",
                location: "lyon",
                start: "2018-03-01",
                mint: false
            )
            func codes() async throws -> [String] {
                try await registry.remarks().map { "\($0.enrollmentID) \($0.warning.code)" }
            }
            #expect(try await codes().isEmpty)
            try await registry.perform(
                EndEnrollment(enrollment: EnrollmentID(stored: "silver"), on: date("2018-05-01"))
            )
            #expect(try await codes() == ["ca enrollment.rests-on-nothing", "kit enrollment.rests-on-nothing"])
            #expect(try await registry.statement(asOf: "2018-04-30").warnings.isEmpty)
            let check = try await registry.answer(Check())
            #expect(check.sound && check.notes.map(\.subject) == ["ca", "kit"])
            registry.clock.set(day: "2019-01-20")
            let due = try await registry.answer(ListDueRenewals(within: 60, limit: PageLimit(10))).items
            #expect(due.map(\.warning?.rule) == [.r44, .r11])
        }
    }
}
