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
    /// have it. A word that means the same counts a little less, and so does one that is a slip of the keyboard away; two
    /// words that stand together in both count once more. The larger the part of the question that a rule has, the better.
    /// A rule's number in the question, such as `R31`, puts that rule first. What holds since the licensing FAQ comes behind
    /// what the FAQ says, unless the question has a word of the later programmes, such as `package` or `2026`. Empty where
    /// nothing matches.
    ///
    /// - Parameter isLater: whether the question is about the programmes since the FAQ; nil where its words tell.
    public static func rank(_ question: String, isLater: Bool? = nil) -> [Match] {
        let terms = terms(of: question)
        let asksForLater = isLater ?? !laterWords.isDisjoint(with: terms)
        let words = Set(terms).sorted().map(Word.init)
        let pairs = pairs(in: terms.map { Word($0).spellings.first ?? $0 })
        var matches: [Match] = []
        for entry in index where isLater != false || !entry.isLater {
            let scores = words.map { $0.score(in: entry) }
            let shared = pairs.intersection(entry.pairs).reduce(0) { $0 + rarity(of: $1) }
            let matched = scores.count { $0 > 0 }
            var score = (scores.reduce(0, +) + shared * Weight.exact) * (words.count + matched) / max(1, words.count)
            if entry.isLater, !asksForLater { score = score * 7 / 10 }
            if terms.contains(entry.rule.rawValue.lowercased()) { score += 100_000 }
            if score > 0 { matches.append(Match(rule: entry.rule, score: score)) }
        }
        return matches.sorted { left, right in
            left.score == right.score ? left.rule.rawValue < right.rule.rawValue : left.score > right.score
        }
    }

    /// The rules worth reading, the best first: at most `limit`, and none that is far behind the best.
    public static func best(_ question: String, limit: Int, isLater: Bool? = nil) -> [Rule] {
        let matches = rank(question, isLater: isLater)
        guard let first = matches.first else { return [] }
        return matches.prefix(limit).filter { $0.score * 2 >= first.score }.map(\.rule)
    }

    /// What a match is worth, in hundredths.
    private enum Weight {
        static let exact = 100
        static let synonym = 75
        static let misspelt = 80
    }

    /// A word of the question, as the rules may spell it.
    private struct Word {
        /// The word itself where the rules know it; else the known words that one slip makes of it.
        let spellings: [String]
        let isMisspelt: Bool

        init(_ term: String) {
            isMisspelt = !vocabulary.contains(term)
            spellings =
                if !isMisspelt {
                    [term]
                } else if term.count < 4 {
                    []
                } else {
                    vocabulary.filter { $0.count > 2 && isOneSlip(from: term, to: $0) }.sorted()
                }
        }

        func score(in entry: Entry) -> Int {
            var best = 0
            for spelling in spellings {
                if let weight = entry.weights[spelling] {
                    best = max(best, weight * rarity(of: spelling) * Weight.exact)
                }
                if let meaning = synonyms[spelling], let weight = entry.meanings[meaning] {
                    best = max(best, weight * rarity(ofMeaning: meaning) * Weight.synonym)
                }
            }
            return isMisspelt ? best * Weight.misspelt / 100 : best
        }
    }

    /// Two words beside each other, in either order.
    private struct Pair: Hashable {
        let first: String
        let second: String

        init(_ one: String, _ other: String) {
            (first, second) = one < other ? (one, other) : (other, one)
        }
    }

    private static func pairs(in terms: [String]) -> Set<Pair> {
        let meanings = terms.map { synonyms[$0] ?? $0 }
        return Set(zip(meanings, meanings.dropFirst()).filter { $0 != $1 }.map(Pair.init))
    }

    private static func isOneSlip(from term: String, to other: String) -> Bool {
        abs(term.count - other.count) <= 1
            && editDistance(Array(term.unicodeScalars.prefix(40)), Array(other.unicodeScalars)) <= 1
    }

    private struct Entry {
        let rule: Rule
        /// Whether it holds since the licensing FAQ alone.
        var isLater: Bool { rule.isOfLaterEditions }
        private(set) var weights: [String: Int] = [:]
        /// The same for words that have synonyms, by the first of these.
        private(set) var meanings: [String: Int] = [:]
        private(set) var pairs: Set<Pair> = []

        init(_ text: RuleText, _ clues: RuleClues) {
            rule = text.rule
            for part in text.text.split(whereSeparator: { ".;:".contains($0) }) { add(String(part), weight: 2) }
            for keyword in clues.keywords { add(keyword, weight: 4) }
            add(text.title, weight: 6)
        }

        private mutating func add(_ words: String, weight: Int) {
            let terms = RuleSearch.terms(of: words)
            for term in terms {
                weights[term] = max(weights[term] ?? 0, weight)
                if let meaning = synonyms[term] { meanings[meaning] = max(meanings[meaning] ?? 0, weight) }
            }
            pairs.formUnion(RuleSearch.pairs(in: terms))
        }
    }

    private static let index: [Entry] = zip(RuleCatalogue.all, RuleCatalogue.clues).map(Entry.init)

    private static let vocabulary: Set<String> =
        Set(index.flatMap(\.weights.keys)).union(synonyms.keys).union(Rule.allCases.map { $0.rawValue.lowercased() })

    private static let frequencies = counted { $0.weights.keys }
    private static let meaningFrequencies = counted { $0.meanings.keys }
    private static let pairFrequencies = counted { $0.pairs }

    /// How many rules have each; the later ones count only for what no other has, so that they do not change what the
    /// licensing FAQ's questions find.
    private static func counted<Keys: Sequence>(_ keys: (Entry) -> Keys) -> [Keys.Element: Int]
    where Keys.Element: Hashable {
        func counted(_ entries: [Entry]) -> [Keys.Element: Int] {
            entries.flatMap { Array(keys($0)) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        return counted(index.filter { !$0.isLater }).merging(counted(index.filter(\.isLater))) { earlier, _ in earlier }
    }

    private static func rarity(of term: String) -> Int { rarity(frequencies[term]) }
    private static func rarity(ofMeaning meaning: String) -> Int { rarity(meaningFrequencies[meaning]) }
    private static func rarity(of pair: Pair) -> Int { rarity(pairFrequencies[pair]) }

    /// 1 for what nearly every rule has, up to 6 for what a single one has.
    private static func rarity(_ frequency: Int?) -> Int {
        guard let frequency, frequency > 0 else { return 0 }
        let ratio = max(1, index.count / frequency)
        return Int.bitWidth - ratio.leadingZeroBitCount
    }
}
