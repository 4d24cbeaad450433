import ArgumentParser
import Registry
import RegistryAPI

struct LocationImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the locations of a file, all of them or none.",
        discussion: """
            FILE has the columns of 'location list': id, name, country and organizationId (or org, or --org for all rows), and \
            associated (yes or no). Every bad row is named with its line and column. Rows that the registry has \
            already are left as they are, so that a list can be exported, edited and imported.
            """
    )

    @Argument(
        help: ArgumentHelp("The CSV or NDJSON file, or - for standard input.", valueName: "file"),
        completion: .file()
    )
    var file: String

    @OptionGroup var organization: OrganizationOption

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printRows(
            ImportLocations.self,
            ["organization": organization.org ?? shell.global.settings[.org]],
            file: file,
            write,
            confirmation
        )
    }
}
