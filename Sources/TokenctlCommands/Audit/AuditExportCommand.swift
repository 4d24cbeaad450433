import ArgumentParser
import Registry
import RegistryAPI

struct AuditExportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export ledgers for another program to verify.",
        discussion: """
            Prints one JSON object a line, whatever the output format: a header, the rows with the texts that their hashes \
            are over, and an end with the head. registry(5) describes the format. Only root and the registry's own user \
            may export all ledgers; an organisation's administrator may export its ledger, with --org.
            """
    )

    @Option(help: ArgumentHelp("Only this organisation's ledger.", valueName: "org"))
    var org: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var rows = 0
        var head = String(repeating: "0", count: 64)
        var isBegun = false
        let fields: WireValue = ["organization": org, "limit": 1_000]
        try await shell.connect().pages(of: ExportAudit.self, fields, shell.options()) { page in
            if !isBegun { shell.terminal.write(Printer.compactJSON(Header(organizationId: org)) + "\n") }
            isBegun = true
            shell.terminal.write(page.items.map { Printer.compactJSON($0) + "\n" }.joined())
            rows += page.items.count
            if let last = page.items.last { head = last.seal?.hash ?? last.hash }
        }
        shell.terminal.write(Printer.compactJSON(End(rows: rows, head: head)) + "\n")
    }

    private struct Header: Encodable {
        let format = "tokenctl-ledger"
        let version = 1
        @Nullable var organizationId: String?
    }

    private struct End: Encodable {
        let rows: Int
        let head: String
    }
}
