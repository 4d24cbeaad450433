import ArgumentParser
import Registry
import RegistryAPI
import RegistryReports

struct StatementCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Show what an organisation was granted, uses and has left.",
        discussion: """
            For today or any day before: as the statement was on that day. With --explain, one product line's figures \
            are derived line by line, with the ledger's rows that they follow from ('tokenctl audit log'). With --timeline, \
            when seats were activated and when they lapse, from twelve months before the day to twelve months after it.

            A statement uses all that is known now, and says how much of it was recorded or corrected after its day. \
            --known-on leaves that out: with a statement's auditSequence (and its day, by --as-of) it gives that statement \
            again, to the byte.

            With --format html it is one page with charts, which needs nothing else and prints well.

            With --pack DIR, a new directory holds what an auditor needs and can check alone: the statement as HTML, CSV and \
            JSON, how each figure comes about, the organisation's whole ledger, the program that verifies it, and the \
            digests of all files. It is made whole or not at all. Only an administrator of the organisation may make it.
            """
    )

    enum Format: String, CommandLineChoice {
        case table
        case json
        case csv
        case ndjson
        case markdown
        case html
    }

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("As it was on this day (default: today).", valueName: "date"))
    var asOf: String?

    @Option(
        help: ArgumentHelp(
            "From what was known at the end of this day, or with this row of the organisation's ledger.",
            valueName: "date|sequence"
        )
    )
    var knownOn: String?

    @Option(help: ArgumentHelp("Derive the figures of this product line.", valueName: "product"))
    var explain: String?

    @Flag(help: "Show when seats were activated and when they lapse.")
    var timeline = false

    @Option(
        help: ArgumentHelp("Make a compliance pack in this new directory.", valueName: "dir"),
        completion: .directory
    )
    var pack: String?

    @Option(
        help: "table, json, csv, ndjson, markdown or html (default: as -o says).",
        completion: Format.completion,
        transform: Format.chosen
    )
    var format: Format?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var printer = shell.printer
        if let output = format.flatMap({ OutputFormat(rawValue: $0.rawValue) }) { printer.format = output }
        let organization = try shell.organization(organization)
        let fields: WireValue = ["organization": organization, "asOf": asOf]
        if knownOn != nil, timeline || explain != nil || pack != nil {
            throw UsageError("--known-on is for the statement itself, without --explain, --timeline and --pack.")
        }
        if let pack {
            guard !timeline, explain == nil, format == nil else {
                throw UsageError("--pack has all of it; leave out --explain, --timeline and --format.")
            }
            let summary = try await CompliancePack(organization: organization, asOf: asOf, shell: shell).write(to: pack)
            printer.print(summary)
            return
        }
        if timeline {
            guard explain == nil else { throw UsageError("Give --explain or --timeline, not both.") }
            guard format != .markdown, format != .html else {
                throw UsageError("--timeline is a list; --format html has it with the statement.")
            }
            try print(await shell.call(ShowTimeline.self, fields), with: printer, in: shell)
        } else if let explain {
            let explanation = try await shell.call(ExplainStatement.self, fields.setting("product", to: explain))
            try print(explanation, with: printer, in: shell)
        } else if format == .html {
            let statement = try await shell.call(ShowStatement.self, fields.setting("knownOn", to: knownOn))
            let page = StatementPage(
                organization: try await shell.call(ShowOrganization.self, ["organization": organization]),
                statement: statement,
                timeline: try await shell.call(
                    ShowTimeline.self,
                    fields.setting("asOf", to: statement.asOf.description)
                ),
                madeAt: shell.clock.now()
            )
            shell.terminal.write(page.text.escapedLines)
        } else {
            let statement = try await shell.call(ShowStatement.self, fields.setting("knownOn", to: knownOn))
            try print(statement, with: printer, in: shell)
        }
    }

    private func print(_ timeline: TimelineResource, with printer: Printer, in shell: Shell) throws {
        switch printer.format {
        case .json: shell.terminal.write(Printer.json(timeline) + "\n")
        case .ndjson, .csv, .table: try printer.print(list: timeline.events)
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
            let rows = StatementRow.rows(of: statement)
            if printer.drawsBars {
                try printer.print(list: rows.map(DrawnStatementRow.init))
            } else {
                try printer.print(list: rows)
            }
            shell.terminal.write(StatementText.remarks(on: statement).escapedLines)
        }
    }

    private func print(_ explanation: StatementExplanationResource, with printer: Printer, in shell: Shell) throws {
        if format == .markdown {
            shell.terminal.write(StatementMarkdown.text(of: explanation).escapedLines)
            return
        }
        if format == .html {
            shell.terminal.write(StatementPage.text(of: explanation, madeAt: shell.clock.now()).escapedLines)
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

extension TimelineResource.Event: Row {
    static let rowStyle = RowStyle(headings: ["on": "DAY", "event": "WHAT", "tenantDomain": "TENANT"])
}
