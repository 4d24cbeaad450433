import ArgumentParser
import Registry
import RegistryAPI

struct CheckCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Prove that the registry is sound, or say what is not.",
        discussion: """
            Checks the database's pages and schema, the ledger's chain of hashes, the anchor, the sealed codes (all of \
            them up to a million, beyond that a million evenly spread), and every rule that is a fact about stored data. \
            Exits with 1 if there are findings. Notes are not findings: they point out what was recorded as it is and is \
            worth knowing, such as tokens beyond what is granted.
            """
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let result = try await shell.call(CheckOperation.self, NoInput())
        switch shell.global.format {
        case .json, .ndjson: shell.printer.print(result)
        case .csv: shell.printer.print(list: result.findings + result.notes)
        case .table:
            shell.printer.print(result)
            if !result.findings.isEmpty { shell.printer.print(list: result.findings) }
            for note in result.notes { shell.note("Note: \(note.detail)") }
        }
        if !result.sound { throw ExitStatus(code: 1) }
    }
}

extension CheckResource: Tabular {
    static var columns: [Column<CheckResource>] {
        [
            Column("sound", "SOUND") { $0.sound ? "yes" : "NO" },
            Column("findings", "FINDINGS", number: { $0.findings.count }),
            Column("notes", "NOTES", number: { $0.notes.count }),
            Column("ledgerRows", "LEDGER ROWS VERIFIED", number: { Int($0.ledgerRows) }),
            Column("codes", "CODES", number: { $0.codes }),
            Column("codesOpened", "CODES OPENED", number: { $0.codesOpened }),
        ]
    }
}

extension Finding: Tabular {
    static var columns: [Column<Finding>] {
        [
            Column("code", "CODE") { $0.code },
            Column("subject", "SUBJECT") { $0.subject },
            Column("detail", "DETAIL") { $0.detail },
        ]
    }
}
