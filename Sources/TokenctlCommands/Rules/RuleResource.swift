import Registry

struct RuleResource: Codable, Tabular {
    let rule: String
    let title: String
    let text: String
    let standing: String
    let commands: [String]
    let source: String

    init(_ text: RuleText) {
        rule = text.rule.rawValue
        title = text.title
        self.text = text.text
        standing = text.standing.rawValue
        commands = text.commands
        source = text.source.rawValue
    }

    static var columns: [Column<RuleResource>] {
        [
            Column("rule", "RULE") { $0.rule },
            Column("title", "TITLE") { $0.title },
            Column("standing", "STANDING") { $0.standing },
            Column("commands", "COMMANDS") { $0.commands.joined(separator: ", ") },
            Column("source", nil) { $0.source },
            Column("text", "TEXT") { $0.text },
        ]
    }
}
