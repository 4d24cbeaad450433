/// Takes the portal's tokens of an enrollment, all or none.
///
/// R12, R36: tokens beyond what the enrollment grants are refused; where R12 is overridden they are recorded as what a
/// portal really issued, with a warning.
///
/// The rows come as a stream, so that a million of them need little memory: of each a part of its code's lookup is kept,
/// to tell equal codes.
public struct ImportTokens: FileImport {
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

    public struct Judgement: Sendable {
        let organizationID: OrganizationID
        let tokens: Int
        let seats: Int
        let warnings: [Warning]
        /// What the file calls each SKU.
        let skus: [[UInt8]: SKUPartNumber]
        /// Whether rows are taken since R12 is overridden.
        let isBeyondGrant: Bool
        /// What they were judged from: the tokens that the enrollment has, held against what it grants, and all codes.
        let issuedBefore: IssuedSeats
        let mark: CodeMark
    }

    public var subjectOfRefusal: String { enrollmentID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .administrator)
    }

    public func judge(
        on enrollment: Enrollment,
        in context: QueryContext,
        overrides: Set<OverridableRule>
    ) throws -> Judgement {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let today = context.today(in: organization)
        try checkOpen(enrollment, today: today)
        let issued = try issuedSeats(of: enrollment, organization, today: today, reading: context.reading)
        var judge = TokenIntake(
            enrollment: enrollment,
            issued: issued,
            isGrantOverridden: overrides.contains(.r12),
            context: context
        )
        var file = try open()
        var reader = TokenIntake.reader
        while let chunk = try file.next() { try reader.read(chunk) { try judge.take($0) } }
        try reader.finish { try judge.take($0) }
        try judge.findings.refuseProblems(
            unreadable: reader.problems,
            subject: enrollment.id.value,
            figures: judge.figures(before: issued)
        )
        return Judgement(
            organizationID: organization.id,
            tokens: judge.count,
            seats: judge.seats,
            warnings: judge.findings.warnings + judge.issued.warnings(of: enrollment.id),
            skus: judge.skus.compactMapValues { $0 },
            isBeyondGrant: judge.isBeyondGrant,
            issuedBefore: issued,
            mark: try context.reading.codeMark()
        )
    }

    public func answer(_ judgement: Judgement) -> Answer {
        guard judgement.tokens > 0 else { return answer(judgement, issued: nil) }
        let before = judgement.mark.token.number
        let issued = TokenID(number: before + 1)...TokenID(number: before + Int64(judgement.tokens))
        return answer(judgement, issued: issued)
    }

    private func answer(_ judgement: Judgement, issued: ClosedRange<TokenID>?) -> Answer {
        Answer(
            enrollmentID: enrollmentID,
            organizationID: judgement.organizationID,
            tokens: judgement.tokens,
            seats: judgement.seats,
            first: issued?.lowerBound,
            last: issued?.upperBound,
            warnings: judgement.warnings
        )
    }

    public func rows(of judgement: Judgement, sealedWith secrets: any SecretBox) throws -> JudgedRows<StagedToken> {
        JudgedRows(try open(), TokenIntake.reader) { row in
            guard let code = try? ActivationCode(parsing: row.text(of: TokenIntake.Column.code)),
                let sku = judgement.skus[Array(row.bytes(of: TokenIntake.Column.sku))],
                let seats = TokenIntake.seats(in: row)
            else { return nil }
            return StagedToken(skuPartNumber: sku, seats: seats, code: try secrets.seal(code))
        }
    }

    public static func stage(
        _ drafts: [StagedToken],
        in area: StagingArea,
        of transaction: any RegistryTransaction
    ) throws {
        try transaction.stage(drafts, in: area)
    }

    public func run(
        on enrollment: Enrollment,
        _ judgement: Judgement,
        staged area: StagingArea,
        in context: CommandContext
    ) throws -> Answer? {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        let today = context.today(in: organization)
        try checkOpen(enrollment, today: today)
        let issuedBefore = try issuedSeats(of: enrollment, organization, today: today, reading: transaction)
        guard issuedBefore == judgement.issuedBefore,
            try !transaction.holdsRecordedCode(area, after: judgement.mark)
        else { return nil }
        if judgement.isBeyondGrant { _ = context.isOverridden(.r12) }
        let origin = StagedTokenOrigin(
            enrollmentID: enrollment.id,
            issuedOn: enrollment.year.startsOn,
            recordedAt: context.now
        )
        let issued = try transaction.issueStaged(in: area, as: origin)
        try requireComplete(issued, judgement.tokens)
        let answer = answer(judgement, issued: issued)
        try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: [
                "tokens": .number(answer.tokens),
                "seats": .number(answer.seats),
                "first": .optional(answer.first),
                "last": .optional(answer.last),
                "digest": .text(digest),
            ]
        )
        return answer
    }

    /// A portal issues by what was granted when the year began, and more when more is granted later (R34).
    private func issuedSeats(
        of enrollment: Enrollment,
        _ organization: Organization,
        today: CalendarDate,
        reading: any RegistryReading
    ) throws -> IssuedSeats {
        let history = try GrantHistory(of: organization, reading: reading)
        var issued = history.issuedSeats(of: enrollment, on: [enrollment.benefitsStartOn, today])
        for (sku, seats) in try reading.tokenSeats(of: enrollment.id, asOf: nil) { issued.add(seats, of: sku) }
        return issued
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
