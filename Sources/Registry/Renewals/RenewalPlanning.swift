/// Plans a renewal: a pure function of the situation.
public enum RenewalPlanning {
    /// R33: the next year's entitlement, the tokens that it brings, what ends, and which token carries whom on.
    ///
    /// - Parameter isDayStated: whether a person named the day of the renewal.
    /// - Returns: or `import.invalid` when the portal's tokens are worth other seats than the entitlement.
    public static func plan(_ situation: RenewalSituation, isDayStated: Bool) -> Result<RenewalPlan, Refusal> {
        let grants = grants(in: situation)
        let expected = tokens(of: situation.program, for: grants)
        let issue = situation.issued ?? expected
        let differences = IssuedTokens.differences(expected: expected, given: issue)
        if let refusal = IssuedTokens.refusal(expected: expected, given: issue, enrollmentID: situation.enrollment.id) {
            return .failure(refusal)
        }
        let placement = place(issue, onto: situation.seats.filter { $0.service == nil })
        let signUps = situation.seats.compactMap { signUp($0, grants: grants) }
        let facts = situation.facts
        return .success(
            RenewalPlan(
                enrollmentID: situation.enrollment.id,
                organizationID: situation.organization.id,
                programID: situation.program.id,
                day: situation.day,
                isDayStated: isDayStated,
                paidOn: situation.paidOn,
                closingYear: situation.enrollment.year,
                nextYear: situation.nextYear,
                state: RenewalFact.fingerprint(of: facts),
                entitlement: entitlement(closing: situation.closingGrants, next: grants),
                issue: issue,
                void: situation.tokens.filter { $0.fate == .unredeemed }.map(\.id),
                lapses: situation.seats.compactMap { lapse($0, rightsEndOn: situation.enrollment.year.endsOn) },
                placements: placement.placements.compactMap { placed in
                    situation.seats.first { $0.tenantDomain.value == placed.tenant }.map { use in
                        RenewalPlan.Placement(
                            issue: placed.token,
                            tenantID: use.tenantID,
                            tenantDomain: use.tenantDomain
                        )
                    }
                },
                signUps: signUps,
                uncovered: placement.uncovered.compactMap { uncovered($0, situation.seats) }
                    + situation.seats.compactMap { withoutSignUp($0, signUps) },
                proofs: placement.proofs.map(\.sentence),
                differences: differences,
                facts: facts
            )
        )
    }

    /// R12, R33: what the next year grants, beside what the other enrollments have.
    static func grants(in situation: RenewalSituation) -> [Grant] {
        let country = situation.enrollment.country
        return situation.program.grantedBenefits.map { benefit in
            benefit.granted(
                in: country,
                isLocal: situation.program.kind.isLocal,
                after: GrantedSoFar(situation.otherGrants, of: benefit.product, in: country)
            )
        }
    }

    private static func tokens(of program: Program, for grants: [Grant]) -> [RenewalPlan.Issue] {
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
            tenantID: use.tenantID,
            tenantDomain: use.tenantDomain,
            skuPartNumber: use.skuPartNumber,
            seats: use.closingBlocks.reduce(0) { $0.clampedSum($1.seats) },
            rightsEndOn: rightsEndOn,
            serviceEndsOn: serviceEndsOn,
            users: use.users.sorted()
        )
    }

    private static func place(_ issue: [RenewalPlan.Issue], onto seats: [RenewalSituation.SeatUse]) -> Placement {
        PlacementSolver.place(
            issue.enumerated().map { index, token in
                PlacementToken(index: index, skuPartNumber: token.skuPartNumber.key, seats: token.seats)
            },
            onto: seats.map { use in
                PlacementDemand(
                    // Domains decide ties, so that a plan reads in their order.
                    tenant: use.tenantDomain.value,
                    skuPartNumber: use.skuPartNumber.key,
                    users: use.users.count,
                    existingLicensedSeats: use.stayingSeats,
                    refusal: use.refusal
                )
            }
        )
    }

    /// R36: a tenant that was signed up through the closing year's enrollment is signed up through the next one's.
    private static func signUp(_ use: RenewalSituation.SeatUse, grants: [Grant]) -> RenewalPlan.SignUp? {
        guard let service = use.service, !use.closingBlocks.isEmpty,
            let grant = grants.first(where: { $0.product == service.grantedWithoutTokens?.product }), grant.granted > 0
        else { return nil }
        return RenewalPlan.SignUp(
            service: service,
            tenantID: use.tenantID,
            tenantDomain: use.tenantDomain,
            skuPartNumber: use.skuPartNumber,
            seats: grant.granted
        )
    }

    /// The users of a service without tokens who find no seat in the next year.
    private static func withoutSignUp(
        _ use: RenewalSituation.SeatUse,
        _ signUps: [RenewalPlan.SignUp]
    ) -> RenewalPlan.Uncovered? {
        guard let service = use.service else { return nil }
        let seats = signUps.first { $0.service == service && $0.tenantDomain == use.tenantDomain }?.seats ?? 0
        let missing = use.users.count - use.stayingSeats.clampedSum(seats)
        guard missing > 0 else { return nil }
        return RenewalPlan.Uncovered(
            tenantID: use.tenantID,
            tenantDomain: use.tenantDomain,
            skuPartNumber: use.skuPartNumber,
            users: use.users.prefix(missing).sorted(),
            reason: "The next year grants \(seats) seats of \(use.skuPartNumber) here (R36)."
        )
    }

    private static func uncovered(
        _ uncovered: Placement.Uncovered,
        _ seats: [RenewalSituation.SeatUse]
    ) -> RenewalPlan.Uncovered? {
        seats.first { $0.tenantDomain.value == uncovered.tenant && $0.skuPartNumber.key == uncovered.skuPartNumber }.map
        {
            use in
            RenewalPlan.Uncovered(
                tenantID: use.tenantID,
                tenantDomain: use.tenantDomain,
                skuPartNumber: use.skuPartNumber,
                users: use.users.prefix(uncovered.users).sorted(),
                reason: uncovered.reason.sentence
            )
        }
    }
}

extension Placement.Reason {
    /// Why, for a person.
    var sentence: String {
        switch self {
        case .tenantRefuses(let why): why
        case .seatsShort: "The new tokens hold fewer seats than there are users (R33)."
        case .wholeTokens: "The new tokens hold seats enough, but a token cannot be split between tenants (R45)."
        case .workLimit: "No better placement was found; whether there is one is not known."
        }
    }
}
