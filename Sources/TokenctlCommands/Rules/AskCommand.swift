import ArgumentParser
import Registry
import RegistryAPI

struct AskCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Answer a question with the rule that answers it.",
        discussion: """
            Prints the answer as one sentence, then the rule with the editions that it speaks of, and at most two more that \
            come close. A question with words of the later programmes, such as package or 2026, is answered for them. For \
            example:

              tokenctl ask "can I move seats to another tenant"
            """
    )

    @Argument(help: "The question, in your own words.")
    var question: [String]

    @Option(help: ArgumentHelp("Answer from this organisation's records too.", valueName: "org"))
    var org: String?

    @Option(
        help: ArgumentHelp(
            "The licence table that is asked about: 2014 for the FAQ's time, or a later one (default: the question tells).",
            valueName: "edition"
        )
    )
    var edition: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let isLater = edition.map { $0 != Edition.first.id.value }
        let found = RuleSearch.best(question.joined(separator: " "), limit: 3, isLater: isLater)
        guard !found.isEmpty else {
            throw Refusal(.ruleNotFound, "No rule matches these words; try others.")
        }
        var answers: [AskResource] = []
        for rule in found {
            var state: [String] = []
            if let org {
                state = try await shell.call(ShowRuleState.self, ["organization": org, "rule": rule.rawValue]).state
            }
            answers.append(AskResource(RuleCatalogue.text(for: rule), state: state))
        }
        if shell.global.format == .table { shell.terminal.write("\(answers[0].answer)\n\n") }
        try shell.printer.print(cards: answers)
    }
}

/// A rule that answers a question, the answer as one sentence, and what the organisation's records say to it.
struct AskResource: Codable, Row {
    /// What the rule says, as one sentence.
    let answer: String
    let rule: Rule
    let title: String
    let standing: RuleText.Standing
    let text: String
    /// Of which editions of the licence table it speaks.
    let edition: String
    let state: [String]
    let commands: [String]
    let source: RuleText.Source

    init(_ text: RuleText, state: [String]) {
        answer = "\(text.title) (\(text.rule))."
        rule = text.rule
        title = text.title
        self.text = text.text
        standing = text.standing
        edition = text.rule.edition
        commands = text.commands
        source = text.source
        self.state = state
    }

    static let rowStyle = RowStyle(
        headings: ["state": "YOUR RECORDS"],
        hidden: ["answer", "standing", "source"],
        texts: ["commands": { $0.listed(\.cellText) }]
    )
}
