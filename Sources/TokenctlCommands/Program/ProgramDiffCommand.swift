import ArgumentParser
import Registry
import RegistryAPI

struct ProgramDiffCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what changed between two editions of the licence table.",
        discussion: """
            Names every programme, trait and figure that differs. A figure that is likely or uncertain is marked so; \
            'tokenctl program show PROGRAM --edition EDITION' tells its source.
            """
    )

    @Argument(help: ArgumentHelp("The earlier edition, such as 2025.", valueName: "from"))
    var from: String

    @Argument(help: ArgumentHelp("The later edition, such as 2026.", valueName: "to"))
    var to: String

    @Option(help: ArgumentHelp("Only this programme.", valueName: "program"))
    var program: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["from": from, "to": to, "program": program]
        try await shell.printer.print(list: shell.call(DiffPrograms.self, fields))
    }
}

extension ProgramChange: Row {
    static let rowStyle = RowStyle()
}
