import ArgumentParser
import Registry
import RegistryAPI

struct ProgramCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program",
        abstract: "The programme catalogue: what each programme grants.",
        subcommands: [
            ProgramListCommand.self, ProgramShowCommand.self, ProgramImportCommand.self, ProgramExportCommand.self,
        ]
    )
}

struct ProgramListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the programmes.")

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print(list: shell.call(ListPrograms.self, [:]))
    }
}

struct ProgramShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a programme grants.")

    @Argument(help: ArgumentHelp("The programme's id.", valueName: "program"))
    var program: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let found = try await shell.call(ShowProgram.self, ["program": program])
        if shell.global.format == .table {
            shell.note("\(found.name) (\(found.id))")
            try shell.printer.print(list: found.benefits)
        } else {
            shell.printer.print(found)
        }
    }
}

extension ProgramResource: Row {
    static let rowStyle = RowStyle(
        headings: ["benefits": "GRANTS"],
        texts: [
            "benefits": { benefits in
                benefits.items.map { "\($0["product"].cellText) \($0["quantity"].cellText)" }.joined(separator: ", ")
            }
        ]
    )
}

extension ProgramResource.Benefit: Row {
    static let rowStyle = RowStyle(
        headings: [
            "countryMaximum": "PER COUNTRY", "worldwideMaximum": "WORLDWIDE", "skuPartNumber": "TOKENS OF",
            "tokenSeats": "SEATS EACH",
        ]
    )
}
