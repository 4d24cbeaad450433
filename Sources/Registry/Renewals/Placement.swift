/// Which new token goes to which tenant, who stays without a seat, and why it cannot be better.
public struct Placement: Hashable, Sendable {
    /// By SKU, tenant and token.
    public let placements: [Assignment]
    /// By SKU and tenant; empty when nobody lapses.
    public let uncovered: [Uncovered]
    /// Seats of placed tokens beyond what their tenants need.
    public let unusedSeats: Int
    /// Tokens that no tenant needs or can take, by index.
    public let unplacedTokens: [Int]
    /// One for each SKU that has a demand, in the order of the part numbers.
    public let proofs: [PlacementProof]

    public struct Assignment: Hashable, Sendable {
        public let token: Int
        public let tenant: String
        public let skuPartNumber: String
        public let seats: Int
    }

    /// Users of one SKU on one tenant who lapse.
    public struct Uncovered: Hashable, Sendable {
        public let tenant: String
        public let skuPartNumber: String
        public let users: Int
        public let reason: Reason
    }

    public enum Reason: Hashable, Sendable {
        /// R39: the tenant takes no programme tokens; why.
        case tenantRefuses(String)
        /// The tokens hold fewer seats than there are users.
        case seatsShort
        /// R45: there are seats enough, but whole tokens do not fit the tenants.
        case wholeTokens
        /// The search was stopped before it knew whether this can be avoided.
        case workLimit
    }

    /// Whether every proof is complete.
    public var isOptimal: Bool { proofs.allSatisfy { $0.exactness == .optimal } }
}
