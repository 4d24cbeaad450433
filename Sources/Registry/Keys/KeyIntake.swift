/// An import of product keys under way.
struct KeyIntake {
    static let required = ["key", "product", "activations"]
    static let optional = ["version", "type", "source"]

    let enrollment: Enrollment
    let source: ProductKey.Source
    let context: CommandContext
    private(set) var count = 0
    private(set) var activations = 0
    private(set) var first: ProductKeyID?
    private(set) var last: ProductKeyID?
    private(set) var findings = CodeImport()
    /// The line of each key that was recorded so far, to name the first of two equal codes.
    private var lines: [ProductKeyID: Int] = [:]

    private enum Column {
        static let key = 0
        static let product = 1
        static let activations = 2
        static let version = 3
        static let type = 4
        static let source = 5
    }

    init(enrollment: Enrollment, source: ProductKey.Source, context: CommandContext) {
        self.enrollment = enrollment
        self.source = source
        self.context = context
    }

    /// Judges a row, and records its key when nothing is wrong with it.
    mutating func take(_ row: CSVRow) throws {
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
            return
        }
        guard let code else { return }
        guard let product, let counted, let version, let source else { return try reportKnown(code, row) }
        try record(
            ProductKeyDraft(
                enrollmentID: enrollment.id,
                product: product,
                version: version,
                source: source,
                isKMS: isKMS,
                activations: counted,
                code: try context.secrets.seal(code),
                recordedAt: context.now
            ),
            row
        )
        findings.checkAlphabet(of: code, in: row)
    }

    private mutating func record(_ draft: ProductKeyDraft, _ row: CSVRow) throws {
        do {
            let id = try context.transaction.insert(draft)
            first = first ?? id
            last = id
            lines[id] = row.line
            count += 1
            activations += draft.activations ?? 0
        } catch let refusal as Refusal where refusal.code == .codeTaken || refusal.code == .keyIsToken {
            return report(refusal, row)
        }
        if draft.activations == nil, KeyedProduct(of: draft.product).needsActivation {
            findings.warn(
                "key.without-count",
                rule: .r24,
                "\(quoted(draft.product)) needs activation, and its keys have a count; none was given, so none is "
                    + "kept.",
                in: row
            )
        }
    }

    /// A row that is wrong otherwise is told of its code too.
    private mutating func reportKnown(_ code: ActivationCode, _ row: CSVRow) throws {
        let lookup = context.secrets.lookup(for: code)
        if let key = try context.transaction.productKey(withCode: lookup) {
            let isOwn = key.organizationID == enrollment.organizationID
            report(.keyCodeTaken(lastGroup: code.lastGroup, by: isOwn ? key.id : nil), row)
        } else if try context.transaction.token(withCode: lookup) != nil {
            report(.keyIsToken(lastGroup: code.lastGroup), row)
        }
    }

    /// R28: a token's code is no key's; and no code is recorded twice.
    private mutating func report(_ refusal: Refusal, _ row: CSVRow) {
        var detail = refusal.detail
        if let line = refusal.fact("keyId").flatMap({ ProductKeyID($0) }).flatMap({ lines[$0] }) {
            detail = "The code is already on line \(line)."
        }
        findings.report(row, Column.key, refusal.code, detail, rule: refusal.rule)
    }

    private mutating func words(in row: CSVRow, _ column: Int) -> String? {
        let text = trimmingBlanks(row.text(of: column))
        if (1...100).contains(text.count), (try? ActivationCode(parsing: text)) == nil,
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        {
            return text
        }
        findings.report(
            row,
            column,
            .inputInvalid,
            "\(shown(text)) is no \(column == Column.product ? "product" : "version"): it has 1 to 100 characters."
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

extension Refusal {
    /// The registry holds the code as a product key's already.
    /// - Parameter key: nil for another organisation's.
    public static func keyCodeTaken(lastGroup: String, by key: ProductKeyID?) -> Refusal {
        Refusal(
            .codeTaken,
            "The registry already holds the code ending in \(lastGroup)\(key.map { ", as product key \($0)" } ?? "").",
            facts: key.map { [.init("keyId", .text($0.description))] } ?? []
        )
    }

    /// R28: the code is a token's.
    public static func keyIsToken(lastGroup: String) -> Refusal {
        Refusal(
            .keyIsToken,
            rule: .r28,
            "The code ending in \(lastGroup) is a token, not a product key: it makes seats of a cloud service, and "
                + "installs nothing.",
            facts: [.init("maskedCode", .text(ActivationCode.masked(lastGroup: lastGroup)))]
        )
    }
}
