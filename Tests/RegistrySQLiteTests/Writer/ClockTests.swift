import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("A clock that is wrong")
struct ClockTests {
    @Test(
        "A clock far from the ledger's last row is refused for writes, with both figures",
        arguments: [
            ("2026-03-02T09:24:59Z", false), ("2026-03-02T09:25:00Z", true), ("2028-03-02T09:30:00Z", true),
            ("2028-03-05T09:30:00Z", false), ("2099-01-01T00:00:00Z", false), ("1970-01-01T00:00:00Z", false),
            ("9999-12-31T23:59:59Z", false),
        ]
    )
    func bounds(clock: String, isAccepted: Bool) async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let instant = try #require(Instant(clock))
            registry.clock.set(instant)
            let error = try await refusal { try await registry.addOrganization("late") }
            #expect(error?.code == (isAccepted ? nil : .clockImplausible))
            guard let error else { return }
            #expect(error.fact("clock") == instant.description)
            if instant < Instant("2999-01-01T00:00:00Z")!, instant > Instant("2000-01-01T00:00:00Z")! {
                #expect(error.fact("ledger") == "2026-03-02T09:30:00.000000Z")
            }
        }
    }

    @Test("What a wrong clock refused leaves nothing behind: not even a denied read poisons the days that follow")
    func poisonsNothing() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let rows = try registry.value(Int64.self, "SELECT count(*) FROM audit")
            registry.clock.set(day: "2099-01-01")
            let stranger = registry.caller("eve")
            #expect(
                try await refusal { _ = try await registry.answer(Check(), as: stranger) }?.code == .accessDenied
            )
            #expect(try await refusal { try await registry.redeem(token) }?.code == .clockImplausible)
            #expect(try registry.value(Int64.self, "SELECT count(*) FROM audit") == rows)
            registry.clock.set(day: "2026-03-03")
            #expect(try await registry.redeem(token).redeemedOn == date("2026-03-03"))
        }
    }

    @Test("R29: a business day is the clock's, not the ledger's last row's")
    func businessDay() async throws {
        try await withTestRegistry(at: "2026-03-03T00:02:00Z") { registry in
            try await registry.addOrganization()
            let token = try #require(try await registry.addEnrollment("E1").tokens.first)
            try await registry.signUp(on: "2026-03-02")
            registry.clock.set(try #require(Instant("2026-03-02T23:59:00Z")))
            #expect(try await registry.redeem(token).redeemedOn == date("2026-03-02"))
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("A clock that is right is accepted with a reason, and work goes on", arguments: ["2031-05-01", "2024-05-01"])
    func accepted(day: String) async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            registry.clock.set(day: day)
            #expect(try await refusal { try await registry.addOrganization("late") }?.code == .clockImplausible)
            #expect(try await refusal { try await registry.perform(AcceptClock(reason: " ")) }?.code == .inputInvalid)
            let answer = try await registry.perform(AcceptClock(reason: "the machine slept"))
            #expect(answer.ledger.description == "2026-03-02T09:30:00.000000Z")
            #expect(answer.clock.description == "\(day)T12:00:00.000000Z")
            try await registry.addOrganization("late")
            #expect(try await registry.answer(Check()).findings == [])
            #expect(
                try await refusal { try await registry.perform(AcceptClock(reason: "again")) }?.code == .clockNotInDoubt
            )
        }
    }

    @Test("Only the registry's owner accepts a clock")
    func denied() async throws {
        try await withTestRegistry { registry in
            registry.clock.set(day: "2031-05-01")
            let error = try await refusal {
                try await registry.perform(AcceptClock(reason: "mine"), as: registry.caller("eve"))
            }
            #expect(error?.code == .accessDenied)
        }
    }

    @Test(
        "A clock that no year follows is refused for questions too, in a sentence",
        arguments: ["9999-12-31", "1989-12-31"]
    )
    func impossible(day: String) async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            registry.clock.set(day: day)
            let error = try await refusal { _ = try await registry.answer(ShowStatus()) }
            #expect(error?.code == .clockImplausible)
            #expect(
                try await refusal { try await registry.perform(AcceptClock(reason: "yes")) }?.code == .clockImplausible
            )
        }
    }
}
