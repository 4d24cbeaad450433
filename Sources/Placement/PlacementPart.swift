/// A part of a problem that is independent of the rest: bins, and the items that could be of use in them.
struct PlacementPart {
    /// Items that are alike.
    struct Kind {
        let size: Int
        let group: Int?
        /// Whether each bin of the part may take them.
        let fits: [Bool]
        let isPreferred: [Bool]
        /// The items' numbers in the problem, in their order.
        let items: [Int]
        /// How many could be of use: no more than cover every bin by themselves.
        let count: Int
    }

    /// The bins' numbers in the problem.
    let numbers: [Int]
    let bins: [PlacementProblem.Bin]
    let kinds: [Kind]

    /// All that is uncovered while nothing is placed.
    var need: Int { bins.reduce(0) { $0 + $1.need } }

    /// What stays uncovered in a bin that takes so many of each kind.
    func uncovered(in bin: Int, taking taken: [Int]) -> Int {
        let bin = bins[bin]
        var shared = bin.held
        for (kind, number) in zip(kinds, taken) where number > 0 && kind.group == nil { shared += number * kind.size }
        var open = 0
        for (group, demand) in bin.demand.enumerated() where demand > 0 {
            var own = 0
            for (kind, number) in zip(kinds, taken) where number > 0 && kind.group == group {
                own += number * kind.size
            }
            open += max(0, demand - own)
        }
        return max(0, open - shared)
    }

    func score(of bin: Int, taking taken: [Int]) -> PlacementScore {
        var score = PlacementScore(uncovered: uncovered(in: bin, taking: taken))
        for (kind, number) in zip(kinds, taken) where number > 0 {
            score.used += number * kind.size
            score.items += number
            if !kind.isPreferred[bin] { score.strayed += number * kind.size }
        }
        return score
    }

    /// - Parameter taken: by bin, then by kind.
    func score(of taken: [[Int]]) -> PlacementScore {
        bins.indices.reduce(PlacementScore()) { $0 + score(of: $1, taking: taken[$1]) }
    }

    /// Gives the bins their items, both in their order.
    func deal(_ taken: [[Int]], to places: inout [Int?]) {
        var given = [Int](repeating: 0, count: kinds.count)
        for (bin, taken) in taken.enumerated() {
            for (kind, number) in taken.enumerated() {
                for item in kinds[kind].items[given[kind]..<(given[kind] + number)] { places[item] = numbers[bin] }
                given[kind] += number
            }
        }
    }
}

extension PlacementPart {
    /// Divides a problem. A bin that needs nothing, or that no item fits, is in no part.
    static func parts(of problem: PlacementProblem) -> [PlacementPart] {
        let useful: [Set<Int>] = problem.items.map { item in
            item.size < 1
                ? []
                : item.bins.filter { number in
                    guard problem.bins.indices.contains(number), problem.bins[number].need > 0 else { return false }
                    let demand = problem.bins[number].demand
                    return item.group.map { demand.indices.contains($0) && demand[$0] > 0 } ?? true
                }
        }
        // Each bin leads to the first bin of its part.
        var leaders = Array(problem.bins.indices)
        func leader(of bin: Int) -> Int {
            var bin = bin
            while leaders[bin] != bin { bin = leaders[bin] }
            return bin
        }
        for bins in useful {
            guard let first = bins.map(leader).min() else { continue }
            for bin in bins { leaders[leader(of: bin)] = first }
        }
        let items = Dictionary(grouping: problem.items.indices.filter { !useful[$0].isEmpty }) { item in
            leader(of: useful[item].first ?? 0)
        }
        return items.keys.sorted().map { key in
            let numbers = problem.bins.indices.filter { leader(of: $0) == key }
            return PlacementPart(problem, numbers: numbers, items: items[key] ?? [], useful: useful)
        }
    }

    private init(_ problem: PlacementProblem, numbers: [Int], items: [Int], useful: [Set<Int>]) {
        self.numbers = numbers
        let bins = numbers.map { problem.bins[$0] }
        self.bins = bins
        let alike = Dictionary(grouping: items) { item in
            PlacementProblem.Item(
                size: problem.items[item].size,
                group: problem.items[item].group,
                bins: useful[item],
                preferred: useful[item].intersection(problem.items[item].preferred)
            )
        }
        kinds = alike.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }.map { item, items in
            Kind(
                size: item.size,
                group: item.group,
                fits: numbers.map(item.bins.contains),
                isPreferred: numbers.map(item.preferred.contains),
                items: items,
                count: zip(numbers, bins).reduce(0) { sum, bin in
                    guard sum < items.count, item.bins.contains(bin.0) else { return min(sum, items.count) }
                    let most = min(bin.1.need, item.group.map { bin.1.demand[$0] } ?? bin.1.need)
                    return min(items.count, sum + (most + item.size - 1) / item.size)
                }
            )
        }
    }
}
