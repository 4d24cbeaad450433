/// A good placement in little time: it takes the item that covers the most until none helps, then improves by exchanges.
struct GreedyPlacement {
    private let part: PlacementPart
    /// By bin and kind; what is not placed is in one row more.
    private var taken: [[Int]]

    init(_ part: PlacementPart) {
        self.part = part
        taken = Array(repeating: Array(repeating: 0, count: part.kinds.count), count: part.bins.count)
        taken.append(part.kinds.map(\.count))
    }

    /// The placement, by bin and kind.
    func placed(stepLimit: Int) -> [[Int]] {
        var placement = self
        placement.fill()
        placement.exchange(stepLimit: stepLimit)
        return Array(placement.taken.dropLast())
    }

    private mutating func fill() {
        var uncovered = part.bins.indices.map { part.uncovered(in: $0, taking: taken[$0]) }
        while true {
            var best: (kind: Int, bin: Int, order: [Int])?
            for bin in part.bins.indices where uncovered[bin] > 0 {
                for kind in part.kinds.indices where part.kinds[kind].fits[bin] && taken[part.bins.count][kind] > 0 {
                    var more = taken[bin]
                    more[kind] += 1
                    let gain = uncovered[bin] - part.uncovered(in: bin, taking: more)
                    let waste = part.kinds[kind].size - gain
                    let order = [-gain, part.kinds[kind].isPreferred[bin] ? 0 : 1, waste]
                    guard gain > 0, best.map({ order.lexicographicallyPrecedes($0.order) }) ?? true else { continue }
                    best = (kind, bin, order)
                }
            }
            guard let best else { return }
            move(best.kind, from: part.bins.count, to: best.bin)
            uncovered[best.bin] = part.uncovered(in: best.bin, taking: taken[best.bin])
        }
    }

    /// Moves an item from one row to another, and another one back, where that is better.
    private mutating func exchange(stepLimit: Int) {
        var steps = 0
        var isBetter = true
        let kinds = [nil] + part.kinds.indices.map(Optional.some)
        while isBetter {
            isBetter = false
            for first in taken.indices {
                for second in taken.indices where second > first {
                    for there in kinds {
                        for back in kinds where there != back {
                            guard canMove(there, from: first, to: second), canMove(back, from: second, to: first)
                            else { continue }
                            guard steps < stepLimit else { return }
                            steps += 1
                            let before = score(first) + score(second)
                            if let there { move(there, from: first, to: second) }
                            if let back { move(back, from: second, to: first) }
                            if score(first) + score(second) < before {
                                isBetter = true
                            } else {
                                if let there { move(there, from: second, to: first) }
                                if let back { move(back, from: first, to: second) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func canMove(_ kind: Int?, from row: Int, to other: Int) -> Bool {
        guard let kind else { return true }
        return taken[row][kind] > 0 && (other == part.bins.count || part.kinds[kind].fits[other])
    }

    private mutating func move(_ kind: Int, from row: Int, to other: Int) {
        taken[row][kind] -= 1
        taken[other][kind] += 1
    }

    private func score(_ row: Int) -> PlacementScore {
        row < part.bins.count ? part.score(of: row, taking: taken[row]) : PlacementScore()
    }
}
