import Testing

@testable import Registry

@Suite("What is granted, whatever was entered when")
struct GrantOrderTests {
    private func granted(
        _ registry: TestRegistry,
        _ product: ProductLine,
        asOf day: String
    ) async throws -> [String: Int] {
        let statement = try await registry.statement(asOf: day)
        var granted: [String: Int] = [:]
        for held in statement.enrollments {
            granted[held.id.value] = held.grants.first { $0.product == product }?.granted
        }
        let entitlement = statement.products.first { $0.product == product }?.entitlement ?? 0
        granted["all"] = entitlement
        return granted
    }

    private func changes(_ details: EnrollmentResource) -> [String] {
        details.changes.filter { $0.product == .officeSuite }.map {
            "\($0.enrollmentId) from \($0.from) through \($0.through): \($0.before), now \($0.after)"
        }
    }

    private func isSound(_ registry: TestRegistry) async throws -> Bool {
        try await registry.answer(Check()).sound
    }

    @Test("R12: 30 from March, and then 40 from June of the year before: 50 of at most 50, the older first")
    func enteredLate() async throws {
        try await withTestRegistry(at: "2026-04-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            let maximum = ProductMaximum(country: 50, worldwide: 150)
            try await registry.addProgram("thirty", kind: .silverCompetency, officeSuites: 30, maximum: maximum)
            try await registry.addProgram("forty", kind: .silverCompetency, officeSuites: 40, maximum: maximum)
            let first = try await registry.addEnrollment("A", program: "thirty", start: "2026-03-01", mint: false)
            #expect(first.changes.isEmpty)
            let second = try await registry.addEnrollment("B", program: "forty", start: "2025-06-01", mint: false)
            #expect(second.grants.map(\.granted) == [40])
            #expect(changes(second) == ["A from 2026-03-01 through 2026-06-30: 30, now 10"])
            #expect(try await granted(registry, .officeSuite, asOf: "2026-04-01") == ["A": 10, "B": 40, "all": 50])
            #expect(try await granted(registry, .officeSuite, asOf: "2026-02-28") == ["B": 40, "all": 40])
            #expect(try await isSound(registry))
            // Its window closes with 30 June 2026, and what it took is there again.
            registry.clock.set(day: "2026-07-01")
            #expect(try await granted(registry, .officeSuite, asOf: "2026-06-30") == ["A": 10, "B": 40, "all": 50])
            #expect(try await granted(registry, .officeSuite, asOf: "2026-07-01") == ["A": 30, "B": 40, "all": 30])
        }
    }

    @Test("R12: ending an enrollment gives the others what it took, and says so")
    func ending() async throws {
        try await withTestRegistry(at: "2026-04-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            let maximum = ProductMaximum(country: 50, worldwide: 150)
            try await registry.addProgram("forty", kind: .silverCompetency, officeSuites: 40, maximum: maximum)
            try await registry.addEnrollment("A", program: "forty", start: "2026-01-01", mint: false)
            try await registry.addEnrollment("B", program: "forty", start: "2026-01-01", mint: false)
            #expect(try await granted(registry, .officeSuite, asOf: "2026-04-01") == ["A": 40, "B": 10, "all": 50])
            let ended = try await registry.perform(
                EndEnrollment(enrollment: EnrollmentID(stored: "A"), on: date("2026-03-01"))
            )
            #expect(
                ended.changes.map { "\($0.enrollmentId) \($0.from) \($0.before) \($0.after)" } == ["B 2026-03-01 10 40"]
            )
            #expect(try await granted(registry, .officeSuite, asOf: "2026-02-28") == ["A": 40, "B": 10, "all": 50])
            #expect(try await granted(registry, .officeSuite, asOf: "2026-03-01") == ["A": 40, "B": 40, "all": 40])
        }
    }

    @Test("R38: the Azure credit goes on with gold when the Action Pack that had it ends")
    func creditIsNotLost() async throws {
        try await withTestRegistry(at: "2026-06-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("pack", program: "action-pack", start: "2026-01-01")
            try await registry.addEnrollment("gold", program: "gold-competency", start: "2026-02-01")
            #expect(
                try await granted(registry, .azureCredit, asOf: "2026-03-01") == ["pack": 100, "gold": 0, "all": 100]
            )
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "pack"), on: date("2026-04-01")))
            #expect(try await granted(registry, .azureCredit, asOf: "2026-04-01")["all"] == 100)
            #expect(try await granted(registry, .azureCredit, asOf: "2026-04-01")["gold"] == 100)
            #expect(try await isSound(registry))
        }
    }

    @Test("R38: the Azure credit is one, also when gold was entered before an older silver")
    func creditIsNotDoubled() async throws {
        try await withTestRegistry(at: "2026-06-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("gold", program: "gold-competency", start: "2026-03-01")
            let silver = try await registry.addEnrollment("silver", program: "silver-competency", start: "2025-09-01")
            #expect(silver.changes.contains { $0.product == .azureCredit && ($0.before, $0.after) == (100, 0) })
            #expect(
                try await granted(registry, .azureCredit, asOf: "2026-06-01") == ["gold": 0, "silver": 100, "all": 100]
            )
            #expect(try await isSound(registry))
        }
    }

    @Test("R12: an enrollment that begins later shows what it will grant on its first day")
    func upcoming() async throws {
        try await withTestRegistry(at: "2026-04-01T09:00:00Z") { registry in
            try await registry.addOrganization()
            let maximum = ProductMaximum(country: 50, worldwide: 150)
            try await registry.addProgram("forty", kind: .silverCompetency, officeSuites: 40, maximum: maximum)
            try await registry.addEnrollment("A", program: "forty", start: "2026-03-01", mint: false)
            let added = try await registry.addEnrollment("B", program: "forty", start: "2026-09-01", mint: true)
            #expect(added.grants.map(\.granted) == [10])
            #expect(added.tokens.count == 1)
            let shown = try await registry.answer(ListEnrollments(organization: OrganizationID(stored: "contoso")))
            #expect(shown.map { $0.grants.map(\.granted) } == [[40], [10]])
        }
    }
}
