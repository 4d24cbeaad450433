import RegistrySQLite
import Testing

@testable import Registry

@Suite("The statement says what was granted, used and left on a day")
struct StatementTests {
    @Test("A statement as of a day equals the one saved that day, after a year of renewals, switches and releases")
    func asOf() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            for number in 1...5 { try await registry.assignSeat("c\(number)@contoso.com") }
            try await registry.assignLicense("p1@contoso.com")
            try await registry.assignLicense("p2@contoso.com", purpose: "training")
            try await registry.assignLicense("p3@contoso.com", source: "Open 7123")
            let saved = try await registry.statement()

            registry.clock.set(day: "2026-04-10")
            try await registry.addLocation("rome", country: "IT")
            try await registry.switchUser("c1@contoso.com")
            try await registry.switchUser("p1@contoso.com", toCloud: "contoso.onmicrosoft.com", location: "rome")
            try await registry.releaseSeat("c2@contoso.com")
            let second = try await registry.addEnrollment(program: "gold-competency", start: "2026-04-10")
            try await registry.redeem(try #require(second.tokens.first))
            try await registry.assignSeat("c6@contoso.com", location: "rome")
            let april = try await registry.statement()
            registry.clock.set(day: "2027-06-01")
            try await registry.releaseSeat("c3@contoso.com")
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "E1"), on: date("2027-02-01")))

            #expect(try await registry.statement(asOf: "2026-03-02").figures == saved.figures)
            #expect(try await registry.statement(asOf: "2026-04-10").figures == april.figures)
            #expect(try await registry.officeSuite(asOf: "2026-03-01")?.used.total == 0)
            #expect(april != saved)
        }
    }

    @Test("R33: a day of the window before a late renewal is stated as it was, without the successor")
    func lateRenewal() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            registry.clock.set(day: "2027-01-10")
            let saved = try await registry.statement()
            registry.clock.set(day: "2027-01-20")
            try await registry.renew("E1", redeem: false)
            #expect(try await registry.statement(asOf: "2027-01-10").figures == saved.figures)
            #expect(saved.enrollments.map(\.status) == [.active])
            #expect(try await registry.statement().enrollments.map(\.status) == [.renewed, .active])
        }
    }

    @Test("The figures from the history and the sums that are kept agree on every day")
    func agree() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            for day in 3...20 {
                registry.clock.set(day: day < 10 ? "2026-03-0\(day)" : "2026-03-\(day)")
                try await registry.assignSeat("c\(day)@contoso.com")
                if day > 3, day.isMultiple(of: 3), !(day - 1).isMultiple(of: 4) {
                    try await registry.switchUser("c\(day - 1)@contoso.com")
                }
                if day.isMultiple(of: 4) { try await registry.releaseSeat("c\(day)@contoso.com") }
                let organization = OrganizationID(stored: "contoso")
                let today = date(day < 10 ? "2026-03-0\(day)" : "2026-03-\(day)")
                let kept = try await registry.store.read { try Set($0.use(of: nil, in: organization)) }
                let told = try await registry.store.read { try Set($0.use(of: nil, in: organization, on: today)) }
                #expect(kept == told)
            }
        }
    }

    @Test("R12: what did not fit is stated, and the derivation names the ledger's rows")
    func explains() async throws {
        try await withTestRegistry { registry in
            try await registry.addProgram(
                "silver-competency",
                kind: .silverCompetency,
                officeSuites: 10,
                maximum: ProductMaximum(country: 15, worldwide: 30)
            )
            try await registry.redeem(registry.addContoso())
            try await registry.addEnrollment("E2")
            let seat = try await registry.assignSeat("a@contoso.com")
            let office = try #require(try await registry.officeSuite())
            #expect((office.earned, office.clipped, office.entitlement) == (20, 5, 15))
            let explanation = try await registry.answer(
                ExplainStatement(
                    organization: OrganizationID(stored: "contoso"),
                    product: .officeSuite
                )
            )
            #expect(explanation.lines.filter { $0.kind == .grant }.map(\.quantity) == [10, 5])
            #expect(explanation.lines.filter { $0.kind == .clipped }.map(\.quantity) == [5])
            #expect(explanation.lines.first { $0.kind == .use }?.auditSequences == [seat.auditSequence])
            #expect(explanation.lines.filter { $0.kind == .grant }.allSatisfy { !$0.auditSequences.isEmpty })
        }
    }

    @Test("The day is the organisation's: a seat given in its last second counts on it")
    func lastSecond() async throws {
        try await withTestRegistry(at: "2026-03-02T12:00:00Z") { registry in
            let berlin = try #require(OrganizationTimeZone("Europe/Berlin"))
            try await registry.addOrganization(timeZone: berlin)
            try await registry.addEnrollment()
            // 29 March is 23 hours long in Berlin.
            registry.clock.set(try #require(Instant("2026-03-29T21:59:59Z")))
            try await registry.assignLicense("a@contoso.com")
            registry.clock.set(try #require(Instant("2026-03-29T22:00:00Z")))
            try await registry.assignLicense("b@contoso.com")
            #expect(try await registry.officeSuite(asOf: "2026-03-29")?.used.total == 1)
            #expect(try await registry.officeSuite()?.used.total == 2)
        }
    }

    @Test("R32: after the year and its window the entitlement is gone, and the use that is left is told")
    func lapsed() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat("a@contoso.com")
            registry.clock.set(day: "2027-01-30")
            #expect(try await registry.officeSuite()?.entitlement == 25)
            registry.clock.set(day: "2027-01-31")
            let office = try #require(try await registry.officeSuite())
            #expect(office.entitlement == 0)
            #expect(office.limitsPassed.map(\.limit) == [.entitlement])
            #expect(try await registry.statement().tenants.first?.seats.first?.unlicensedUnits == 1)
        }
    }

    @Test("A statement needs its permission, and none is given for a day to come")
    func refusals() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let query = ShowStatement(organization: OrganizationID(stored: "contoso"))
            let denied = try await refusal { _ = try await registry.answer(query, as: registry.caller("eve")) }
            #expect(denied?.code == .organizationNotFound)
            let future = try await refusal { _ = try await registry.statement(asOf: "2026-03-03") }
            #expect(future?.code == .dateInFuture)
        }
    }
}
