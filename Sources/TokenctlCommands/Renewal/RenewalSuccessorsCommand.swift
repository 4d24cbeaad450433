import ArgumentParser
import Registry
import RegistryAPI

struct RenewalSuccessorsCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "successors",
        abstract: "Tell which package or designation would carry an enrollment's users on (R53).",
        discussion: """
            Counts the users of the enrollment's suites today, and compares them with the suite that each package and \
            designation on sale then grants. What both grant counts until the old year ends.
            """
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The next year's first day (default: the anniversary).", valueName: "date"))
    var on: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["enrollment": enrollment, "on": on]
        try await shell.printer.print(list: shell.call(ListSuccessors.self, fields))
    }
}

extension SuccessorResource: Row {
    static let rowStyle = RowStyle()
}
