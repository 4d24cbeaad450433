import ArgumentParser
import Registry
import RegistryAPI

struct ProductInstallationsCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "installations",
        abstract: "List installations of previous versions, and when they must be upgraded by.",
        discussion: """
            An installation is what a machine was last activated with. After a newer version comes there are 12 months \
            to upgrade (R07); training licences of the Learning competency and MSDN benefits are exempt.
            """
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Flag(help: "Include those of the latest version.")
    var all = false

    @Option(help: ArgumentHelp("The day to look from (default: today).", valueName: "date"))
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": organization, "all": all, "asOf": asOf]
        shell.printer.print(list: try await shell.call(ListInstallations.self, fields))
    }
}

extension InstallationResource: Row {
    static let rowStyle = RowStyle(headings: ["activatedOn": "ACTIVATED", "upgradeTo": "TO"])
}
