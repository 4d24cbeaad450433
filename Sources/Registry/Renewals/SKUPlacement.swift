import Placement

/// The placement of one SKU's new tokens.
struct SKUPlacement {
    /// A token that a renewal brings.
    struct Token {
        let enrollmentID: EnrollmentID
        /// Its index among what that renewal issues.
        let index: Int
        let issue: RenewalPlan.Issue
        let scope: SeatScope
        /// The tenants that its enrollment had seats on.
        let preferred: Set<DomainName>
    }

    let placed: [(token: Token, use: RenewalSituation.SeatUse)]
    let proof: PlacementProof

    /// R39: a tenant that takes no programme tokens gets none. R03: those who do not share with each other are bins of
    /// their own. R05: the users of each country are a group of theirs, and a token of an Action Pack serves one group.
    init(_ tokens: [Token], onto uses: [RenewalSituation.SeatUse]) {
        let countries = Set(uses.flatMap { $0.holders.compactMap(\.place.country) }).sorted()
        let sharings = Set(uses.flatMap { $0.holders.map(\.place.sharing) })
        var bins: [PlacementProblem.Bin] = []
        var places: [(use: RenewalSituation.SeatUse, sharing: Sharing)] = []
        var refusedUsers = 0
        for use in uses {
            let seats = use.staying.adding(use.renewed)
            if use.refusal != nil {
                refusedUsers += RenewalCoverage.uncovered(use.holders, among: seats).count
                continue
            }
            for sharing in sharings.sorted(by: { $0.order < $1.order }) {
                bins.append(
                    PlacementProblem.Bin(
                        demand: countries.map { country in
                            let scope = SeatScope(sharing: sharing, country: country)
                            return max(0, use.holders.count { $0.place == scope } - seats[scope, default: 0])
                        },
                        held: seats[SeatScope(sharing: sharing, country: nil), default: 0]
                    )
                )
                places.append((use, sharing))
            }
        }
        let items = tokens.map { token in
            let country = token.scope.country.map { countries.firstIndex(of: $0) ?? -1 }
            let fitting = places.indices.filter { places[$0].sharing == token.scope.sharing }
            return PlacementProblem.Item(
                size: token.issue.seats,
                group: country,
                bins: Set(fitting),
                preferred: Set(fitting.filter { token.preferred.contains(places[$0].use.tenantDomain) })
            )
        }
        let problem = PlacementProblem(bins: bins, items: items)
        let solution = PlacementSolver.solve(problem)
        placed = zip(tokens, solution.bins).compactMap { token, bin in bin.map { (token, places[$0].use) } }
        proof = PlacementProof(
            skuPartNumber: tokens.first?.issue.skuPartNumber ?? uses.first?.skuPartNumber,
            users: bins.reduce(0) { $0 + max(0, $1.demand.reduce(0, +) - $1.held) },
            refusedUsers: refusedUsers,
            tokens: tokens.map(\.issue.seats),
            placed: placed.map(\.token.issue.seats),
            isBoundToCountries: tokens.contains { $0.scope.country != nil },
            solution: solution
        )
    }
}

extension Sharing {
    /// What decides ties: the organisation first.
    fileprivate var order: String {
        if case .apart(let location) = self { location.value } else { "" }
    }
}
