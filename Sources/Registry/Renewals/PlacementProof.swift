import Placement

/// What is known of how good the placement of one SKU's tokens is.
struct PlacementProof {
    let skuPartNumber: SKUPartNumber?
    /// Users whom only a new token can cover, on tenants that take tokens.
    let users: Int
    /// Such users on tenants that take none (R39).
    let refusedUsers: Int
    /// The seats of each new token.
    let tokens: [Int]
    /// The seats of each that has a tenant.
    let placed: [Int]
    /// R05: whether a token among them may be used in one country alone.
    let isBoundToCountries: Bool
    let solution: PlacementSolution

    var isProven: Bool { solution.isProven }

    /// Whether all tokens together hold too few seats; otherwise it is that they are whole, and where they may be used.
    var isShort: Bool { solution.uncovered == users - tokens.reduce(0, +) }

    /// The proof in a few words for a person.
    var sentence: String { [coverage, choice, refusal].compactMap { $0 }.joined(separator: " ") }

    private var people: String {
        "\(users) \(users == 1 ? "user" : "users")\(skuPartNumber.map { " of \($0)" } ?? "")"
    }

    private var coverage: String {
        guard users > 0 else { return "No user\(skuPartNumber.map { " of \($0)" } ?? "") needs a new token." }
        guard solution.uncovered > 0 else {
            return users == 1 ? "\(people) keeps a seat." : "All \(people) keep a seat."
        }
        let seats = tokens.reduce(0, +)
        let supply =
            "\(tokens.count) new \(tokens.count == 1 ? "token holds" : "tokens hold") "
            + "\(seats) \(seats == 1 ? "seat" : "seats") for \(people)"
        if isProven, isShort { return "\(supply), so \(solution.uncovered) lapse, and no placement leaves fewer." }
        let whole =
            "\(supply), but a token goes to one tenant as a whole (R45)"
            + (isBoundToCountries ? " and an Action Pack's seats are for its country alone (R05)" : "")
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
        let seats = placed.reduce(0, +)
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
