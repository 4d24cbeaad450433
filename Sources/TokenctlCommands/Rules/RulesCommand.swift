import ArgumentParser
import Registry
import RegistryAPI

struct RulesCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List the rules, or explain one."
    )

    @Argument(help: ArgumentHelp("The rule's number, such as R31.", valueName: "rule"))
    var rule: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
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
        texts: ["commands": { $0.listed(\.cellText) }]
    )
}
