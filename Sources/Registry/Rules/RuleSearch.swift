/// Finds the rules that answer a question, by its words.
public enum RuleSearch {
    /// One rule that has words of the question.
    public struct Match: Hashable, Sendable {
        public let rule: Rule
        /// At least 1; comparable only within one question.
        public let score: Int
    }

    /// The rules that share words with `question`, the best first; equal scores in the order of the numbers.
    ///
    /// A word counts more in a title than among the keywords, there more than in the text, and the more the fewer rules
    /// have it. A rule's number in the question, such as `R31`, puts that rule first. Empty where nothing matches.
    public static func rank(_ question: String) -> [Match] {
        let words = Set(terms(of: question)).sorted()
        var matches: [Match] = []
        for entry in index {
            var score = 0
            for word in words {
                guard let weight = entry.weights[word] else { continue }
                score += weight * rarity(of: word)
            }
            if words.contains(entry.rule.rawValue.lowercased()) { score += 1_000 }
            if score > 0 { matches.append(Match(rule: entry.rule, score: score)) }
        }
        return matches.sorted { left, right in
            left.score == right.score ? left.rule.rawValue < right.rule.rawValue : left.score > right.score
        }
    }

    private struct Entry {
        let rule: Rule
        let weights: [String: Int]
    }

    private static let index: [Entry] = RuleCatalogue.all.map { text in
        var weights: [String: Int] = [:]
        for term in terms(of: text.text) { weights[term] = 2 }
        for keyword in text.keywords {
            for term in terms(of: keyword) { weights[term] = 4 }
        }
        for term in terms(of: text.title) { weights[term] = 6 }
        return Entry(rule: text.rule, weights: weights)
    }

    private static let frequencies: [String: Int] = index.reduce(into: [:]) { counts, entry in
        for term in entry.weights.keys { counts[term, default: 0] += 1 }
    }

    /// 1 for a word of nearly every rule, up to 6 for a word of a single one.
    private static func rarity(of term: String) -> Int {
        guard let frequency = frequencies[term], frequency > 0 else { return 0 }
        let ratio = max(1, index.count / frequency)
        return Int.bitWidth - ratio.leadingZeroBitCount
    }
}
