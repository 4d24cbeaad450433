import ArgumentParser
import RegistryAPI

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The ledger: every change, refusal and reveal, chained by hashes.",
        subcommands: [AuditLogCommand.self, AuditVerifyCommand.self, AuditAcceptRollbackCommand.self]
    )
}

struct AuditLogCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "log", abstract: "List the ledger's rows.")

    @Option(help: ArgumentHelp("Only rows about this token, tenant, enrollment or organisation.", valueName: "id"))
    var subject: String?

    @Option(help: ArgumentHelp("Only rows from this date or instant on.", valueName: "when"))
    var since: String?

    @Option(help: ArgumentHelp("Only rows up to this date or instant.", valueName: "when"))
    var until: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print { cursor in
            let page = try await shell.call(
                ListAuditOperation.self,
                .init(subject: subject, since: since, until: until, after: cursor)
            )
            return (page.items, page.next)
        }
    }
}

struct AuditVerifyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify the ledger's chain of hashes.",
        discussion: "Ends with 1 when a row is not what was written, or is missing."
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
            Column("sound", "Sound") { $0.sound ? "yes" : "NO" },
            Column("rows", "Rows", number: { Int($0.rows) }),
            Column("head", "Head") { $0.head },
            Column("faultSequence", "First bad row", number: { $0.faultSequence.map(Int.init) }),
            Column("faultReason", "Reason", optional: { $0.faultReason }),
        ]
    }
}
