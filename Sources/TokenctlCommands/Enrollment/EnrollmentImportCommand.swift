import ArgumentParser
import Registry
import RegistryAPI

struct EnrollmentImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the enrollments of a file, all of them or none.",
        discussion: """
            FILE has the columns of 'enrollment list': program, startsOn and organizationId (or org, or --org for all rows), and \
            id, locationId, competency and mintsTokens. One that was renewed, upgraded, ended or lapsed says so in ending, \
            endedOn and its successor's predecessorId. Every bad row is named with its line and column. Rows that the registry has \
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
            ImportEnrollments.self,
            ["organization": organization.org ?? shell.global.settings[.org]],
            file: file,
            write,
            confirmation
        )
    }
}
