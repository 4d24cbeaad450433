/// Plans a renewal: a pure function of the situation.
public enum RenewalPlanning {
    /// R33: the next year's entitlement, the tokens that it brings, what ends, and which token carries whom on.
    ///
    /// - Parameters:
    ///   - isDayStated: whether a person named the day of the renewal.
    ///   - given: a plan whose placements are taken as they stand, so that nothing is searched for; nil places the tokens.
    ///   - isIssueTaken: R12, whether the portal's tokens are taken whatever they are worth; asked when they differ.
    /// - Returns: or `import.invalid` when the portal's tokens are worth other seats than the entitlement.
    public static func plan(
        _ situation: RenewalSituation,
        isDayStated: Bool,
        placedAs given: RenewalPlan? = nil,
        isIssueTaken: () -> Bool = { false }
    ) -> Result<RenewalPlan, Refusal> {
        let grants = situation.nextGrants
        let expected = tokens(of: situation.program, for: grants)
        let issue = situation.issued ?? expected
        let differences = IssuedTokens.differences(expected: expected, given: issue)
        if let refusal = IssuedTokens.refusal(expected: expected, given: issue, enrollmentID: situation.enrollment.id),
            !isIssueTaken()
        {
            return .failure(refusal)
        }
        let placement =
            given.map { RenewalPlacement(of: $0, in: situation) } ?? RenewalPlacement(of: issue, in: situation)
        let signUps = situation.seats.compactMap { signUp($0, grants: grants) }
        let facts = situation.facts
        return .success(
            RenewalPlan(
                enrollmentId: situation.enrollment.id,
                organizationId: situation.organization.id,
                program: situation.program.id,
                on: isDayStated ? situation.day : nil,
                plannedFor: situation.day,
                paidOn: situation.paidOn,
                closingYear: situation.enrollment.year,
                nextYear: situation.nextYear,
                entitlement: entitlement(closing: situation.closingGrants, next: grants),
                issue: issue,
                void: situation.tokens.filter { $0.fate == .unredeemed }.map(\.id),
                lapses: situation.seats.compactMap { lapse($0, rightsEndOn: situation.enrollment.year.endsOn) },
                placements: placement.placements,
                signUps: signUps,
                uncovered: situation.seats.flatMap { use in
                    uncovered(
                        use,
                        seats: placement.seats(at: use, signUps: signUps),
                        signUps: signUps,
                        placement: placement,
                        situation: situation
                    )
                },
                together: placement.together,
                proofs: placement.proofs.sorted { $0.key < $1.key }.map(\.value.sentence),
                proven: placement.proofs.values.allSatisfy(\.isProven),
                differences: differences,
                state: RenewalFact.fingerprint(of: facts),
                facts: facts
            )
        )
    }

    static func tokens(of program: Program, for grants: [Grant]) -> [RenewalPlan.Issue] {
        grants.flatMap { grant in
            guard let denomination = program.benefit(for: grant.product)?.tokens else { return [RenewalPlan.Issue]() }
            return denomination.cut(grant.granted).map {
                RenewalPlan.Issue(skuPartNumber: denomination.skuPartNumber, seats: $0)
            }
        }
    }

    private static func entitlement(closing: [Grant], next: [Grant]) -> [RenewalPlan.Change] {
        let products = Set(closing.map(\.product)).union(next.map(\.product)).sorted()
        return products.map { product in
            let before = closing.first { $0.product == product }
            let after = next.first { $0.product == product }
            return RenewalPlan.Change(
                product: product,
                closing: before?.granted ?? 0,
                next: after?.granted ?? 0,
                clipped: after?.clipped ?? 0,
                clippedBy: after?.limit
            )
        }
    }

    private static func lapse(_ use: RenewalSituation.SeatUse, rightsEndOn: CalendarDate) -> RenewalPlan.Lapse? {
        guard let serviceEndsOn = use.closingBlocks.compactMap(\.serviceEndsOn).min() else { return nil }
        return RenewalPlan.Lapse(
            tenantId: use.tenantID,
            tenantDomain: use.tenantDomain,
            skuPartNumber: use.skuPartNumber,
            seats: use.closingBlocks.reduce(0) { $0.clampedSum($1.seats) },
            rightsEndOn: rightsEndOn,
            serviceEndsOn: serviceEndsOn,
            users: use.users.sorted()
        )
    }

    /// R36: a tenant that was signed up through the closing year's enrollment is signed up through the next one's.
    private static func signUp(_ use: RenewalSituation.SeatUse, grants: [Grant]) -> RenewalPlan.SignUp? {
        guard let service = use.service, !use.closingBlocks.isEmpty,
            let grant = grants.first(where: { $0.product == service.grantedWithoutTokens?.product }), grant.granted > 0
        else { return nil }
        return RenewalPlan.SignUp(
            service: service,
            tenantId: use.tenantID,
            tenantDomain: use.tenantDomain,
            skuPartNumber: use.skuPartNumber,
            seats: grant.granted
        )
    }

    /// The users without a seat on a tenant that the closing year had seats on, or whom its new tokens could serve, by
    /// reason.
    private static func uncovered(
        _ use: RenewalSituation.SeatUse,
        seats: [SeatScope: Int],
        signUps: [RenewalPlan.SignUp],
        placement: RenewalPlacement,
        situation: RenewalSituation
    ) -> [RenewalPlan.Uncovered] {
        let scope =
            use.closingBlocks.isEmpty
            ? situation.scope : SeatScope(sharing: situation.scope.sharing, country: nil)
        let holders = RenewalCoverage.uncovered(use.holders, among: seats).filter { scope.includes($0.place) }
        let reasons = Dictionary(grouping: holders) { holder in
            if let refusal = use.refusal { return refusal }
            if use.service != nil {
                let granted =
                    signUps.first { $0.service == use.service && $0.tenantDomain == use.tenantDomain }?.seats ?? 0
                return "The next year grants \(granted) seats of \(use.skuPartNumber) here (R36)."
            }
            return reason(for: holder, of: use.skuPartNumber, placement: placement, situation: situation)
        }
        return reasons.sorted { $0.key < $1.key }.map { reason, holders in
            RenewalPlan.Uncovered(
                tenantId: use.tenantID,
                tenantDomain: use.tenantDomain,
                skuPartNumber: use.skuPartNumber,
                users: holders.map(\.user).sorted(),
                reason: reason
            )
        }
    }

    private static func reason(
        for holder: RenewalSituation.Holder,
        of sku: SKUPartNumber,
        placement: RenewalPlacement,
        situation: RenewalSituation
    ) -> String {
        guard let proof = placement.proofs[sku] else { return "The plan's placements leave them without a seat." }
        let scopes = [situation.scope] + situation.together.filter { $0.placements == nil }.map(\.scope)
        guard scopes.contains(where: { $0.includes(holder.place) }) else {
            return "No new token may be used by users \(holder.place.place) (R03, R05)."
        }
        guard proof.isProven else { return "No better placement was found, but there may be one." }
        return proof.isShort
            ? "The new tokens have fewer seats than there are users (R33)."
            : "The new tokens have enough seats, but a token cannot be split between tenants (R45), nor used in "
                + "another country than an Action Pack's own (R05)."
    }
}
