/// Carries out the placement of a renewal, with the rules and ledger rows of any redemption and sign-up.
struct RenewalPlacing {
    let organization: Organization
    let context: CommandContext

    /// - Parameters:
    ///   - redeems: whether the placement is asked for now.
    ///   - day: when it happened; nil for today.
    func answer(_ recorded: RecordedRenewal, redeems: Bool, on day: CalendarDate?) throws -> RenewalResource {
        let applied = recorded.applied
        let arrived = try ArrivedTokens(for: applied, in: context.transaction)
        let placements = arrived?.placements ?? applied.answer.placements
        let firstDay = applied.answer.nextYear.startsOn
        func answer(_ outcome: CarriedOut, awaits: Bool = false) -> RenewalResource {
            var answer = applied.answer
            answer.issued = arrived?.issued ?? answer.issued
            answer.placements = placements
            answer.redemptions = outcome.redemptions.map { Performed($0, isDryRun: context.options.isDryRun) }
            answer.signUps = outcome.signUps
            answer.awaitsRedemptionFrom = awaits ? firstDay : nil
            answer.awaitsCodes = arrived.map { !$0.isComplete } ?? false
            return answer
        }
        let before: CarriedOut
        switch recorded.redemption {
        case .done(let outcome): return answer(outcome)
        case .awaited(let outcome): before = outcome
        case .notAskedFor: before = .nothing
        }
        let day = try context.day(stated: day, in: organization)
        guard redeems else { return answer(before, awaits: recorded.redemption != .notAskedFor && day < firstDay) }
        if recorded.redemption == .notAskedFor {
            try context.transaction.awaitRedemption(of: applied.answer.enrollmentId, recordedAt: context.now)
            try context.record(
                "renewal.ask-redemption",
                subject: applied.answer.enrollmentId,
                changes: ["successor": applied.answer.successorId, "from": firstDay]
            )
        }
        guard day >= firstDay else { return answer(before, awaits: true) }
        let outcome = CarriedOut(
            redemptions: try before.redemptions
                + placements.compactMap { placement in
                    try placement.tokenId.flatMap { try redeem($0, on: placement.tenantDomain, day: day) }
                },
            signUps: try before.signUps
                + applied.signUps.filter { try signUp($0, through: applied.answer.successorId, on: day) }
        )
        let isFinished = arrived?.isComplete ?? true || placements.allSatisfy { $0.tokenId != nil }
        if isFinished || outcome != before {
            try context.transaction.recordRedemption(
                of: applied.answer.enrollmentId,
                outcome,
                isFinished: isFinished,
                recordedAt: context.now
            )
            let redeemed = outcome.redemptions.dropFirst(before.redemptions.count).map(\.tokenId)
            try context.record(
                "renewal.redeem",
                subject: applied.answer.enrollmentId,
                changes: ["redeemed": Array(redeemed), "finished": isFinished]
            )
        }
        return answer(outcome)
    }

    /// Nil for a token that somebody has redeemed since: it is where it is (R31).
    private func redeem(_ id: TokenID, on domain: DomainName, day: CalendarDate) throws -> RedemptionResource? {
        let token = try context.transaction.requireToken(id)
        guard token.fate.redemption == nil else { return nil }
        let tenant = try context.transaction.requireTenant(.domain(domain), of: organization.id)
        return try RedeemToken(
            token: id,
            tenant: .domain(domain),
            on: day,
            intent: .add
        ).run(on: tenant, in: context)
    }

    /// R36. False for a service that somebody has signed up for since.
    private func signUp(_ signUp: RenewalPlan.SignUp, through id: EnrollmentID, on day: CalendarDate) throws -> Bool {
        let isDone = try context.transaction.tenants(of: organization.id).contains { tenant in
            tenant.services.contains { $0.service == signUp.service && $0.enrollmentID == id }
        }
        guard !isDone else { return false }
        let tenant = try context.transaction.requireTenant(.domain(signUp.tenantDomain), of: organization.id)
        _ = try SignUpTenant(
            organization: organization.id,
            domain: tenant.domain,
            administrator: tenant.administrator,
            service: signUp.service,
            enrollment: id,
            on: day
        ).run(on: organization, in: context)
        return true
    }
}
