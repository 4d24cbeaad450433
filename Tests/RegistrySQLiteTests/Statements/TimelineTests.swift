import RegistrySQLite
import Testing

@testable import Registry

@Suite("The timeline says when seats were activated and when they lapse")
struct TimelineTests {
    @Test("Redemptions, purchases, replacements and tokens that nobody redeemed, each with its last day")
    func events() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            try await registry.addSubscription("ENTERPRISEPACK", seats: 7, source: "Reseller", ends: "2026-09-30")
            let timeline = try await registry.timeline()
            #expect(timeline.from == date("2025-03-02"))
            #expect(timeline.through == date("2027-03-02"))
            #expect(
                timeline.lines == [
                    "2026-03-02 activated 7 contoso.onmicrosoft.com Reseller",
                    "2026-03-02 activated 25 contoso.onmicrosoft.com program",
                    "2026-09-30 service-ends 7 contoso.onmicrosoft.com Reseller",
                    "2026-12-31 rights-end 25 contoso.onmicrosoft.com program",
                    "2027-03-02 service-ends 25 contoso.onmicrosoft.com program",
                ]
            )
            let second = try await registry.addEnrollment(program: "silver-competency", start: "2026-02-01")
            #expect(second.tokens.count == 1)
            #expect(try await registry.timeline().lines.contains("2027-01-31 tokens-end 25 - program"))
        }
    }

    @Test("R32: rights end the day before an enrollment that was given up ended")
    func ended() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            registry.clock.set(day: "2026-06-01")
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "E1"), on: date("2026-06-01")))
            let lines = try await registry.timeline().lines
            #expect(lines.contains("2026-05-31 rights-end 25 contoso.onmicrosoft.com program"))
            #expect(!lines.contains { $0.contains("2026-12-31") })
        }
    }

    @Test("A timeline as of a day equals the one saved that day")
    func asOf() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let second = try await registry.addEnrollment(program: "gold-competency", start: "2026-02-01")
            let saved = try await registry.timeline()
            registry.clock.set(day: "2026-03-20")
            try await registry.redeem(token)
            try await registry.redeem(second.tokens[0])
            let march = try await registry.timeline()
            registry.clock.set(day: "2026-06-01")
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "E1"), on: date("2026-06-01")))
            registry.clock.set(day: "2027-06-01")
            #expect(try await registry.timeline(asOf: "2026-03-02") == saved)
            #expect(try await registry.timeline(asOf: "2026-03-20") == march)
            #expect(saved.events.allSatisfy { $0.event == .tokensEnd })
        }
    }

    @Test("A day that is still to come is refused, and an empty organisation has no events")
    func limits() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            #expect(try await registry.timeline().events.isEmpty)
            let refusal = try await refusal { _ = try await registry.timeline(asOf: "2026-03-03") }
            #expect(refusal?.code == .dateInFuture)
        }
    }
}

extension TestRegistry {
    fileprivate func timeline(asOf day: String? = nil) async throws -> TimelineResource {
        try await answer(ShowTimeline(organization: OrganizationID(stored: "contoso"), asOf: day.map(date)))
    }
}

extension TimelineResource {
    fileprivate var lines: [String] {
        events.map { "\($0.on) \($0.event) \($0.seats) \($0.tenantDomain?.value ?? "-") \($0.source)" }
    }
}
