extension RuleSearch {
    /// The words of `text` that carry meaning, lower-cased and stemmed, in their order.
    static func terms(of text: String) -> [String] {
        text.lowercased()
            .split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }
            .map { word in String(word.prefix { $0 != "'" && $0 != "’" }) }
            .filter { !$0.isEmpty && !stopWords.contains($0) }
            .map(stem)
    }

    /// `word` without the endings of plural, participle, past and of nouns made of verbs: `licences`, `licenced` and
    /// `licencing` become `licenc`; `activate` and `activation` become `activ`.
    static func stem(_ word: String) -> String {
        guard word.allSatisfy({ $0.isASCII && $0.isLetter }) else { return word }
        var stem = word
        if stem.hasSuffix("ies"), stem.count > 4 {
            stem = stem.dropLast(3) + "y"
        } else if stem.hasSuffix("s"), !stem.hasSuffix("ss"), !stem.hasSuffix("us"), stem.count > 3 {
            stem.removeLast()
        }
        for (ending, kept) in endings where stem.hasSuffix(ending) && stem.count - ending.count >= kept {
            stem.removeLast(ending.count)
            stem = withoutDoubledConsonant(stem)
            break
        }
        if stem.hasSuffix("e"), stem.count > 3 { stem.removeLast() }
        if stem.hasSuffix("at"), stem.count > 5 { stem.removeLast(2) }
        // One spelling of either side of the Atlantic, and of the noun and the verb.
        if stem.hasSuffix("iz"), stem.count > 4 { stem = stem.dropLast() + "s" }
        return stem == "licens" ? "licenc" : stem
    }

    /// Endings, the longer first, and how many letters have to be left.
    private static let endings = [("ation", 4), ("ement", 4), ("ment", 4), ("ing", 3), ("ion", 4), ("ed", 3)]

    /// `splitt` becomes `split`; `sell` and `pass` stay.
    private static func withoutDoubledConsonant(_ stem: String) -> String {
        guard stem.count > 3, let last = stem.last, stem.dropLast().last == last, !"aeioulsz".contains(last) else {
            return stem
        }
        return String(stem.dropLast())
    }

    /// The words that carry no meaning.
    private static let stopWords = Set(RuleCatalogue.lines(of: PackageResources.stop_words_txt).joined())

    /// Words of the programmes since the licensing FAQ.
    static let laterWords = Set(RuleCatalogue.lines(of: PackageResources.later_words_txt).joined().map(stem))
}
