/// Takes the portal's tokens of an enrollment, all or none.
///
/// R12, R36: tokens beyond what the enrollment grants are refused; where R12 is overridden they are recorded as what a
/// portal really issued, with a warning.
///
/// The rows come as a stream, so that a million of them need no more memory than a few.
public struct ImportTokens: RegistryCommand {
    public static let action = "token.import"

    public let enrollmentID: EnrollmentID
    /// Names the rows in the ledger: SHA-256 of the file, in hexadecimal.
    public let digest: String
    /// Opens the file at its beginning, each time it is called: CSV with the columns `code`, `sku` and `seats`.
    let open: @Sendable () throws -> any ChunkSource

    enum CodingKeys: CodingKey {
        case enrollmentID
        case digest
    }

    /// At most so many bad rows are named one by one.
    public static let problemLimit = CodeImport.problemLimit

    public init(
        enrollmentID: EnrollmentID,
        digest: String,
        open: @escaping @Sendable () throws -> any ChunkSource
    ) {
        self.enrollmentID = enrollmentID
        self.digest = digest
        self.open = open
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let enrollmentID: EnrollmentID
        public let organizationID: OrganizationID
        public let tokens: Int
        public let seats: Int
        /// The first and last ids given; nil when the file has no rows.
        public let first: TokenID?
        public let last: TokenID?
        public let warnings: [Warning]
    }

    public var subjectOfRefusal: String { enrollmentID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        try checkOpen(enrollment, today: context.today(in: organization))

        let history = try GrantHistory(of: organization, reading: transaction)
        // A portal issues by what was granted when the year began, and more when more is granted later (R34).
        var issued = history.issuedSeats(
            of: enrollment,
            on: [enrollment.benefitsStartOn, context.today(in: organization)]
        )
        for (sku, seats) in try transaction.tokenSeats(of: enrollment.id, asOf: nil) { issued.add(seats, of: sku) }
        var importing = Importing(enrollment: enrollment, issued: issued, context: context)
        var file = try open()
        var reader = CSVReader(required: ["code", "sku", "seats"])
        while let chunk = try file.next() { try reader.read(chunk) { try importing.take($0) } }
        try reader.finish { try importing.take($0) }
        try importing.findings.refuseProblems(
            unreadable: reader.problems,
            subject: enrollment.id.value,
            figures: importing.figures(before: issued)
        )
        try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: [
                "tokens": .number(importing.count),
                "seats": .number(importing.seats),
                "first": .optional(importing.first),
                "last": .optional(importing.last),
                "digest": .text(digest),
            ]
        )
        return Answer(
            enrollmentID: enrollment.id,
            organizationID: organization.id,
            tokens: importing.count,
            seats: importing.seats,
            first: importing.first,
            last: importing.last,
            warnings: importing.findings.warnings + importing.issued.warnings(of: enrollment.id)
        )
    }

    private func checkOpen(_ enrollment: Enrollment, today: CalendarDate) throws {
        if let ending = enrollment.ending, ending.on <= today {
            throw Refusal(
                .enrollmentEnded,
                rule: .r33,
                "The enrollment \(enrollment.id) has been \(ending.kind.rawValue) since \(ending.on); "
                    + "import its successor's tokens instead.",
                facts: [.init("enrollmentId", .text(enrollment.id.value))]
            )
        }
    }
}

/// An import under way.
private struct Importing {
    let enrollment: Enrollment
    let context: CommandContext
    private(set) var count = 0
    private(set) var seats = 0
    private(set) var first: TokenID?
    private(set) var last: TokenID?
    private(set) var findings = CodeImport()
    /// The enrollment's tokens, those of the file so far among them.
    private(set) var issued: IssuedSeats
    /// Whether a row was refused since it is beyond the grant.
    private var isBeyondGrant = false
    private var knownSKUs: [[UInt8]: SKUPartNumber?] = [:]
    /// The line of each token that was issued so far, to name the first of two equal codes.
    private var lines: [UInt32] = []

    private enum Column {
        static let code = 0
        static let sku = 1
        static let seats = 2
    }

    init(enrollment: Enrollment, issued: IssuedSeats, context: CommandContext) {
        self.enrollment = enrollment
        self.issued = issued
        self.context = context
    }

    /// R12: what is granted, was there before and stands in the file, where that is why rows are refused.
    func figures(before: IssuedSeats) -> [String] {
        guard isBeyondGrant else { return [] }
        let sentences = Set(issued.lines.values).sorted().map { product in
            let there = before.seats[product] ?? 0
            return "\(enrollment.id) grants \(issued.granted[product] ?? 0) seats of \(product) in tokens; \(there) "
                + "\(there == 1 ? "is" : "are") there already, and the file has \((issued.seats[product] ?? 0) - there)."
        }
        return sentences + ["Where a portal really issued them, override R12 to record it."]
    }

    /// Judges a row, and issues its token when nothing is wrong with it.
    mutating func take(_ row: CSVRow) throws {
        let code = findings.code(in: row, column: Column.code)
        let sku = try sku(in: row)
        let seats = seats(in: row)
        guard let code else { return }
        let lookup = context.secrets.lookup(for: code)
        if try context.transaction.productKeyOwner(withCode: lookup) != nil {
            findings.report(
                row,
                Column.code,
                .tokenIsProductKey,
                "The code is a product key's, not a token's.",
                rule: .r28
            )
            return
        }
        guard let sku, let seats else {
            if let holder = try context.transaction.token(withCode: lookup)?.id { reportTaken(row, holder) }
            return
        }
        try issue(code, sku, seats, row)
    }

    private mutating func issue(_ code: ActivationCode, _ sku: SKUPartNumber, _ seats: Int, _ row: CSVRow) throws {
        do {
            let id = try context.transaction.insert(
                TokenDraft(
                    enrollmentID: enrollment.id,
                    skuPartNumber: sku,
                    seats: seats,
                    code: try context.secrets.seal(code),
                    issuedOn: enrollment.year.startsOn,
                    recordedAt: context.now,
                    origin: .imported
                )
            )
            first = first ?? id
            last = id
            lines.append(UInt32(clamping: row.line))
            count += 1
            self.seats += seats
            judge(sku, seats, row)
        } catch let refusal as Refusal where refusal.code == .codeTaken {
            reportTaken(row, refusal.fact("tokenId").flatMap { TokenID($0) })
        }
        findings.checkAlphabet(of: code, in: row)
    }

    /// R12, R36: whether the enrollment grants the token.
    private mutating func judge(_ sku: SKUPartNumber, _ seats: Int, _ row: CSVRow) {
        if case .failure(let excess) = issued.check(seats, of: sku), !context.isOverridden(.r12) {
            let column = excess.code == .entitlementExceeded ? Column.seats : Column.sku
            let sentence = excess.sentence(seats: seats, enrollment: enrollment.id)
            findings.report(row, column, excess.code, sentence, rule: excess.rule)
            isBeyondGrant = true
        }
        issued.add(seats, of: sku)
    }

    private mutating func sku(in row: CSVRow) throws -> SKUPartNumber? {
        let bytes = Array(row.bytes(of: Column.sku))
        let known: SKUPartNumber?
        if let remembered = knownSKUs[bytes] {
            known = remembered
        } else {
            known = try SKUPartNumber(row.text(of: Column.sku)).flatMap { try context.transaction.sku($0)?.partNumber }
            knownSKUs[bytes] = .some(known)
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

    private mutating func seats(in row: CSVRow) -> Int? {
        let text = row.text(of: Column.seats)
        if let seats = Int(text), (1...1_000_000).contains(seats) { return seats }
        findings.report(row, Column.seats, .inputInvalid, "\(shown(text)) is not a number of seats from 1 to 1000000.")
        return nil
    }

    /// - Parameter holder: nil for another organisation's.
    private mutating func reportTaken(_ row: CSVRow, _ holder: TokenID?) {
        if let first, let holder, holder >= first {
            let line = lines[Int(holder.number - first.number)]
            findings.report(row, Column.code, .codeTaken, "The code is already on line \(line).")
        } else {
            let name = holder.map { ", as token \($0)" } ?? ""
            findings.report(row, Column.code, .codeTaken, "The registry already holds the code\(name).")
        }
    }
}
