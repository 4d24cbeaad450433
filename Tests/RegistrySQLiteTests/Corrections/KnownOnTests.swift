import Testing

@testable import Registry
@testable import RegistrySQL

@Suite("What was known")
struct KnownOnTests {
    private static let contoso = OrganizationID(stored: "contoso")

    @Test("Fifty statements are reproduced to the byte, whatever was entered and corrected since")
    func reproduced() async throws {
        try await withTestRegistry { registry in
            let random = SeededRandomSource(seed: 7)
            try await registry.redeem(registry.addContoso())
            var saved: [StatementResource] = []
            for step in 1...50 {
                registry.clock.advance(seconds: Int64(random.next() % 4) * 86_400 + 1)
                try await Self.change(registry, step, random)
                let today = OrganizationTimeZone.utc.day(of: registry.clock.now())
                let asOf = step.isMultiple(of: 3) ? max(date("2026-03-03"), today.adding(days: -5)) : nil
                saved.append(try await registry.answer(ShowStatement(organization: Self.contoso, asOf: asOf)))
            }
            registry.clock.advance(seconds: 40 * 86_400 + 1)
            for statement in saved {
                let again = try await registry.answer(
                    ShowStatement(
                        organization: Self.contoso,
                        asOf: statement.asOf,
                        knownOn: .sequence(statement.auditSequence)
                    )
                )
                #expect(again == statement, "as of \(statement.asOf), row \(statement.auditSequence)")
            }
            #expect(saved.contains { $0.correctedLater > 0 || $0.recordedLater > 0 })
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    /// Something that changes what a statement says, sometimes of an earlier day.
    private static func change(
        _ registry: TestRegistry,
        _ step: Int,
        _ random: SeededRandomSource
    ) async throws {
        switch random.next() % 6 {
        case 0: try await registry.assignSeat("u\(step)@contoso.com")
        case 1: try await registry.assignLicense("p\(step)@contoso.com")
        case 2:
            try await registry.addEnrollment(
                "X\(step)",
                program: "silver-competency",
                start: "2026-03-0\(1 + random.next() % 2)",
                mint: false
            )
        case 3: try await registry.addLocation("l\(step)", country: "FR")
        case 4:
            try await registry.perform(
                CorrectOrganization(
                    organization: contoso,
                    name: KeptText(stored: "Name \(step)"),
                    portal: step.isMultiple(of: 2) ? .membershipCenter : .partnerCenter,
                    reason: KeptText(stored: "wrong")
                )
            )
        default:
            try await registry.perform(
                EndEnrollment(
                    enrollment: registry.addEnrollment("Y\(step)", start: "2026-03-01", mint: false).id,
                    on: OrganizationTimeZone.utc.day(of: registry.clock.now())
                )
            )
        }
    }

    @Test("Before the first row nothing is known, and a row that is not there is refused with the last one")
    func unknown() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let earlier = try await refusal {
                _ = try await registry.answer(
                    ShowStatement(organization: Self.contoso, knownOn: .day(date("2025-01-01")))
                )
            }
            #expect(earlier?.code == .dateTooEarly)
            let missing = try await refusal {
                _ = try await registry.answer(ShowStatement(organization: Self.contoso, knownOn: .sequence(99)))
            }
            #expect(missing?.code == .inputInvalid)
            let future = try await refusal {
                _ = try await registry.answer(
                    ShowStatement(organization: Self.contoso, knownOn: .day(date("2030-01-01")))
                )
            }
            #expect(future?.code == .dateInFuture)
        }
    }

    @Test("Each table whose rows say when they were recorded is read as it was known, but the catalogue of SKUs")
    func tables() throws {
        let script = Schema.migrations.joined()
        let recorded = Schema.statements(of: script).compactMap { statement -> String? in
            guard statement.contains(#/\n\s*recorded_at /#) else { return nil }
            return statement.firstMatch(of: #/CREATE TABLE (\w+)/#).map { String($0.1) }
        }
        let known = KnownTables(schema: "main", instant: "0", correctedLater: []).names
        #expect(recorded.count > 20)
        #expect(Set(recorded).subtracting(known) == ["skus"])
    }
}
