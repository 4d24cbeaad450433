/// Which new token goes to which tenant, for an enrollment and those that are due together with it.
struct RenewalPlacement {
    let situation: RenewalSituation
    /// The tokens that are placed.
    let placed: [Placed]
    /// By SKU; empty for a placement that was given.
    let proofs: [SKUPartNumber: SKUPlacement]

    /// A token that a renewal brings.
    struct Token {
        let enrollmentID: EnrollmentID
        /// Its index among what that renewal issues.
        let index: Int
        let issue: RenewalPlan.Issue
        let scope: SeatScope
    }

    /// R45: a token, whole, and the tenant that it is for.
    struct Placed {
        let token: Token
        let tenantID: TenantID?
        let tenantDomain: DomainName
    }

    /// The placements of the enrollment that closes, in the order of its tokens.
    var placements: [RenewalPlan.Placement] {
        placed(of: situation.enrollment.id).map { one in
            RenewalPlan.Placement(issue: one.token.index, tenantId: one.tenantID, tenantDomain: one.tenantDomain)
        }
    }

    /// Where the new tokens of those that are due together are expected, or are.
    var together: [RenewalPlan.Companion] {
        situation.together.map { companion in
            RenewalPlan.Companion(
                enrollmentId: companion.enrollment.id,
                placements: companion.placements
                    ?? placed(of: companion.enrollment.id).map { one in
                        RenewalPlan.Companion.Placement(
                            skuPartNumber: one.token.issue.skuPartNumber,
                            seats: one.token.issue.seats,
                            tenantId: one.tenantID,
                            tenantDomain: one.tenantDomain
                        )
                    }
            )
        }
    }

    private func placed(of enrollment: EnrollmentID) -> [Placed] {
        placed.filter { $0.token.enrollmentID == enrollment }.sorted { $0.token.index < $1.token.index }
    }

    /// The seats that there will be on a tenant for a SKU when the placements are carried out.
    func seats(at use: RenewalSituation.SeatUse, signUps: [RenewalPlan.SignUp]) -> [SeatScope: Int] {
        var seats = use.staying.adding(use.renewed)
        func add(_ number: Int, _ scope: SeatScope, _ tenant: DomainName, _ sku: SKUPartNumber) {
            guard tenant == use.tenantDomain, sku == use.skuPartNumber else { return }
            seats[scope] = seats[scope, default: 0].clampedSum(number)
        }
        for one in placed {
            add(one.token.issue.seats, one.token.scope, one.tenantDomain, one.token.issue.skuPartNumber)
        }
        for signUp in signUps { add(signUp.seats, situation.scope, signUp.tenantDomain, signUp.skuPartNumber) }
        return seats
    }
}

extension RenewalPlacement {
    /// A placement as a plan has it, whether or not it is any good.
    init(of plan: RenewalPlan, in situation: RenewalSituation) {
        let own = plan.placements.compactMap { placement -> Placed? in
            guard plan.issue.indices.contains(placement.issue), let domain = placement.tenantDomain else { return nil }
            let token = Token(
                enrollmentID: situation.enrollment.id,
                index: placement.issue,
                issue: plan.issue[placement.issue],
                scope: situation.scope
            )
            return Placed(token: token, tenantID: placement.tenantId, tenantDomain: domain)
        }
        let others = situation.together.filter { $0.placements == nil }.flatMap { companion in
            let expected = plan.together.first { $0.enrollmentId == companion.enrollment.id }?.placements ?? []
            return expected.enumerated().map { index, one in
                let token = Token(
                    enrollmentID: companion.enrollment.id,
                    index: index,
                    issue: RenewalPlan.Issue(skuPartNumber: one.skuPartNumber, seats: one.seats),
                    scope: companion.scope
                )
                return Placed(token: token, tenantID: one.tenantId, tenantDomain: one.tenantDomain)
            }
        }
        self.init(situation: situation, placed: own + others, proofs: [:])
    }

    /// R05, R39, R45: places the tokens of all that are due together, each SKU by itself, so that the fewest users
    /// lapse; then where an enrollment had its seats before; then with the least waste.
    init(of issue: [RenewalPlan.Issue], in situation: RenewalSituation) {
        var open = situation.together.filter { $0.placements == nil }.map { ($0.enrollment, $0.scope, $0.tokens) }
        open.append((situation.enrollment, situation.scope, issue))
        // The same order in the plan of each of them.
        open.sort { ($0.0.year.endsOn, $0.0.id) < ($1.0.year.endsOn, $1.0.id) }
        let tokens = open.flatMap { enrollment, scope, tokens in
            tokens.enumerated().map { Token(enrollmentID: enrollment.id, index: $0, issue: $1, scope: scope) }
        }
        let uses = Dictionary(grouping: situation.seats.filter { $0.service == nil }, by: \.skuPartNumber)
        let proofs = uses.reduce(into: [:]) { proofs, uses in
            proofs[uses.key] = SKUPlacement(
                of: uses.key,
                tokens.filter { $0.issue.skuPartNumber == uses.key },
                onto: uses.value,
                carried: situation.carried
            )
        }
        self.init(situation: situation, placed: proofs.values.flatMap(\.placed), proofs: proofs)
    }
}
