import ArgumentParser
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

struct ProgramListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the programmes.")

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(list: try await shell.call(ListProgramsOperation.self, NoInput()))
    }
}

struct ProgramShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a programme grants.")

    @Argument(help: ArgumentHelp("The programme's id.", valueName: "program"))
    var program: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let found = try await shell.call(ShowProgramOperation.self, .init(program: program))
        if shell.global.format == .table {
            shell.note("\(found.name) (\(found.id))")
            shell.printer.print(list: found.benefits)
        } else {
            shell.printer.print(found)
        }
    }
}

extension ProgramResource: Tabular {
    static var columns: [Column<ProgramResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("name", "NAME") { $0.name },
            Column("kind", "KIND") { $0.kind },
            Column("benefits", "GRANTS") { program in
                program.benefits.map { "\($0.product) \($0.quantity)" }.joined(separator: ", ")
            },
        ]
    }
}

extension ProgramResource.Benefit: Tabular {
    static var columns: [Column<ProgramResource.Benefit>] {
        [
            Column("product", "PRODUCT") { $0.product },
            Column("quantity", "QUANTITY", number: { $0.quantity }),
            Column("countryMaximum", "PER COUNTRY", number: { $0.countryMaximum }),
            Column("worldwideMaximum", "WORLDWIDE", number: { $0.worldwideMaximum }),
            Column("skuPartNumber", "TOKENS OF", optional: { $0.skuPartNumber }),
            Column("tokenSeats", "SEATS EACH", number: { $0.tokenSeats }),
            Column("certainty", "CERTAINTY") { $0.certainty },
            Column("source", "SOURCE") { $0.source },
        ]
    }
}
