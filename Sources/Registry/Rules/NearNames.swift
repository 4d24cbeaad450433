/// Those of `names` that somebody who wrote `name` may have meant, the nearest first.
///
/// Near means: few letters inserted, left out, changed or swapped with their neighbour; one in a short name, three in
/// a long one; or, after those, that it begins with all of `name`. Case does not count.
///
/// - Parameter limit: How many to give at most.
public func nearNames(to name: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(nearNameLength))
    let reach = min(3, max(1, wanted.count / 4))
    return
        names
        .compactMap { candidate -> (name: String, distance: Int)? in
            guard candidate != name else { return nil }
            let letters = Array(candidate.lowercased().unicodeScalars.prefix(nearNameLength))
            let isBeginning = wanted.count >= 3 && letters.starts(with: wanted)
            guard abs(letters.count - wanted.count) <= reach else { return isBeginning ? (candidate, reach + 1) : nil }
            let distance = editDistance(wanted, letters)
            return distance <= reach ? (candidate, distance) : nil
        }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .prefix(limit)
        .map(\.name)
}

/// Longer names are compared by their beginnings, so that a hostile name costs little.
private let nearNameLength = 100

/// How many insertions, removals, changes and swaps of neighbours lead from `left` to `right`.
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty else { return right.count }
    guard !right.isEmpty else { return left.count }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
        var current = [i]
        current.reserveCapacity(right.count + 1)
        for j in 1...right.count {
            let change = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
            var best = min(change, last[j] + 1, current[j - 1] + 1)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                best = min(best, beforeLast[j - 2] + 1)
            }
            current.append(best)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
