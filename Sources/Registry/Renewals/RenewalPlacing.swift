/// Carries out the placement of a renewal, with the rules and ledger rows of any redemption and sign-up.
struct RenewalPlacing {
    let organization: Organization
    let context: CommandContext

    /// - Parameters:
    ///   - redeems: whether the placement is asked for now.
    ///   - day: when it happened; nil for today.
    func answer(_ recorded: RecordedRenewal, redeems: Bool, on day: CalendarDate?) throws -> ApplyRenewal.Answer {
        let applied = recorded.applied
        let firstDay = applied.nextYear.startsOn
        func answer(_ outcome: CarriedOut, awaits: Bool = false) -> ApplyRenewal.Answer {
            ApplyRenewal.Answer(
                applied: applied,
                carriedOut: outcome,
                awaitsRedemptionFrom: awaits ? firstDay : nil
            )
        }
        if case .done(let outcome) = recorded.redemption { return answer(outcome) }
        guard redeems else { return answer(.nothing, awaits: recorded.redemption == .awaited) }
        let day = try context.day(stated: day, in: organization)
        if recorded.redemption == .notAskedFor {
            try context.transaction.awaitRedemption(of: applied.enrollmentID, recordedAt: context.now)
        }
        guard day >= firstDay else { return answer(.nothing, awaits: true) }
        let outcome = CarriedOut(
            redemptions: try applied.placements.compactMap { try redeem($0, on: day) },
            signUps: try applied.signUps.filter { try signUp($0, through: applied.successorID, on: day) }
        )
        try context.transaction.finishRedemption(of: applied.enrollmentID, outcome, recordedAt: context.now)
        return answer(outcome)
    }

    /// Nil for a token that somebody has redeemed since: it is where it is (R31).
    private func redeem(_ placement: AppliedRenewal.Placement, on day: CalendarDate) throws -> RedeemToken.Answer? {
        let token = try context.transaction.requireToken(placement.tokenID)
        guard token.fate.redemption == nil else { return nil }
        return try RedeemToken(
            token: .id(placement.tokenID),
            tenant: .id(placement.tenantID),
            on: day,
            intent: .add
        ).run(in: context)
    }

    /// R36. False for a service that somebody has signed up for since.
    private func signUp(_ signUp: RenewalPlan.SignUp, through id: EnrollmentID, on day: CalendarDate) throws -> Bool {
        let isDone = try context.transaction.tenants(of: organization.id).contains { tenant in
            tenant.services.contains { $0.service == signUp.service && $0.enrollmentID == id }
        }
        guard !isDone else { return false }
        let tenant = try context.transaction.requireTenant(.id(signUp.tenantID))
        guard let domain = tenant.domains.first else { return false }
        _ = try SignUpTenant(
            organizationID: organization.id,
            domain: domain,
            administrator: tenant.administrator,
            tenantID: tenant.id,
            service: signUp.service,
            enrollmentID: id,
            on: day
        ).run(in: context)
        return true
    }
}
