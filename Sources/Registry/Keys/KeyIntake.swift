import CSV

/// Judges the rows of a file of product keys.
struct KeyIntake {
    let enrollment: Enrollment
    let source: ProductKey.Source
    let context: QueryContext
    private(set) var count = 0
    private(set) var activations = 0
    private(set) var findings = CodeImport()
    /// The line of each code so far, to name the first of two equal ones.
    private var lines = CodeLines()

    static let reader = CSVReader(
        required: ["key", "product", "activations"],
        optional: ["version", "type", "source"]
    )

    init(enrollment: Enrollment, source: ProductKey.Source, context: QueryContext) {
        self.enrollment = enrollment
        self.source = source
        self.context = context
    }

    /// Judges a row: its fields, and whether its code is new.
    mutating func take(_ row: CSVRow) throws {
        var fields = KeyFields(row: row, source: source, findings: findings)
        let key = fields.key()
        findings = fields.findings
        guard let code = fields.code else { return }
        let isTaken = try reportTaken(code, row)
        guard let key else { return }
        if !isTaken { note(key, row) }
        findings.checkAlphabet(of: code, in: row)
    }

    private mutating func note(_ key: KeyFields.Key, _ row: CSVRow) {
        lines.add(context.secrets.lookup(for: key.code), row.line)
        count += 1
        activations += key.activations ?? 0
        guard key.activations == nil, KeyedProduct(of: key.product).needsActivation else { return }
        findings.warn(
            "key.without-count",
            rule: .r24,
            "\(quoted(key.product)) needs activation, and its keys have a count; none was given, so none is kept.",
            in: row
        )
    }

    /// R28: a token's code is no key's; and no code is recorded twice. What another organisation's is, is not told.
    private mutating func reportTaken(_ code: ActivationCode, _ row: CSVRow) throws -> Bool {
        let lookup = context.secrets.lookup(for: code)
        if let line = lines[lookup] {
            findings.report(row, KeyFields.Column.key, .codeTaken, "The code is already on line \(line).")
        } else if let key = try context.reading.productKey(withCode: lookup) {
            let isOwn = key.organizationID == enrollment.organizationID
            report(.keyCodeTaken(lastGroup: code.lastGroup, by: isOwn ? key.id : nil), row)
        } else if let token = try context.reading.token(withCode: lookup) {
            let isOwn = token.organizationID == enrollment.organizationID
            report(
                isOwn ? .keyIsToken(lastGroup: code.lastGroup) : .keyCodeTaken(lastGroup: code.lastGroup, by: nil),
                row
            )
        } else {
            return false
        }
        return true
    }

    private mutating func report(_ refusal: Refusal, _ row: CSVRow) {
        findings.report(row, KeyFields.Column.key, refusal.code, refusal.detail, rule: refusal.rule)
    }
}

extension Refusal {
    /// The registry holds the code as a product key's already.
    /// - Parameter key: nil for another organisation's.
    public static func keyCodeTaken(lastGroup: String, by key: ProductKeyID?) -> Refusal {
        Refusal(
            .codeTaken,
            "The registry already holds the code ending in \(lastGroup)\(key.map { ", as product key \($0)" } ?? "").",
            facts: key.map { ["keyId": $0] } ?? [:]
        )
    }

    /// R28: the code is a token's.
    public static func keyIsToken(lastGroup: String) -> Refusal {
        Refusal(
            .keyIsToken,
            rule: .r28,
            "The code ending in \(lastGroup) is a token, not a product key: it makes seats of a cloud service, and "
                + "installs nothing.",
            facts: ["maskedCode": ActivationCode.masked(lastGroup: lastGroup)]
        )
    }
}
