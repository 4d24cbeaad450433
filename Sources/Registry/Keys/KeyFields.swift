import CSV

/// Reads the fields of one row of a file of product keys, and reports what is wrong with them.
struct KeyFields {
    let row: CSVRow
    /// Where the key comes from, if the row does not say it.
    let source: ProductKey.Source
    private(set) var findings: CodeImport
    /// The row's code, once it was read; nil where it is malformed, or not to be looked at.
    private(set) var code: ActivationCode?

    enum Column {
        static let key = 0
        static let product = 1
        static let activations = 2
        static let version = 3
        static let type = 4
        static let source = 5
    }

    struct Key {
        let product: String
        let version: String?
        let source: ProductKey.Source
        let isKMS: Bool
        let activations: Int?
        let code: ActivationCode

        func sealed(with sealer: CodeSealer) throws -> StagedKey {
            StagedKey(
                product: product,
                version: version,
                source: source,
                isKMS: isKMS,
                activations: activations,
                code: try sealer.seal(code)
            )
        }
    }

    init(row: CSVRow, source: ProductKey.Source, findings: CodeImport) {
        self.row = row
        self.source = source
        self.findings = findings
    }

    /// Nil when a field is wrong.
    mutating func key() -> Key? {
        let code = findings.code(in: row, column: Column.key)
        let product = words(in: row, Column.product)
        let counted = activations(in: row)
        let version = version(in: row)
        let source = source(in: row)
        let isKMS = isKMS(in: row, product: product ?? "")
        if isKMS, source == .program {
            findings.report(
                row,
                Column.key,
                .keyNotInProgram,
                "The programme issues no KMS keys. One that comes from a volume licence is recorded with the source "
                    + "\(ProductKey.Source.volumeLicensing.rawValue).",
                rule: .r27
            )
            return nil
        }
        self.code = code
        guard let code, let product, let counted, let version, let source else { return nil }
        return Key(
            product: product,
            version: version,
            source: source,
            isKMS: isKMS,
            activations: counted,
            code: code
        )
    }

    private mutating func words(in row: CSVRow, _ column: Int) -> String? {
        let text = trimmingBlanks(row.text(of: column))
        let flaw = KeptText.flaw(of: text, limit: 100)
        if flaw == nil, (try? ActivationCode(parsing: text)) == nil { return text }
        findings.report(
            row,
            column,
            .inputInvalid,
            "\(shown(text)) is not a \(column == Column.product ? "product" : "version"): "
                + "\(flaw ?? "it has the form of a code")."
        )
        return nil
    }

    /// The outer nil says that the field is wrong, the inner one that it is empty.
    private mutating func version(in row: CSVRow) -> String?? {
        if row.bytes(of: Column.version).isEmpty { return .some(nil) }
        guard let version = words(in: row, Column.version) else { return nil }
        return .some(version)
    }

    /// The outer nil says that the field is wrong, the inner one that it is empty.
    private mutating func activations(in row: CSVRow) -> Int?? {
        let text = trimmingBlanks(row.text(of: Column.activations))
        if text.isEmpty { return .some(nil) }
        if let activations = Int(text), (1...1_000_000).contains(activations) { return .some(activations) }
        findings.report(
            row,
            Column.activations,
            .inputInvalid,
            "\(shown(text)) is not a number of activations from 1 to 1000000; leave it empty for a key without a count."
        )
        return nil
    }

    private mutating func source(in row: CSVRow) -> ProductKey.Source? {
        let text = trimmingBlanks(row.text(of: Column.source)).lowercased()
        if text.isEmpty { return source }
        if let source = ProductKey.Source(rawValue: text) { return source }
        findings.report(
            row,
            Column.source,
            .inputInvalid,
            "\(shown(text)) is not a source of keys; the sources are "
                + "\(ProductKey.Source.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        return nil
    }

    /// R27: the type says it, or the product's name does.
    private func isKMS(in row: CSVRow, product: String) -> Bool {
        [row.text(of: Column.type), product].contains { text in
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.contains("kms")
        }
    }
}
