/// Takes the portal's tokens of an enrollment, all or none.
///
/// The rows come as a stream, so that a million of them need no more memory than a few.
public struct ImportTokens: RegistryCommand {
    public static let action = "token.import"

    public let enrollmentID: EnrollmentID
    /// Names the rows in the ledger: a digest of the file.
    public let digest: String
    /// Gives the rows from the first one, each time it is called.
    let rows: @Sendable () throws -> any TokenRowSource

    enum CodingKeys: CodingKey {
        case enrollmentID
        case digest
    }

    /// At most so many bad rows are named one by one.
    public static let problemLimit = 1_000

    public init(
        enrollmentID: EnrollmentID,
        digest: String,
        rows: @escaping @Sendable () throws -> any TokenRowSource
    ) {
        self.enrollmentID = enrollmentID
        self.digest = digest
        self.rows = rows
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
        let source = try rows()
        while let row = try source.next() { try importing.take(row) }
        importing.problems += source.problems
        guard importing.problems.isEmpty, source.problemCount == 0 else {
            throw importing.refusal(problemCount: importing.problemCount + source.problemCount)
        }
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
            warnings: importing.warnings
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

/// A row of a token file, read but not judged.
public struct TokenRow: Sendable {
    /// The line that the row begins on, from 1.
    public let line: Int
    public let code: Result<ActivationCode, ActivationCode.Malformation>
    public let sku: SKUPartNumber
    /// The text of the seats' column.
    public let seats: Substring

    public init(
        line: Int,
        code: Result<ActivationCode, ActivationCode.Malformation>,
        sku: SKUPartNumber,
        seats: Substring
    ) {
        self.line = line
        self.code = code
        self.sku = sku
        self.seats = seats
    }
}

/// Gives token rows one after another.
public protocol TokenRowSource {
    /// The next row that has the right form; nil at the end.
    func next() throws -> TokenRow?
    /// The rows that did not have it, as far as they are named.
    var problems: [InputProblem] { get }
    var problemCount: Int { get }
}

/// An import under way.
private struct Importing {
    let enrollment: Enrollment
    let context: CommandContext
    var count = 0
    var seats = 0
    var first: TokenID?
    var last: TokenID?
    var problems: [InputProblem] = []
    var problemCount = 0
    var warnings: [Warning] = []
    private var knownSKUs: [SKUPartNumber: Bool] = [:]
    private var linesByLookup: [CodeLookup: Int] = [:]

    init(enrollment: Enrollment, context: CommandContext) {
        self.enrollment = enrollment
        self.context = context
    }

    mutating func take(_ row: TokenRow) throws {
        let before = problemCount
        let seats = parse(row)
        try checkSKU(row)
        guard case .success(let code) = row.code else { return }
        let sealed = try context.secrets.seal(code)
        try checkProductKey(sealed.lookup, row)
        guard let seats, problemCount == before else {
            try checkTaken(sealed.lookup, row)
            return
        }
        do {
            let id = try context.transaction.insert(
                TokenDraft(
                    enrollmentID: enrollment.id,
                    skuPartNumber: row.sku,
                    seats: seats,
                    code: sealed,
                    issuedOn: enrollment.year.startsOn,
                    recordedAt: context.now,
                    origin: .imported
                )
            )
            first = first ?? id
            last = id
            count += 1
            self.seats += seats
            if warnings.count < 100, let warning = code.alphabetWarning {
                warnings.append(Warning(code: warning.code, rule: nil, detail: "Line \(row.line): \(warning.detail)"))
            }
        } catch let refusal as Refusal where refusal.code == .codeTaken {
            report(row, "code", .codeTaken, refusal.detail)
        }
    }

    private mutating func parse(_ row: TokenRow) -> Int? {
        if case .failure(let malformation) = row.code {
            report(row, "code", .codeMalformed, malformation.reason)
        }
        guard let seats = Int(row.seats), (1...1_000_000).contains(seats) else {
            report(row, "seats", .inputInvalid, "\"\(row.seats.prefix(40))\" is not a number of seats from 1 to 1000000.")
            return nil
        }
        return seats
    }

    private mutating func checkSKU(_ row: TokenRow) throws {
        let known: Bool
        if let remembered = knownSKUs[row.sku] {
            known = remembered
        } else {
            known = try context.transaction.sku(row.sku) != nil
            knownSKUs[row.sku] = known
        }
        guard !known else { return }
        report(
            row, "sku", .skuNotFound,
            "The catalogue does not know the SKU \"\(String(row.sku.description.prefix(80)))\"; import Microsoft's list to make it known.",
            rule: .r39)
    }

    private mutating func checkProductKey(_ lookup: CodeLookup, _ row: TokenRow) throws {
        guard try context.transaction.productKeyOwner(withCode: lookup) != nil else { return }
        report(row, "code", .tokenIsProductKey, "The code is a product key's, not a token's.", rule: .r28)
    }

    private mutating func checkTaken(_ lookup: CodeLookup, _ row: TokenRow) throws {
        guard let token = try context.transaction.token(withCode: lookup) else { return }
        report(row, "code", .codeTaken, "The code is token \(token.id)'s already.")
    }

    private mutating func report(
        _ row: TokenRow,
        _ column: String,
        _ code: RefusalCode,
        _ detail: String,
        rule: Rule? = nil
    ) {
        problemCount += 1
        guard problems.count < ImportTokens.problemLimit else { return }
        problems.append(InputProblem(row: row.line, column: column, code: code, rule: rule, detail: detail))
    }

    func refusal(problemCount: Int) -> Refusal {
        let sorted = problems.sorted { ($0.row, $0.column ?? "") < ($1.row, $1.column ?? "") }
        let more = problemCount > sorted.count ? " The first \(sorted.count) are named." : ""
        return Refusal(
            .importInvalid,
            "\(problemCount) \(problemCount == 1 ? "problem" : "problems") in the file; nothing was imported.\(more)",
            facts: [.init("problems", .number(problemCount)), .init("subject", .text(enrollment.id.value))],
            inputProblems: Array(sorted.prefix(ImportTokens.problemLimit))
        )
    }
}
