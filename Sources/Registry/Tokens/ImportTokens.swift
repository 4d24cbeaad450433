/// Takes the portal's tokens of an enrollment, all or none.
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

    public func run(in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        let enrollment = try transaction.requireEnrollment(enrollmentID)
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        try context.require(.administrator, in: organization.id)
        try checkOpen(enrollment, today: context.today(in: organization))

        var importing = Importing(enrollment: enrollment, context: context)
        var file = try open()
        var reader = CSVReader(required: ["code", "sku", "seats"])
        while let chunk = try file.next() { try reader.read(chunk) { try importing.take($0) } }
        try reader.finish { try importing.take($0) }
        try importing.findings.refuseProblems(unreadable: reader.problems, subject: enrollment.id.value)
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
            warnings: importing.findings.warnings
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
    private var knownSKUs: [[UInt8]: SKUPartNumber?] = [:]
    /// The line of each token that was issued so far, to name the first of two equal codes.
    private var lines: [UInt32] = []

    private enum Column {
        static let code = 0
        static let sku = 1
        static let seats = 2
    }

    init(enrollment: Enrollment, context: CommandContext) {
        self.enrollment = enrollment
        self.context = context
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
        } catch let refusal as Refusal where refusal.code == .codeTaken {
            if let holder = refusal.fact("tokenId").flatMap({ TokenID($0) }) { reportTaken(row, holder) }
        }
        findings.checkAlphabet(of: code, in: row)
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

    private mutating func reportTaken(_ row: CSVRow, _ holder: TokenID) {
        if let first, holder >= first {
            let line = lines[Int(holder.number - first.number)]
            findings.report(row, Column.code, .codeTaken, "The code is already on line \(line).")
        } else {
            findings.report(row, Column.code, .codeTaken, "The registry already holds the code, as token \(holder).")
        }
    }
}
