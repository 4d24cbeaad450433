import ArgumentParser
import RegistryAPI
import RegistryClient

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The ledger: every change, refusal and reveal, chained by hashes.",
        subcommands: [
            AuditLogCommand.self, AuditVerifyCommand.self, AuditAcceptRollbackCommand.self,
            AuditAcceptClockCommand.self,
        ]
    )
}

struct AuditLogCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List the ledger's rows.",
        discussion:
            "Only root and the registry's own user may read all of them; an organisation's administrator may read "
            + "those of the organisation, with --org."
    )

    @Option(help: ArgumentHelp("Only this organisation's rows.", valueName: "org"))
    var org: String?

    @Option(help: ArgumentHelp("Only rows about this token, tenant, enrollment or organisation.", valueName: "id"))
    var subject: String?

    @Option(help: ArgumentHelp("Only rows since this date or instant.", valueName: "when"))
    var since: String?

    @Option(help: ArgumentHelp("Only rows until this date or instant.", valueName: "when"))
    var until: String?

    @Flag(help: "With a token as --subject: who could have seen its code, and who did.")
    var exposure = false

    @Flag(help: "Keep showing rows as they are appended; needs the daemon.")
    var follow = false

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        if exposure { return try await printExposure(in: shell) }
        if follow { return try await printNewRows(in: shell) }
        try await shell.printer.print { cursor in
            let page = try await shell.call(
                ListAuditOperation.self,
                .init(organization: org, subject: subject, since: since, until: until, after: cursor)
            )
            return (page.items, page.next)
        }
    }
}

extension AuditLogCommand {
    private func printExposure(in shell: Shell) async throws {
        guard let subject else { throw UsageError("--exposure needs a token: --subject TOKEN.") }
        shell.printer.print(
            try await shell.call(
                ShowTokenExposureOperation.self,
                .init(token: subject, since: since, until: until)
            )
        )
    }

    /// One row a line, whatever the format: a table or a document would have no end.
    private func printNewRows(in shell: Shell) async throws {
        guard let connection = try shell.connect() as? SocketConnection else {
            throw UsageError("--follow needs a daemon: it shows rows as they are committed.", hint: "start tokend")
        }
        let rows = try await connection.follow(
            .init(organization: org, subject: subject, since: since, until: until),
            shell.options()
        )
        for try await row in rows { shell.terminal.write(Printer.compactJSON(row) + "\n") }
        await connection.close()
    }
}

extension TokenExposureResource: Tabular {
    static var columns: [Column<TokenExposureResource>] {
        [
            Column("tokenId", "TOKEN") { $0.tokenId },
            Column("from", "FROM") { $0.from },
            Column("until", "UNTIL") { $0.until },
            Column("could", "COULD SEE IT") { exposure in
                exposure.could.map { "\($0.principal) (\($0.permission))" }.joined(separator: ", ")
            },
            Column("did", "DID SEE IT") { exposure in
                exposure.did.map { "\($0.actor) at \($0.at)" }.joined(separator: ", ")
            },
            Column("refused", "WAS REFUSED") { exposure in
                exposure.refused.map { "\($0.actor) at \($0.at)" }.joined(separator: ", ")
            },
        ]
    }
}

struct AuditVerifyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify the ledger's chain of hashes.",
        discussion: "Exits with 1 if a row is missing, or is not what was written."
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let verdict = try await shell.call(VerifyAuditOperation.self, NoInput())
        shell.printer.print(verdict)
        if !verdict.sound { throw ExitStatus(code: 1) }
    }
}

extension AuditEntryResource: Tabular {
    static var columns: [Column<AuditEntryResource>] {
        [
            Column("sequence", "ROW", number: { Int($0.sequence) }),
            Column("at", "AT") { $0.at },
            Column("organizationId", "ORG", optional: { $0.organizationId }),
            Column("actor", "ACTOR") { $0.actor },
            Column("action", "ACTION") { $0.action },
            Column("subject", "SUBJECT") { $0.subject },
            Column("changes", "CHANGES") { Printer.compactJSON($0.changes) },
            Column("requestId", nil) { $0.requestId },
            Column("hash", nil) { $0.hash },
        ]
    }
}

extension AuditVerdictResource: Tabular {
    static var columns: [Column<AuditVerdictResource>] {
        [
            Column("sound", "SOUND") { $0.sound ? "yes" : "NO" },
            Column("rows", "ROWS", number: { Int($0.rows) }),
            Column("head", "HEAD") { $0.head },
            Column("faultSequence", "FIRST BAD ROW", number: { $0.faultSequence.map(Int.init) }),
            Column("faultReason", "REASON", optional: { $0.faultReason }),
        ]
    }
}
