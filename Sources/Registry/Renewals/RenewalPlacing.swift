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
        let placements = arrived?.placements ?? applied.placements
        let firstDay = applied.nextYear.startsOn
        func answer(_ outcome: CarriedOut, awaits: Bool = false) -> RenewalResource {
            RenewalResource(
                applied,
                issued: arrived?.issued ?? applied.issued,
                placements: placements,
                carriedOut: outcome,
                awaitsRedemptionFrom: awaits ? firstDay : nil,
                awaitsCodes: arrived.map { !$0.isComplete } ?? false,
                isDryRun: context.options.isDryRun
            )
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
            try context.transaction.awaitRedemption(of: applied.enrollmentID, recordedAt: context.now)
            try context.record(
                "renewal.ask-redemption",
                subject: applied.enrollmentID.value,
                changes: ["successor": .text(applied.successorID.value), "from": .text(firstDay.description)]
            )
        }
        guard day >= firstDay else { return answer(before, awaits: true) }
        let outcome = CarriedOut(
            redemptions: try before.redemptions
                + placements.compactMap { placement in
                    try placement.tokenID.flatMap { try redeem($0, on: placement.tenantDomain, day: day) }
                },
            signUps: try before.signUps
                + applied.signUps.filter { try signUp($0, through: applied.successorID, on: day) }
        )
        let isFinished = arrived?.isComplete ?? true || placements.allSatisfy { $0.tokenID != nil }
        if isFinished || outcome != before {
            try context.transaction.recordRedemption(
                of: applied.enrollmentID,
                outcome,
                isFinished: isFinished,
                recordedAt: context.now
            )
            let redeemed = outcome.redemptions.dropFirst(before.redemptions.count).map(\.tokenId.description)
            try context.record(
                "renewal.redeem",
                subject: applied.enrollmentID.value,
                changes: ["redeemed": .list(redeemed.map(AuditValue.text)), "finished": .flag(isFinished)]
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
