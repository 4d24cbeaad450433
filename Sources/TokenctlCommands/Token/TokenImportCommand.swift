import ArgumentParser
import Registry
import RegistryAPI

struct TokenImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import the portal's tokens of an enrollment.",
        discussion: """
            FILE is CSV with the columns code, sku and seats. All of it is imported or nothing: every bad row is named \
            with its line, column and reason. Seats beyond what the enrollment grants, and SKUs that it does not grant, \
            are bad rows too; where the portal really issued them, '--override R12' records it, with a warning that the \
            statement repeats.
            """
    )

    @Argument(help: ArgumentHelp("The CSV file, or - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The enrollment that the tokens come from.", valueName: "enr"))
    var enrollment: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let imported = try await shell.call(
            ImportTokens.self,
            ["enrollment": enrollment],
            file: try UploadedFile(path: file),
            try shell.options(write)
        )
        shell.warn(imported.warnings)
        shell.printer.print(imported)
    }
}

extension TokenImportResource: Row {
    static let rowStyle = RowStyle(headings: ["firstTokenId": "FIRST", "lastTokenId": "LAST"])
}
