import ArgumentParser
import Registry
import RegistryAPI

struct ProgramCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program",
        abstract: "The programme catalogue: what each programme grants.",
        subcommands: [
            ProgramListCommand.self, ProgramShowCommand.self, ProgramDiffCommand.self, ProgramImportCommand.self,
            ProgramExportCommand.self,
        ]
    )
}

struct ProgramListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the programmes.")

    @Option(help: ArgumentHelp("Only one licence table's, such as 2026 (default: all).", valueName: "edition"))
    var edition: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print(list: shell.call(ListPrograms.self, ["edition": edition]))
    }
}

struct ProgramShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a programme grants.")

    @Argument(help: ArgumentHelp("The programme's id.", valueName: "program"))
    var program: String

    @Option(help: ArgumentHelp("The licence table's, such as 2026 (default: the newest).", valueName: "edition"))
    var edition: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let found = try await shell.call(ShowProgram.self, ["program": program, "edition": edition])
        if shell.global.format == .table {
            shell.note("\(found.name) (\(found.id)), \(found.standing)")
            try shell.printer.print(list: found.benefits)
        } else {
            shell.printer.print(found)
        }
    }
}

extension ProgramResource {
    /// The edition, and what tells the programme apart, in a line or two.
    fileprivate var standing: String {
        let from = editionFrom.map { ", from \($0)" } ?? ""
        let sale = traits.soldThrough.map { " Last sold on \($0)." } ?? ""
        let doubt =
            certainty.map { $0 == .certain ? "" : " Not all figures are certain: see CERTAINTY and SOURCE." } ?? ""
        return "edition \(edition)\(from): \(traits.standing.rawValue), redeemed by \(traits.redemption.rawValue); see "
            + "\(rules.map(\.rawValue).joined(separator: ", ")).\(sale)\(doubt)"
    }
}

extension ProgramResource: Row {
    static let rowStyle = RowStyle(
        headings: ["benefits": "GRANTS"],
        hidden: ["editionFrom"],
        omitted: ["traits", "rules"],
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
        ],
        hidden: ["activateWithinDays", "reassignAfterDays", "reassignments"],
        omitted: ["otherSkus"]
    )
}
