import ArgumentParser
import Registry
import RegistryAPI

struct ProductInstallationsCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "installations",
        abstract: "List installations of previous versions, and when they must be upgraded by.",
        discussion: """
            An installation is what a machine was last activated with. After a newer version comes there are 12 months \
            to upgrade (R07); training licences of the Learning competency and MSDN benefits are exempt.
            """
    )

    @OptionGroup var organization: OrganizationArgument

    @Flag(help: "Include those of the latest version.")
    var all = false

    @Option(help: ArgumentHelp("The day to look from (default: today).", valueName: "date"))
    var asOf: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization), "all": all, "asOf": asOf]
        try await shell.printer.print(list: shell.call(ListInstallations.self, fields))
    }
}

extension InstallationResource: Row {
    static let rowStyle = RowStyle(headings: ["activatedOn": "ACTIVATED", "upgradeTo": "TO"])
}
