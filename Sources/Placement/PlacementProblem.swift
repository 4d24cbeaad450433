/// Whole items of some size that are put into bins, each into one bin at most.
///
/// A bin has a demand, which may be divided among groups. What an item holds serves its own group or every group of the
/// bin that it is put into, and what is beyond the demand is wasted.
///
/// ```swift
/// let problem = PlacementProblem(
///     bins: [.init(demand: [30]), .init(demand: [5])],
///     items: [.init(size: 25, bins: [0, 1]), .init(size: 5, bins: [0, 1], preferred: [1])]
/// )
/// let solution = PlacementSolver.solve(problem)  // bins [0, 1], 5 uncovered, proven
/// ```
public struct PlacementProblem: Hashable, Sendable {
    /// In the order that decides ties.
    public let bins: [Bin]
    /// In the order that decides ties.
    public let items: [Item]

    public init(bins: [Bin], items: [Item]) {
        self.bins = bins
        self.items = items
    }

    /// Something that needs to be covered.
    public struct Bin: Hashable, Sendable {
        /// How many each group has to be covered, by the group's number; never negative.
        public let demand: [Int]
        /// What is there whatever is placed, and serves every group.
        public let held: Int

        public init(demand: [Int], held: Int = 0) {
            self.demand = demand
            self.held = held
        }
    }

    /// Something that cannot be divided.
    public struct Item: Hashable, Sendable {
        /// How much it covers at most; an item of less than 1 is never placed.
        public let size: Int
        /// The number of the only group that it serves; nil where it serves every group.
        public let group: Int?
        /// The numbers of the bins that it may be put into.
        public let bins: Set<Int>
        /// The bins that it is put into rather than into others, where that covers as many.
        public let preferred: Set<Int>

        public init(size: Int, group: Int? = nil, bins: Set<Int>, preferred: Set<Int> = []) {
            self.size = size
            self.group = group
            self.bins = bins
            self.preferred = preferred
        }
    }
}

extension PlacementProblem.Bin {
    /// The demand that nothing covers yet.
    var need: Int { max(0, demand.reduce(0, +) - held) }
}
