import Placement

/// The placement of one SKU's new tokens, and what is known of how good it is.
struct SKUPlacement {
    let skuPartNumber: SKUPartNumber
    let tokens: [RenewalPlacement.Token]
    let placed: [RenewalPlacement.Placed]
    /// Users whom only a new token can cover, on tenants that take tokens.
    let users: Int
    /// Such users on tenants that take none (R39).
    let refusedUsers: Int
    let solution: PlacementSolution

    /// R39: a tenant that takes no programme tokens gets none. R03: those who do not share with each other are bins of
    /// their own. R05: the users of each country are a group of theirs, and a token of an Action Pack serves one group.
    ///
    /// - Parameter carried: the tenants that the tokens' enrollments had seats on.
    init(
        of skuPartNumber: SKUPartNumber,
        _ tokens: [RenewalPlacement.Token],
        onto uses: [RenewalSituation.SeatUse],
        carried: [EnrollmentID: Set<DomainName>]
    ) {
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
                preferred: Set(
                    fitting.filter {
                        carried[token.enrollmentID]?.contains(places[$0].use.tenantDomain) ?? false
                    }
                )
            )
        }
        let solution = PlacementSolver.solve(PlacementProblem(bins: bins, items: items))
        self.skuPartNumber = skuPartNumber
        self.tokens = tokens
        self.solution = solution
        self.refusedUsers = refusedUsers
        users = bins.reduce(0) { $0 + max(0, $1.demand.reduce(0, +) - $1.held) }
        placed = zip(tokens, solution.bins).compactMap { token, bin in
            guard let use = bin.map({ places[$0].use }) else { return nil }
            return RenewalPlacement.Placed(token: token, tenantID: use.tenantID, tenantDomain: use.tenantDomain)
        }
    }
}

extension SKUPlacement {
    var isProven: Bool { solution.isProven }

    /// Whether all tokens together hold too few seats; otherwise it is that they are whole, and where they may be used.
    var isShort: Bool { solution.uncovered == users - seats(of: tokens) }

    /// The proof in a few words for a person.
    var sentence: String { [coverage, choice, refusal].compactMap { $0 }.joined(separator: " ") }

    private func seats(of tokens: [RenewalPlacement.Token]) -> Int { tokens.reduce(0) { $0 + $1.issue.seats } }

    private var people: String {
        "\(users) \(users == 1 ? "user" : "users") of \(skuPartNumber)"
    }

    private var coverage: String {
        guard users > 0 else { return "No user of \(skuPartNumber) needs a new token." }
        guard solution.uncovered > 0 else {
            return users == 1 ? "\(people) keeps a seat." : "All \(people) keep a seat."
        }
        let seats = seats(of: tokens)
        let supply =
            "\(tokens.count) new \(tokens.count == 1 ? "token holds" : "tokens hold") "
            + "\(seats) \(seats == 1 ? "seat" : "seats") for \(people)"
        if isProven, isShort { return "\(supply), so \(solution.uncovered) lapse, and no placement leaves fewer." }
        let whole =
            "\(supply), but a token goes to one tenant as a whole (R45)"
            + (tokens.contains { $0.scope.country != nil }
                ? " and an Action Pack's seats are for its country alone (R05)" : "")
        guard isProven else {
            return
                "\(whole): this placement leaves \(solution.uncovered) without a seat. The search was stopped before "
                + "it was known whether fewer is possible; fewer than \(solution.lowerBound) is not."
        }
        return solution.basis == .search
            ? "\(whole): of all placements, none leaves fewer than \(solution.uncovered) without a seat."
            : "\(whole): by the count of seats, no placement leaves fewer than \(solution.uncovered) without one."
    }

    private var choice: String? {
        guard !placed.isEmpty else { return nil }
        let seats = seats(of: placed.map(\.token))
        let used = "\(placed.count) \(placed.count == 1 ? "token" : "tokens") with \(seats) seats"
        return solution.isBest
            ? "It takes \(used); every placement was considered, and none is better."
            : "It takes \(used); whether fewer would do is not known."
    }

    private var refusal: String? {
        guard refusedUsers > 0 else { return nil }
        return
            "\(refusedUsers) more \(refusedUsers == 1 ? "is" : "are") on tenants that take no programme tokens (R39)."
    }
}

extension Sharing {
    /// What decides ties: the organisation first.
    fileprivate var order: String {
        if case .apart(let location) = self { location.value } else { "" }
    }
}
