import CSV

/// Judges the rows of a file of tokens.
struct TokenIntake {
    let enrollment: Enrollment
    let isGrantOverridden: Bool
    let context: QueryContext
    private(set) var count = 0
    private(set) var seats = 0
    private(set) var findings = CodeImport()
    /// The enrollment's tokens, those of the file so far among them.
    private(set) var issued: IssuedSeats
    /// Whether a row is beyond the grant; it is refused unless R12 is overridden.
    private(set) var isBeyondGrant = false
    /// What the file calls each SKU; nil for one that the catalogue does not know.
    private(set) var skus: [[UInt8]: SKUPartNumber?] = [:]
    /// The line of each code so far, to name the first of two equal ones.
    private var lines = CodeLines()

    static let reader = CSVReader(required: ["code", "sku", "seats"])

    enum Column {
        static let code = 0
        static let sku = 1
        static let seats = 2
    }

    init(enrollment: Enrollment, issued: IssuedSeats, isGrantOverridden: Bool, context: QueryContext) {
        self.enrollment = enrollment
        self.issued = issued
        self.isGrantOverridden = isGrantOverridden
        self.context = context
    }

    /// R12: what is granted, was there before and stands in the file, where that is why rows are refused.
    func figures(before: IssuedSeats) -> [String] {
        guard isBeyondGrant, !isGrantOverridden else { return [] }
        let sentences = Set(issued.lines.values).sorted().map { product in
            let there = before.seats[product] ?? 0
            return "\(enrollment.id) grants \(issued.granted[product] ?? 0) seats of \(product) in tokens; \(there) "
                + "\(there == 1 ? "is" : "are") there already, and the file has \((issued.seats[product] ?? 0) - there)."
        }
        return sentences + ["Where a portal really issued them, override R12 to record it."]
    }

    /// Judges a row: its fields, whether its code is new, and whether the enrollment grants the token.
    mutating func take(_ row: CSVRow) throws {
        let code = findings.code(in: row, column: Column.code)
        let sku = try sku(in: row)
        let seats = Self.seats(in: row)
        if seats == nil {
            let text = shown(row.text(of: Column.seats))
            findings.report(row, Column.seats, .inputInvalid, "\(text) is not a number of seats from 1 to 1000000.")
        }
        guard let code else { return }
        let lookup = context.secrets.lookup(for: code)
        let keyOwner = try context.reading.productKeyOwner(withCode: lookup)
        if keyOwner == enrollment.organizationID {
            findings.report(
                row,
                Column.code,
                .tokenIsProductKey,
                "The code is a product key's, not a token's.",
                rule: .r28
            )
            return
        }
        let isTaken = try reportTaken(lookup, isKey: keyOwner != nil, row)
        guard let sku, let seats else { return }
        if !isTaken {
            lines.add(lookup, row.line)
            count += 1
            self.seats += seats
            judge(sku, seats, row)
        }
        findings.checkAlphabet(of: code, in: row)
    }

    /// R12, R36: whether the enrollment grants the token.
    private mutating func judge(_ sku: SKUPartNumber, _ seats: Int, _ row: CSVRow) {
        if case .failure(let excess) = issued.check(seats, of: sku) {
            isBeyondGrant = true
            if !isGrantOverridden {
                let column = excess.code == .entitlementExceeded ? Column.seats : Column.sku
                let sentence = excess.sentence(seats: seats, enrollment: enrollment.id)
                findings.report(row, column, excess.code, sentence, rule: excess.rule)
            }
        }
        issued.add(seats, of: sku)
    }

    private mutating func sku(in row: CSVRow) throws -> SKUPartNumber? {
        let bytes = Array(row.bytes(of: Column.sku))
        let known: SKUPartNumber?
        if let remembered = skus[bytes] {
            known = remembered
        } else {
            known = try SKUPartNumber(row.text(of: Column.sku)).flatMap { try context.reading.sku($0)?.partNumber }
            skus[bytes] = .some(known)
        }
        if known == nil {
            findings.report(
                row,
                Column.sku,
                .skuNotFound,
                "The catalogue does not know the SKU \(shown(row.text(of: Column.sku))); import Microsoft's list to "
                    + "make it known.",
                rule: .r39
            )
        }
        return known
    }

    static func seats(in row: CSVRow) -> Int? {
        Int(row.text(of: Column.seats)).flatMap { (1...1_000_000).contains($0) ? $0 : nil }
    }

    /// Whether another row, or the registry, has the code. Another organisation's is not named, nor what it is.
    /// - Parameter isKey: it is a product key's, of another organisation.
    private mutating func reportTaken(_ lookup: CodeLookup, isKey: Bool, _ row: CSVRow) throws -> Bool {
        if let line = lines[lookup] {
            findings.report(row, Column.code, .codeTaken, "The code is already on line \(line).")
            return true
        }
        let token = try context.reading.token(withCode: lookup)
        guard token != nil || isKey else { return false }
        let own = token.flatMap { $0.organizationID == enrollment.organizationID ? $0 : nil }
        let name = own.map { ", as token \($0.id)" } ?? ""
        findings.report(row, Column.code, .codeTaken, "The registry already holds the code\(name).")
        return true
    }
}
