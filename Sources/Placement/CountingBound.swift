/// A lower bound on what stays uncovered: it counts as if items could be divided into the largest unit that all their
/// sizes are multiples of, and served every group of the bins that they fit.
struct CountingBound {
    let leastUncovered: Int

    init(_ part: PlacementPart) {
        let unit = part.kinds.reduce(0) { greatestCommonDivisor($0, $1.size) }
        guard unit > 0 else {
            leastUncovered = part.need
            return
        }
        var network = UnitNetwork(
            supply: part.kinds.map { $0.count * $0.size / unit },
            fits: part.kinds.map(\.fits),
            room: part.bins.map { $0.need / unit }
        )
        var covered = 0
        while case let units = network.add(), units > 0 { covered += units * unit }
        // The sets of units that can be placed together form a matroid, so taking the largest first is optimal.
        let remainders = part.bins.indices.map { ($0, part.bins[$0].need % unit) }.filter { $0.1 > 0 }
        for (bin, remainder) in remainders.sorted(by: { ($1.1, $0.0) < ($0.1, $1.0) }) {
            network.room[bin] += 1
            if network.add() > 0 { covered += remainder } else { network.room[bin] -= 1 }
        }
        leastUncovered = part.need - covered
    }
}

/// Units of several kinds that flow into bins.
private struct UnitNetwork {
    /// The units of each kind that are not placed.
    var supply: [Int]
    let fits: [[Bool]]
    /// What each bin can still take.
    var room: [Int]
    /// By kind and bin.
    private var given: [[Int]]

    init(supply: [Int], fits: [[Bool]], room: [Int]) {
        self.supply = supply
        self.fits = fits
        self.room = room
        given = fits.map { $0.map { _ in 0 } }
    }

    /// Adds units along a shortest augmenting path.
    /// - Returns: how many; 0 when there is no path.
    mutating func add() -> Int {
        var kindOfBin = [Int?](repeating: nil, count: room.count)
        var binOfKind = [Int?](repeating: nil, count: supply.count)
        var queue = supply.indices.filter { supply[$0] > 0 }
        var seen = Set(queue)
        var next = 0
        while next < queue.count {
            let kind = queue[next]
            next += 1
            for bin in room.indices where fits[kind][bin] && kindOfBin[bin] == nil {
                kindOfBin[bin] = kind
                if room[bin] > 0 { return give(to: bin, kindOfBin, binOfKind) }
                for other in supply.indices where given[other][bin] > 0 && seen.insert(other).inserted {
                    binOfKind[other] = bin
                    queue.append(other)
                }
            }
        }
        return 0
    }

    private mutating func give(to last: Int, _ kindOfBin: [Int?], _ binOfKind: [Int?]) -> Int {
        var units = room[last]
        var way: [(kind: Int, bin: Int)] = []
        var bin: Int? = last
        while let end = bin, let kind = kindOfBin[end] {
            way.append((kind, end))
            bin = binOfKind[kind]
            units = min(units, bin.map { given[kind][$0] } ?? supply[kind])
        }
        room[last] -= units
        for (kind, end) in way {
            given[kind][end] += units
            if let before = binOfKind[kind] { given[kind][before] -= units } else { supply[kind] -= units }
        }
        return units
    }
}

private func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
}
