import ArgumentParser
import Registry
import RegistryAPI

struct RulesCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List the rules, or explain one."
    )

    @Argument(help: ArgumentHelp("The rule's number, such as R31.", valueName: "rule"))
    var rule: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard let text = rule else {
            shell.printer.print(list: RuleCatalogue.all.map(RuleResource.init))
            return
        }
        guard let rule = Rule(rawValue: text.uppercased()) else {
            throw Refusal(.ruleNotFound, "There is no rule \(text): they are R01 to R51.")
        }
        shell.printer.print(RuleResource(RuleCatalogue.text(for: rule)))
    }
}

struct AskCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Find the rules that answer a question.",
        discussion: "For example: tokenctl ask \"can I move seats to another tenant\""
    )

    @Argument(help: "The question, in your words.")
    var question: [String]

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let found = RuleSearch.rank(question.joined(separator: " ")).prefix(3)
        guard !found.isEmpty else {
            throw Refusal(.ruleNotFound, "No rule has anything to do with these words; try others.")
        }
        shell.printer.print(list: found.map { RuleResource(RuleCatalogue.text(for: $0.rule)) })
    }
}

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
