import ArgumentParser
import Registry
import RegistryAPI

struct CheckCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Prove that the registry is sound, or say what is not.",
        discussion: """
            Checks the database's pages and schema, the ledgers' chains of hashes, the anchor, the sealed codes (all of \
            them up to a million, beyond that a million evenly spread), and every rule that is a fact about stored data. \
            Exits with 1 if there are findings. Notes are not findings: they point out what was recorded as it is and is \
            worth knowing, such as tokens beyond what is granted.
            """
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let result = try await shell.call(Check.self, [:])
        switch shell.global.format {
        case .json, .ndjson: shell.printer.print(result)
        case .csv: try shell.printer.print(list: result.findings + result.notes)
        case .table:
            shell.printer.print(result)
            if !result.findings.isEmpty { try shell.printer.print(list: result.findings) }
            for note in result.notes { shell.note("Note: \(note.detail)") }
        }
        if !result.sound { throw ExitStatus(code: 1) }
    }
}

extension CheckResource: Row {
    static let rowStyle = RowStyle(
        headings: ["ledgerRows": "LEDGER ROWS VERIFIED"],
        texts: [
            "sound": RowStyle.flag("yes", "NO"),
            "findings": \.count,
            "notes": \.count,
        ]
    )
}

extension Finding: Row {
    static let rowStyle = RowStyle()
}
