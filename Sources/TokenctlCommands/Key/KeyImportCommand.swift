import ArgumentParser
import Registry
import RegistryAPI

struct KeyImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import the product keys of an enrollment.",
        discussion: """
            FILE is CSV with the columns key, product and activations (empty for a key without a count), and optionally \
            version, type (such as mak or kms) and source (program or volume-licensing). All of it is imported or \
            nothing: every bad row is listed with its line, column and reason. KMS keys are not part of the programme: \
            one is recorded only as coming from a volume licence (R27).
            """
    )

    @Argument(help: ArgumentHelp("The CSV file, or - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The enrollment that the keys come from.", valueName: "enr"))
    var enrollment: String

    @Option(
        help: ArgumentHelp(
            "Where keys come from if their row does not say: program (default) or volume-licensing.",
            valueName: "source"
        )
    )
    var source: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let imported = try await shell.call(
            ImportKeys.self,
            ["enrollment": enrollment, "source": source],
            file: try UploadedFile(path: file),
            try shell.options(write)
        )
        shell.warn(imported.warnings)
        shell.printer.print(imported)
    }
}

extension KeyImportResource: Row {
    static let rowStyle = RowStyle(headings: ["firstKeyId": "FIRST", "lastKeyId": "LAST"])
}
