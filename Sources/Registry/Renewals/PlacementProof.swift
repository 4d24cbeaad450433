/// Why no placement of one SKU's tokens is better than the one given.
///
/// Better means, in this order: fewer users uncovered, fewer seats used, fewer tokens used. The lower bounds hold for
/// every placement (those of seats and tokens for every one that leaves as few uncovered), so where each meets its
/// figure, the placement is the best there is.
public struct PlacementProof: Hashable, Sendable {
    public let skuPartNumber: String
    /// Users to cover on tenants that take tokens.
    public let users: Int
    /// Users to cover on tenants that take none (R39).
    public let refusedUsers: Int
    public let tokens: Int
    /// Seats in all those tokens.
    public let seats: Int
    /// What the seats of every token are a multiple of.
    public let seatUnit: Int
    /// Users left uncovered on the tenants that take tokens; the refused ones come on top.
    public let uncovered: Bounded
    public let seatsUsed: Bounded
    public let tokensUsed: Bounded
    /// What shows that fewer cannot stay uncovered.
    public let basis: Basis

    /// A figure of the placement, and what no placement can go below.
    public struct Bounded: Hashable, Sendable {
        public let value: Int
        public let lowerBound: Int

        public var isProven: Bool { value == lowerBound }
    }

    public enum Basis: Hashable, Sendable {
        /// Counted: nobody is uncovered, or as many as if the tokens could be split into parts of ``seatUnit`` seats.
        case counts
        /// Prices on the tokens that anyone can check; see ``TokenPrices``.
        case prices(TokenPrices)
        /// Every placement was looked at or ruled out.
        case search
        /// The work limit came first: between the lower bound and the figure, nothing is known.
        case open
    }

    /// A certificate that no fewer can stay uncovered, which anyone can check.
    ///
    /// Let each tenant choose tokens freely, at these prices, or leave users uncovered at theirs. The tenants' cheapest
    /// choices, summed, less the price of all tokens listed, are a lower bound for the uncovered of every placement. Here
    /// it is above the placement's figure less one.
    public struct TokenPrices: Hashable, Sendable {
        /// What one uncovered user costs, in the unit of the prices.
        public let perUncoveredUser: Int
        /// By size, the largest first.
        public let perToken: [Price]

        public struct Price: Hashable, Sendable {
            public let seats: Int
            /// Tokens of this size; of more than would cover everybody, only so many.
            public let tokens: Int
            /// Not negative.
            public let price: Int
        }
    }

    public enum Exactness: Hashable, Sendable {
        /// Nothing is better.
        case optimal
        /// The work limit came before the proof of the figure named.
        case workLimit(Figure)
    }

    public enum Figure: String, Hashable, Sendable {
        case uncovered, seatsUsed, tokensUsed
    }

    public var exactness: Exactness {
        if !uncovered.isProven { return .workLimit(.uncovered) }
        if !seatsUsed.isProven { return .workLimit(.seatsUsed) }
        return tokensUsed.isProven ? .optimal : .workLimit(.tokensUsed)
    }
}
