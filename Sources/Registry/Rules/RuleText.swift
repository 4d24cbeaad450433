/// What one rule says, in words for a person.
public struct RuleText: Hashable, Sendable {
    public let rule: Rule
    /// One line, without a full stop: the rule in one sentence, as an answer to a question begins.
    public let title: String
    /// Two to five sentences: what holds, with its figures, and what the registry does about it.
    public let text: String
    public let standing: Standing
    /// The commands that touch the rule, such as `tokenctl redeem`; empty where none does.
    public let commands: [String]
    public let source: Source
    /// Words that people ask with and that the title and the text lack; ``RuleSearch`` reads them.
    public let keywords: [String]

    init(
        _ rule: Rule,
        _ title: String,
        _ text: String,
        _ standing: Standing = .enforced,
        commands: [String],
        source: Source = .licensingFAQ,
        keywords: [String] = []
    ) {
        self.rule = rule
        self.title = title
        self.text = text
        self.standing = standing
        self.commands = commands
        self.source = source
        self.keywords = keywords
    }

    /// What the registry does about a rule.
    public enum Standing: String, CaseIterable, Codable, Hashable, Sendable {
        /// What breaks the rule is refused, or the registry's figures follow from it.
        case enforced
        /// The registry tells it; nothing is refused on its account.
        case advised
    }

    /// Where a rule comes from.
    public enum Source: String, CaseIterable, Codable, Hashable, Sendable {
        case licensingFAQ = "Microsoft Partner Network licensing FAQ (KB 2932656)"
        case laterDocumentation = "later Microsoft documentation"
    }
}
