import Registry
import RegistryAPI

/// Ledgers as another program verifies them, one JSON object a line: a header, the rows, and an end with the head.
struct LedgerExport {
    /// Nil for all ledgers.
    let organization: String?
    private(set) var rows = 0
    private(set) var head = String(repeating: "0", count: 64)

    init(of organization: String?) {
        self.organization = organization
    }

    /// Gives `write` the lines, some at a time.
    /// - Throws: `Problem`, and what `write` throws.
    mutating func run(in shell: Shell, _ write: (String) throws -> Void) async throws {
        var export = self
        var isBegun = false
        let fields: WireValue = ["organization": organization, "limit": 1_000]
        try await shell.connect().pages(of: ExportAudit.self, fields, shell.options()) { page in
            if !isBegun { try write(Printer.compactJSON(Header(organizationId: organization)) + "\n") }
            isBegun = true
            try write(page.items.map { Printer.compactJSON($0) + "\n" }.joined())
            export.rows += page.items.count
            if let last = page.items.last { export.head = last.seal?.hash ?? last.hash }
        }
        self = export
        try write(Printer.compactJSON(End(rows: rows, head: head)) + "\n")
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
