/// Where each item goes, and how much is known of how good that is.
public struct PlacementSolution: Hashable, Sendable {
    /// The number of each item's bin, in the order of the items; nil for an item that is not needed, or fits nowhere.
    public let bins: [Int?]
    /// The demand that stays uncovered, over all bins.
    public let uncovered: Int
    /// What no placement can go below.
    public let lowerBound: Int
    /// What shows ``lowerBound``.
    public let basis: Basis
    /// Whether every placement was considered, so that none is better in anything that counts: first the uncovered
    /// demand, then the sizes of items outside their preferred bins, then the sizes of all items, then their number.
    public let isBest: Bool

    /// Whether no placement leaves less uncovered. Never true without a proof.
    public var isProven: Bool { uncovered == lowerBound }

    /// What shows that no less can stay uncovered, the simplest first.
    public enum Basis: Int, Hashable, Sendable, Comparable {
        /// Nothing is uncovered.
        case everything
        /// Counted: no less would be uncovered if the items could be divided into parts of their common unit.
        case count
        /// Every placement was considered.
        case search
        /// The search was stopped: between the lower bound and the uncovered demand, nothing is known.
        case stopped

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }
}

/// How good a placement is; smaller is better, in the order of the fields.
struct PlacementScore: Hashable, Comparable, Sendable {
    var uncovered = 0
    /// The sizes of the items outside their preferred bins.
    var strayed = 0
    /// The sizes of all placed items.
    var used = 0
    var items = 0

    static func < (left: Self, right: Self) -> Bool {
        (left.uncovered, left.strayed, left.used, left.items)
            < (right.uncovered, right.strayed, right.used, right.items)
    }

    static func + (left: Self, right: Self) -> Self {
        PlacementScore(
            uncovered: left.uncovered + right.uncovered,
            strayed: left.strayed + right.strayed,
            used: left.used + right.used,
            items: left.items + right.items
        )
    }
}
