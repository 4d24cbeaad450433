import ArgumentParser
import Registry
import RegistryAPI

struct ProgramImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Replace programmes with those of a licence table.",
        discussion: """
            FILE is JSON or CSV, as 'tokenctl program export' prints it; which of them is told by its content. A programme \
            that is not in it stays, and what was granted before does not change. Every wrong field is listed with its line.
            """
    )

    @Argument(help: ArgumentHelp("The JSON or CSV file, or - for standard input.", valueName: "file"))
    var file: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let upload = try UploadedFile(path: file)
        var bytes: [UInt8] = []
        var source = try upload.open()
        while let chunk = try source.next() {
            bytes += chunk
            guard bytes.count <= 4 << 20 else { throw UsageError("The file \(file) is too large for a licence table.") }
        }
        let table = try ProgramFile(bytes)
        do {
            let fields = table.fields.setting("source", to: String(upload.name.suffix(200)))
            shell.printer.print(try await shell.call(ImportPrograms.self, fields, shell.options(write)))
        } catch let problem as Problem where !problem.problems.isEmpty {
            throw table.locating(problem)
        }
    }
}

extension ProgramImportResource: Row {
    static let rowStyle = RowStyle()
}
