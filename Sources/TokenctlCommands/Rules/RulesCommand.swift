import ArgumentParser
import Registry
import RegistryAPI

struct RulesCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List the rules, or explain one.",
        discussion: """
            --program lists those that apply to one programme, by its traits. What holds for every programme alike is not \
            among them.
            """
    )

    @Argument(help: ArgumentHelp("The rule's number, such as R31.", valueName: "rule"))
    var rule: String?

    @Option(help: ArgumentHelp("Only the rules that tell this programme from others.", valueName: "program"))
    var program: String?

    @Option(help: ArgumentHelp("The programme's edition, such as 2026 (default: the newest).", valueName: "edition"))
    var edition: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard edition == nil || program != nil, rule == nil || program == nil else {
            throw UsageError("Give a rule's number, or --program with or without --edition.")
        }
        if let program {
            let found = try await shell.call(ShowProgram.self, ["program": program, "edition": edition])
            shell.note("\(found.name) (\(found.id)), edition \(found.edition):")
            try shell.printer.print(list: found.rules.map(RuleCatalogue.text))
            return
        }
        guard let text = rule else {
            try shell.printer.print(list: RuleCatalogue.all)
            return
        }
        shell.printer.print(RuleCatalogue.text(for: try Rule(text)))
    }
}

extension RuleText: Row {
    static let rowStyle = RowStyle(
        hidden: ["source"],
        yielding: ["commands", "text"],
        texts: ["commands": { $0.listed(\.cellText) }]
    )
}
