import ArgumentParser
import Registry

struct RenewalShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the plans in a file, without asking the registry.",
        discussion: """
            With --format html the plan is a page to read, to print and to sign. It names the file's SHA-256, so that what is \
            signed is what is applied.
            """
    )

    @Argument(help: ArgumentHelp("The plan, or - for standard input.", valueName: "file"))
    var file: String

    @Option(
        help: "table, json, csv, ndjson or html (default: as -o says).",
        completion: PlanFormat.completion,
        transform: PlanFormat.chosen
    )
    var format: PlanFormat?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let bytes = try InputFile.contents(of: file)
        let plans = try PlanFile.plans(in: bytes, of: file)
        if plans.count == 1 { return shell.print(plans[0], as: format, file: bytes) }
        var list = try PrintedPlans(shell: shell, format: format)
        list.add(plans)
        try list.finish()
    }
}
