/// What the rules say: `Catalogue/rules.json`, with an entry for each rule. Read at first use.
public enum RuleCatalogue {
    /// All texts, in the order of their numbers.
    public static let all: [RuleText] = embedded(PackageResources.rules_json)

    /// What `rule` says.
    public static func text(for rule: Rule) -> RuleText { entry(for: rule, among: all) }

    /// By what to find each rule, in the order of their numbers.
    static let clues: [RuleClues] = embedded(PackageResources.rules_json)

    static func clues(to rule: Rule) -> RuleClues { entry(for: rule, among: clues) }

    private static func entry<Entry: RuleEntry>(for rule: Rule, among entries: [Entry]) -> Entry {
        guard let entry = entries.first(where: { $0.rule == rule }) else {
            preconditionFailure("The catalogue has no entry for \(rule).")
        }
        return entry
    }

    /// The words on each line of an embedded text.
    static func lines(of bytes: [UInt8]) -> [[String]] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
}

/// A part of a rule's entry in the catalogue.
protocol RuleEntry: Decodable {
    var rule: Rule { get }
}

/// By what to find a rule, and what an organisation's records can say to it.
struct RuleClues: RuleEntry {
    let rule: Rule
    /// Words that people ask with and that the title and the text lack.
    let keywords: [String]
    let records: [RuleTopic]
}
