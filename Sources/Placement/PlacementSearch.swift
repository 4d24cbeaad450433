/// Considers every placement, bin by bin: for every number of items that may be left, the best that the remaining bins
/// can do with them.
struct PlacementSearch {
    /// What a bin may take: only items that each cover something.
    private struct Choice {
        let taken: [Int]
        /// The kinds among them, with their numbers.
        let kinds: [(kind: Int, number: Int)]
        let score: PlacementScore
        /// How much smaller the number of what is left gets.
        let offset: Int
    }

    private let part: PlacementPart
    /// What is left is one number: so many of each kind, each in a place of its own.
    private let strides: [Int]
    private let states: Int

    /// The best placement, by bin and kind; nil where that would take more steps.
    static func best(of part: PlacementPart, stepLimit: Int) -> [[Int]]? {
        guard let search = PlacementSearch(part, stepLimit: stepLimit) else { return nil }
        return search.best(stepLimit: stepLimit)
    }

    private init?(_ part: PlacementPart, stepLimit: Int) {
        var strides: [Int] = []
        var states = 1
        for kind in part.kinds {
            strides.append(states)
            guard kind.count < stepLimit / states else { return nil }
            states *= kind.count + 1
        }
        self.part = part
        self.strides = strides
        self.states = states
    }

    private func best(stepLimit: Int) -> [[Int]]? {
        var choices: [[Choice]] = []
        var steps = 0
        for bin in part.bins.indices {
            guard let found = self.choices(for: bin, atMost: (stepLimit - steps) / states) else { return nil }
            steps += found.count * states
            choices.append(found)
        }
        // From the last bin to the first: which choice is best, for each number of what is left.
        var chosen: [[Int32]] = []
        var after = [PlacementScore](repeating: PlacementScore(), count: states)
        for bin in part.bins.indices.reversed() {
            var scores: [PlacementScore] = []
            var indices: [Int32] = []
            scores.reserveCapacity(states)
            indices.reserveCapacity(states)
            var left = [Int](repeating: 0, count: part.kinds.count)
            for state in 0..<states {
                var best: (score: PlacementScore, index: Int32)?
                for (index, choice) in choices[bin].enumerated()
                where choice.kinds.allSatisfy({ left[$0.kind] >= $0.number }) {
                    let score = choice.score + after[state - choice.offset]
                    if best.map({ score < $0.score }) ?? true { best = (score, Int32(index)) }
                }
                // To take nothing is always a choice.
                scores.append(best?.score ?? PlacementScore())
                indices.append(best?.index ?? 0)
                for kind in left.indices {
                    left[kind] += 1
                    if left[kind] <= part.kinds[kind].count { break }
                    left[kind] = 0
                }
            }
            after = scores
            chosen.append(indices)
        }
        var state = states - 1
        return part.bins.indices.map { bin in
            let choice = choices[bin][Int(chosen[part.bins.count - 1 - bin][state])]
            state -= choice.offset
            return choice.taken
        }
    }

    /// The best for the bin itself first, so that the first of equal bins is served first; nil where there are more
    /// than `limit`.
    ///
    /// A best placement has no item that adds nothing to the others in its bin. An item that adds something to all of
    /// them adds something to any subset of them, so every such choice is reached by adding one useful item at a time.
    private func choices(for bin: Int, atMost limit: Int) -> [Choice]? {
        var found: [(taken: [Int], from: Int, uncovered: Int)] = []
        let none = [Int](repeating: 0, count: part.kinds.count)
        found.append((none, 0, part.uncovered(in: bin, taking: none)))
        var next = 0
        while next < found.count {
            let (taken, from, uncovered) = found[next]
            next += 1
            for kind in from..<part.kinds.count
            where part.kinds[kind].fits[bin] && taken[kind] < part.kinds[kind].count {
                var more = taken
                more[kind] += 1
                let left = part.uncovered(in: bin, taking: more)
                if left < uncovered { found.append((more, kind, left)) }
            }
            guard found.count <= limit else { return nil }
        }
        return found.map { found in
            Choice(
                taken: found.taken,
                kinds: found.taken.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) },
                score: part.score(of: bin, taking: found.taken),
                offset: zip(found.taken, strides).reduce(0) { $0 + $1.0 * $1.1 }
            )
        }
        .sorted { left, right in
            left.score == right.score
                ? right.taken.lexicographicallyPrecedes(left.taken) : left.score < right.score
        }
    }
}
