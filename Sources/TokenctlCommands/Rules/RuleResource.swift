import Registry

struct RuleResource: Codable, Row {
    let rule: String
    let title: String
    let standing: String
    let commands: [String]
    let source: String
    let text: String

    init(_ text: RuleText) {
        rule = text.rule.rawValue
        title = text.title
        self.text = text.text
        standing = text.standing.rawValue
        commands = text.commands
        source = text.source.rawValue
    }

    static let rowStyle = RowStyle(
        hidden: ["source"],
        texts: ["commands": { $0.listed(\.cellText) }]
    )
}
