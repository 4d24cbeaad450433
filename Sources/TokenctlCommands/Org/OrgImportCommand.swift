import ArgumentParser
import Registry
import RegistryAPI

struct OrgImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the organisations of a file, all of them or none.",
        discussion: """
            FILE has the columns of 'org list': id, name and country, and timeZone, portal, yearLength and anniversaryBasis \
            where they are not the usual ones. Every bad row is named with its line and column. Rows that the registry has \
            already are left as they are, so that a list can be exported, edited and imported.
            """
    )

    @Argument(
        help: ArgumentHelp("The CSV or NDJSON file, or - for standard input.", valueName: "file"),
        completion: .file()
    )
    var file: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printRows(ImportOrganizations.self, [:], file: file, write, confirmation)
    }
}
