import ArgumentParser
import Registry
import RegistryAPI

struct StatementCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Show what an organisation was granted, uses and has left.",
        discussion: """
            For today or any day before: as the statement was on that day. With --explain, one product line's figures \
            are derived line by line, with the ledger's rows that they follow from ('tokenctl audit log').
            """
    )

    enum Format: String, CommandLineChoice {
        case table
        case json
        case csv
        case ndjson
        case markdown
    }

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("As it was on this day (default: today).", valueName: "date"))
    var asOf: String?

    @Option(help: ArgumentHelp("Derive the figures of this product line.", valueName: "product"))
    var explain: String?

    @Option(
        help: "table, json, csv, ndjson or markdown (default: as -o says).",
        completion: Format.completion,
        transform: Format.chosen
    )
    var format: Format?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var printer = shell.printer
        if let output = format.flatMap({ OutputFormat(rawValue: $0.rawValue) }) { printer.format = output }
        let organization = try shell.organization(organization)
        if let explain {
            let fields: WireValue = ["organization": organization, "product": explain, "asOf": asOf]
            try print(await shell.call(ExplainStatement.self, fields), with: printer, in: shell)
        } else {
            let fields: WireValue = ["organization": organization, "asOf": asOf]
            try print(await shell.call(ShowStatement.self, fields), with: printer, in: shell)
        }
    }

    private func print(_ statement: StatementResource, with printer: Printer, in shell: Shell) throws {
        if format == .markdown {
            shell.terminal.write(StatementMarkdown(statement).text.escapedLines)
            return
        }
        switch printer.format {
        case .json: shell.terminal.write(Printer.json(statement) + "\n")
        case .ndjson: shell.terminal.write(Printer.compactJSON(statement) + "\n")
        case .csv: try printer.print(list: StatementRow.rows(of: statement))
        case .table:
            shell.note("\(statement.organizationId) as of \(statement.asOf)")
            try printer.print(list: StatementRow.rows(of: statement))
            shell.terminal.write(StatementText.remarks(on: statement).escapedLines)
        }
    }

    private func print(_ explanation: StatementExplanationResource, with printer: Printer, in shell: Shell) throws {
        if format == .markdown {
            shell.terminal.write(StatementMarkdown.text(of: explanation).escapedLines)
            return
        }
        switch printer.format {
        case .json: shell.terminal.write(Printer.json(explanation) + "\n")
        case .ndjson, .csv, .table: try printer.print(list: explanation.lines)
        }
    }
}

extension StatementExplanationResource.Line: Row {
    static let rowStyle = RowStyle(headings: ["text": "WHAT", "auditSequences": "LEDGER ROWS"])
}
