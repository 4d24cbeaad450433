import Registry
import RegistryAPI
import RegistryReports

/// What an auditor needs of an organisation's year, and can check without anybody's help: the statement, how its figures
/// come about, and the ledger that they follow from, with the program that verifies it.
struct CompliancePack {
    let organization: String
    /// Nil for today.
    let asOf: String?
    let shell: Shell

    /// What was made.
    struct Summary: Codable, Row {
        let directory: String
        let organizationId: OrganizationID
        let asOf: CalendarDate
        let files: [String]
        /// Of the ledger in the pack.
        let ledgerRows: Int
        let ledgerHead: String

        static let rowStyle = RowStyle(headings: ["ledgerRows": "LEDGER ROWS", "ledgerHead": "LEDGER HEAD"])
    }

    /// How often it is begun again because somebody changed something meanwhile.
    private static let attempts = 5

    /// Makes the pack in a new directory.
    /// - Throws: `Problem`; `Refusal` with `file.unwritable`.
    func write(to path: String) async throws -> Summary {
        for _ in 0..<Self.attempts {
            let directory = try NewDirectory(path: path)
            var ledger = LedgerExport(of: organization)
            var export = ledger
            try await directory.write(to: "ledger.ndjson") { write in
                try await export.run(in: shell, write)
            }
            ledger = export
            let statement = try await writeStatement(to: directory)
            // The figures are those of this ledger: nothing came to it while they were read.
            let rows = ledger.rows
            let later: Page<AuditEntryResource, LedgerCursor> = try await shell.call(
                ListAudit.self,
                ["organization": organization, "after": rows > 0 ? String(rows) : nil, "limit": 1]
            )
            guard later.items.isEmpty else { continue }
            try directory.write(
                String(decoding: PackageResources.verify_ledger_py, as: UTF8.self),
                to: "verify-ledger.py"
            )
            try directory.write(
                PackReadMe(statement: statement, ledger: ledger, at: shell.clock.now()).text,
                to: "README.txt"
            )
            let sums = directory.files.map { "\($0.digest)  \($0.name)\n" }.sorted().joined()
            try directory.write(sums, to: "SHA256SUMS")
            try directory.finish()
            return Summary(
                directory: directory.path,
                organizationId: statement.organizationId,
                asOf: statement.asOf,
                files: directory.files.map(\.name).sorted(),
                ledgerRows: ledger.rows,
                ledgerHead: ledger.head
            )
        }
        throw Refusal(
            .registryBusy,
            "The organisation's records changed each time that they were read; make the pack when less is going on."
        )
    }

    private func writeStatement(to directory: NewDirectory) async throws -> StatementResource {
        let fields: WireValue = ["organization": organization, "asOf": asOf]
        let statement = try await shell.call(ShowStatement.self, fields)
        let dated = fields.setting("asOf", to: statement.asOf.description)
        let timeline = try await shell.call(ShowTimeline.self, dated)
        let page = StatementPage(
            organization: try await shell.call(ShowOrganization.self, ["organization": organization]),
            statement: statement,
            timeline: timeline,
            madeAt: shell.clock.now()
        )
        try write(page.text.escapedLines, to: "statement.html", in: directory)
        try write(Printer.json(statement) + "\n", to: "statement.json", in: directory)
        try write(csv(StatementRow.rows(of: statement)), to: "statement.csv", in: directory)
        try write(csv(timeline.events), to: "timeline.csv", in: directory)
        let corrected = try await shell.call(ListCorrections.self, ["organization": organization])
        try write(csv(corrected), to: "corrections.csv", in: directory)
        var lines: [StatementExplanationResource.Line] = []
        var derivations: [Derivation] = []
        for product in statement.products.map(\.product) {
            lines = try await shell.call(ExplainStatement.self, dated.setting("product", to: product.rawValue)).lines
            derivations += lines.map { Derivation(product: product, line: $0) }
        }
        try write(csv(derivations), to: "derivation.csv", in: directory)
        return statement
    }

    /// A line of how a product line's figures come about.
    private struct Derivation: TableRow {
        let product: ProductLine
        let line: StatementExplanationResource.Line

        private enum CodingKeys: CodingKey {
            case product
        }

        func encode(to encoder: any Encoder) throws {
            try line.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(product, forKey: .product)
        }

        static var showsSecret: Bool { false }

        static var fields: [ColumnHead] {
            [ColumnHead(name: "product", heading: "PRODUCT", isNumber: false)]
                + StatementExplanationResource.Line.fields
        }

        func texts(under heads: [ColumnHead]) -> [String] {
            heads.flatMap { $0.name == "product" ? [product.rawValue] : line.texts(under: [$0]) }
        }
    }

    /// What was typed into the wrong place is masked, as wherever it is shown.
    private func write(_ text: String, to name: String, in directory: NewDirectory) throws {
        try directory.write(ActivationCode.masking(text), to: name)
    }

    private func csv<Value: TableRow>(_ values: [Value]) throws -> String {
        let text = CollectedText()
        try Printer(format: .csv, terminal: text, isForExcel: shell.global.isForExcel).print(list: values)
        return text.text
    }
}
