/// Carries out the placement of a renewal, with the rules and ledger rows of any redemption.
struct RenewalPlacing {
    let organization: Organization
    let context: CommandContext

    /// - Parameters:
    ///   - redeems: whether the placement is asked for now.
    ///   - day: when it happened; nil for today.
    func answer(
        _ recorded: RecordedRenewal,
        redeems: Bool,
        on day: CalendarDate?
    ) throws -> ApplyRenewal.Answer {
        let applied = recorded.applied
        if case .done(let redemptions) = recorded.redemption {
            return ApplyRenewal.Answer(applied: applied, redemptions: redemptions, awaitsRedemptionFrom: nil)
        }
        guard redeems else {
            let awaited = recorded.redemption == .awaited ? applied.nextYear.startsOn : nil
            return ApplyRenewal.Answer(applied: applied, redemptions: [], awaitsRedemptionFrom: awaited)
        }
        let day = try context.day(stated: day, in: organization)
        if recorded.redemption == .notAskedFor {
            try context.transaction.awaitRedemption(of: applied.enrollmentID, recordedAt: context.now)
        }
        guard day >= applied.nextYear.startsOn else {
            return ApplyRenewal.Answer(
                applied: applied,
                redemptions: [],
                awaitsRedemptionFrom: applied.nextYear.startsOn
            )
        }
        let redemptions = try applied.placements.compactMap { try redeem($0, on: day) }
        try context.transaction.finishRedemption(
            of: applied.enrollmentID,
            redemptions,
            recordedAt: context.now
        )
        return ApplyRenewal.Answer(applied: applied, redemptions: redemptions, awaitsRedemptionFrom: nil)
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
}
