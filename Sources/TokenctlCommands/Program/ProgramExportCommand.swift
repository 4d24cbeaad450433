import ArgumentParser
import Registry
import RegistryAPI

struct ProgramExportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the whole licence table, in a form that 'program import' reads.",
        discussion: """
            Prints JSON, or with -o csv a line for each benefit, as a spreadsheet has it. --schema prints the JSON Schema \
            of the table, which editors complete and check it by.
            """
    )

    @Flag(help: "Print the JSON Schema of the table instead.")
    var schema = false

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        if schema { return shell.terminal.write(ProgramSchema.text) }
        let table = try await shell.call(ExportPrograms.self, [:])
        switch shell.global.format {
        case .csv: shell.terminal.write(try ProgramCSV.text(of: table, forExcel: shell.global.isForExcel))
        case .ndjson: shell.terminal.write(Printer.compactJSON(table) + "\n")
        case .json, .table: shell.terminal.write(Printer.json(table) + "\n")
        }
    }
}
