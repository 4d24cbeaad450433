import ArgumentParser
import Registry
import RegistryAPI
import Yams

struct ProgramExportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the whole licence table, in the form that 'program import' reads.",
        discussion: "Prints YAML; with -o json, JSON."
    )

    @Option(help: "yaml or json (default: json with -o json, else yaml).")
    var format: Format?

    @OptionGroup var global: GlobalOptions

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case yaml
        case json
    }

    func run(in shell: Shell) async throws {
        let table = try await shell.call(ExportPrograms.self, [:])
        switch format ?? (shell.global.format == .json ? .json : .yaml) {
        case .json:
            shell.terminal.write(Printer.json(table) + "\n")
        case .yaml:
            shell.terminal.write(try YAMLEncoder().encode(table))
        }
    }
}
