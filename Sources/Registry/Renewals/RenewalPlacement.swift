import Placement

/// Which new token goes to which tenant, for an enrollment and those that are due together with it.
struct RenewalPlacement {
    let placements: [RenewalPlan.Placement]
    let together: [RenewalPlan.Companion]
    /// By SKU; empty for a placement that was given.
    let proofs: [SKUPartNumber: PlacementProof]

    /// A placement as a plan has it, whether or not it is any good.
    init(of plan: RenewalPlan, in situation: RenewalSituation) {
        placements = plan.placements
        together = situation.together.map { companion in
            RenewalPlan.Companion(
                enrollmentId: companion.enrollment.id,
                placements: companion.placements
                    ?? plan.together.first { $0.enrollmentId == companion.enrollment.id }?.placements ?? []
            )
        }
        proofs = [:]
    }

    /// R05, R39, R45: places the tokens of all that are due together, each SKU by itself, so that the fewest users
    /// lapse; then where an enrollment had its seats before; then with the least waste.
    init(of issue: [RenewalPlan.Issue], in situation: RenewalSituation) {
        var open = situation.together.filter { $0.placements == nil }
            .map { Supply(enrollment: $0.enrollment, scope: $0.scope, tokens: $0.tokens) }
        open.append(Supply(enrollment: situation.enrollment, scope: situation.scope, tokens: issue))
        // The same order in the plan of each of them.
        open.sort { ($0.enrollment.year.endsOn, $0.enrollment.id) < ($1.enrollment.year.endsOn, $1.enrollment.id) }
        let tokens = open.flatMap { supply in
            supply.tokens.enumerated().map { index, token in
                SKUPlacement.Token(
                    enrollmentID: supply.enrollment.id,
                    index: index,
                    issue: token,
                    scope: supply.scope,
                    preferred: situation.carried[supply.enrollment.id] ?? []
                )
            }
        }
        let uses = Dictionary(grouping: situation.seats.filter { $0.service == nil }, by: \.skuPartNumber)
        var placed: [EnrollmentID: [(token: SKUPlacement.Token, use: RenewalSituation.SeatUse)]] = [:]
        var proofs: [SKUPartNumber: PlacementProof] = [:]
        for (sku, uses) in uses {
            let result = SKUPlacement(tokens.filter { $0.issue.skuPartNumber == sku }, onto: uses)
            for one in result.placed { placed[one.token.enrollmentID, default: []].append(one) }
            proofs[sku] = result.proof
        }
        self.proofs = proofs
        placements = (placed[situation.enrollment.id] ?? []).sorted { $0.token.index < $1.token.index }.map { one in
            RenewalPlan.Placement(
                issue: one.token.index,
                tenantId: one.use.tenantID,
                tenantDomain: one.use.tenantDomain
            )
        }
        together = situation.together.map { companion in
            RenewalPlan.Companion(
                enrollmentId: companion.enrollment.id,
                placements: companion.placements
                    ?? (placed[companion.enrollment.id] ?? []).sorted { $0.token.index < $1.token.index }.map { one in
                        RenewalPlan.Companion.Placement(
                            skuPartNumber: one.token.issue.skuPartNumber,
                            seats: one.token.issue.seats,
                            tenantId: one.use.tenantID,
                            tenantDomain: one.use.tenantDomain
                        )
                    }
            )
        }
    }

    private struct Supply {
        let enrollment: Enrollment
        let scope: SeatScope
        let tokens: [RenewalPlan.Issue]
    }

    /// The seats that there will be on a tenant for a SKU when the placements are carried out.
    ///
    /// - Parameter issue: the tokens that the placements name.
    func seats(
        at use: RenewalSituation.SeatUse,
        of issue: [RenewalPlan.Issue],
        signUps: [RenewalPlan.SignUp],
        in situation: RenewalSituation
    ) -> [SeatScope: Int] {
        var seats = use.staying.adding(use.renewed)
        func add(_ number: Int, _ scope: SeatScope) { seats[scope] = seats[scope, default: 0].clampedSum(number) }
        for placement in placements
        where placement.tenantDomain == use.tenantDomain && issue.indices.contains(placement.issue) {
            let token = issue[placement.issue]
            if token.skuPartNumber == use.skuPartNumber { add(token.seats, situation.scope) }
        }
        for companion in situation.together where companion.placements == nil {
            let expected = together.first { $0.enrollmentId == companion.enrollment.id }?.placements ?? []
            for token in expected
            where token.tenantDomain == use.tenantDomain && token.skuPartNumber == use.skuPartNumber {
                add(token.seats, companion.scope)
            }
        }
        for signUp in signUps where signUp.tenantDomain == use.tenantDomain && signUp.skuPartNumber == use.skuPartNumber
        {
            add(signUp.seats, situation.scope)
        }
        return seats
    }
}
