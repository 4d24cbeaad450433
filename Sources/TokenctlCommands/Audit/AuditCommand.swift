import ArgumentParser
import Registry
import RegistryAPI
import RegistryClient

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The ledgers: every change, refusal and reveal, chained by hashes.",
        subcommands: [
            AuditLogCommand.self, AuditVerifyCommand.self, AuditExportCommand.self, AuditAcceptRollbackCommand.self,
            AuditAcceptClockCommand.self,
        ]
    )
}

struct AuditLogCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List the rows of the ledgers.",
        discussion: """
            Each organisation has a ledger, with sequences of its own, and the registry has one for what belongs to none \
            of them. Only root and the registry's own user may read all of them; an organisation's administrator may read \
            its ledger, with --org. Rows of several ledgers are listed in the order of their commits.
            """
    )

    @Option(help: ArgumentHelp("Only this organisation's ledger.", valueName: "org"))
    var org: String?

    @Option(help: ArgumentHelp("Only rows about this token, tenant, enrollment or organisation.", valueName: "id"))
    var subject: String?

    @Option(help: ArgumentHelp("Only rows since this date or instant.", valueName: "when"))
    var since: String?

    @Option(help: ArgumentHelp("Only rows until this date or instant.", valueName: "when"))
    var until: String?

    @Option(
        help: ArgumentHelp("Only rows after this one: its cursor, or with --org its sequence.", valueName: "cursor")
    )
    var after: String?

    @Flag(help: "With a token as --subject: who could have seen its code, and who did.")
    var exposure = false

    @Flag(help: "Keep showing rows as they are appended; needs the daemon.")
    var follow = false

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        if exposure { return try await printExposure(in: shell) }
        if follow { return try await printNewRows(in: shell) }
        try await shell.list(ListAudit.self, fields)
    }

    private var fields: WireValue {
        ["organization": org, "subject": subject, "since": since, "until": until, "after": after]
    }
}

extension AuditLogCommand {
    private func printExposure(in shell: Shell) async throws {
        guard let subject else { throw UsageError("--exposure needs a token: --subject TOKEN.") }
        shell.printer.print(
            try await shell.call(ShowTokenExposure.self, ["token": subject, "since": since, "until": until])
        )
    }

    /// One row a line, whatever the format: a table or a document would have no end.
    private func printNewRows(in shell: Shell) async throws {
        guard listing.fields == nil, listing.sort == nil else {
            throw UsageError("--follow prints whole rows as they come; leave --fields and --sort out.")
        }
        guard let connection = try shell.connect() as? SocketConnection else {
            throw UsageError("--follow needs a daemon: it shows rows as they are committed.", hint: "start tokend")
        }
        try await connection.follow(fields, shell.options()) { shell.terminal.write(Printer.compactJSON($0) + "\n") }
    }
}

extension TokenExposureResource: Row {
    static let rowStyle = RowStyle(
        headings: ["could": "COULD SEE IT", "did": "DID SEE IT", "refused": "WAS REFUSED"],
        texts: [
            "could": { $0.listed { "\($0["principal"].cellText) (\($0["permission"].cellText))" } },
            "did": rows,
            "refused": rows,
        ]
    )

    private static let rows: @Sendable (WireValue) -> String = {
        $0.listed { "\($0["actor"].cellText) at \($0["at"].cellText)" }
    }
}

struct AuditVerifyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify the ledgers' chains of hashes.",
        discussion: """
            Each row bears a hash over the row before it in its ledger and itself, and each commit leaves a seal over the \
            seal before and the ledgers that it appended to. Exits with 1 if a row or a seal is missing, or is not what \
            was written. The head is the last seal's hash, or the last row's with --org: note it elsewhere.
            """
    )

    @Option(help: ArgumentHelp("Only this organisation's ledger.", valueName: "org"))
    var org: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let verdict = try await shell.call(VerifyAudit.self, ["organization": org])
        shell.printer.print(verdict)
        if !verdict.sound { throw ExitStatus(code: 1) }
    }
}

extension AuditEntryResource: Row {
    static let rowStyle = RowStyle(
        headings: ["sequence": "ROW", "organizationId": "ORG"],
        hidden: ["requestId", "hash", "cursor"],
        texts: ["changes": { $0.compactJSON }]
    )
}

extension AuditVerdictResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "faultOrganizationId": "LEDGER OF", "faultSequence": "FIRST BAD ROW", "faultSeal": "FIRST BAD SEAL",
            "faultReason": "REASON",
        ],
        texts: ["sound": RowStyle.flag("yes", "NO")]
    )
}
