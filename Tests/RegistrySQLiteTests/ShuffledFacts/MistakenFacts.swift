@testable import Registry

extension ShuffledFactsTests {
    /// Enters a fact wrongly and corrects it, where that alone would be accepted; else enters it as it is.
    static func performWrongly(_ fact: Fact, of index: Int, in registry: TestRegistry) async throws {
        let reason = KeptText(stored: "mistyped")
        let day = day(fact.day)
        switch fact.kind {
        case .enroll(let id, let program, let location):
            let enrollment = EnrollmentID(stored: "o\(index)-\(id)")
            let wrongProgram = FactProgram.all[(index / 2 + fact.day) % FactProgram.all.count]
            let wrongLocation = FactLocation.all[(index / 2 + fact.day) % FactLocation.all.count]
            try await registry.addEnrollment(
                enrollment.value,
                of: "o\(index)",
                program: wrongProgram.id,
                location: wrongLocation.id,
                start: day.adding(days: fact.day % 5 - 2).description,
                mint: false
            )
            let wrong = try await registry.answer(ShowEnrollment(enrollment: enrollment))
            let isRight =
                wrong.program.value == program.id && wrong.locationId.value == location.id && wrong.startsOn == day
            if !isRight {
                try await registry.perform(
                    CorrectEnrollment(
                        enrollment: enrollment,
                        startsOn: day,
                        location: LocationID(stored: location.id),
                        program: ProgramID(stored: program.id),
                        reason: reason
                    )
                )
            }
            let imported = try await registry.importTokens(
                "code,sku,seats\n\(code(index, id)),\(e3),\(program.suites + 1)\n",
                of: enrollment.value,
                overrides: [.r12]
            )
            if let token = imported.firstTokenId {
                try await registry.perform(CorrectToken(token: token, seats: program.suites, reason: reason))
            }
        case .end(let id):
            let enrollment = EnrollmentID(stored: "o\(index)-\(id)")
            try await registry.perform(EndEnrollment(enrollment: enrollment, on: day), dryRun: true)
            try await registry.perform(EndEnrollment(enrollment: enrollment, on: day))
            try await registry.perform(CorrectEnrollment(enrollment: enrollment, reopen: true, reason: reason))
            try await perform(fact, of: index, in: registry)
        case .redeem(let id):
            let tenant = try TenantReference("o\(index).\(Fact.domain)")
            func redemption(on day: CalendarDate) throws -> RedeemToken {
                RedeemToken(code: try ActivationCode(parsing: code(index, id)), tenant: tenant, on: day, intent: .add)
            }
            try await registry.perform(redemption(on: day), dryRun: true)
            let wrong = try? await registry.perform(redemption(on: day.adding(days: 1)))
            guard let wrong else { return try await perform(fact, of: index, in: registry) }
            try await registry.perform(CorrectRedemption(token: wrong.tokenId, redeemedOn: day, reason: reason))
        case .signUp, .assign, .release: try await perform(fact, of: index, in: registry)
        }
    }
}
