import CSV

/// Takes the portal's tokens of an enrollment, all or none.
///
/// R12, R36: tokens beyond what the enrollment grants are refused; where R12 is overridden they are recorded as what a
/// portal really issued, with a warning.
///
/// The rows come as a stream, so that a million of them need little memory: of each a part of its code's lookup is kept,
/// to tell equal codes.
public struct ImportTokens: FileImport {
    public static let action = "token.import"
    public static let summary = "Import the portal's tokens of an enrollment"

    let enrollment: EnrollmentID
    /// CSV with the columns `code`, `sku` and `seats`.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case enrollment
    }

    public typealias Answer = TokenImportResource

    /// At most so many bad rows are named one by one.
    public static let problemLimit = CodeImport.problemLimit

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

    public var subjectOfRefusal: String { enrollment.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .administrator)
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
        var reader = TokenIntake.reader
        try reader.read(try file.open()) { try judge.take($0) }
        try judge.findings.refuseProblems(
            unreadable: reader.inputProblems,
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

    public func answer(_ judgement: Judgement) -> TokenImportResource {
        guard judgement.tokens > 0 else { return answer(judgement, issued: nil) }
        let before = judgement.mark.token.number
        let issued = TokenID(number: before + 1)...TokenID(number: before + Int64(judgement.tokens))
        return answer(judgement, issued: issued)
    }

    private func answer(_ judgement: Judgement, issued: ClosedRange<TokenID>?) -> TokenImportResource {
        TokenImportResource(
            enrollmentId: enrollment,
            organizationId: judgement.organizationID,
            tokens: judgement.tokens,
            seats: judgement.seats,
            firstTokenId: issued?.lowerBound,
            lastTokenId: issued?.upperBound,
            warnings: judgement.warnings
        )
    }

    public func rows(of judgement: Judgement, sealedWith sealer: CodeSealer) throws -> JudgedRows<StagedToken> {
        JudgedRows(try file.open(), TokenIntake.reader) { row in
            guard let code = try? ActivationCode(parsing: row.text(of: TokenIntake.Column.code)),
                let sku = judgement.skus[Array(row.bytes(of: TokenIntake.Column.sku))],
                let seats = TokenIntake.seats(in: row)
            else { return nil }
            return StagedToken(skuPartNumber: sku, seats: seats, code: try sealer.seal(code))
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
    ) throws -> TokenImportResource? {
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
        return try context.record(
            Self.action,
            answer(judgement, issued: issued),
            subject: enrollment.id,
            adding: ["digest": file.digest]
        )
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
                facts: ["enrollmentId": enrollment.id]
            )
        }
    }
}

/// What an import brought.
public struct TokenImportResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    public let tokens: Int
    public let seats: Int
    /// Null when the file has no rows.
    @Nullable public var firstTokenId: TokenID?
    @Nullable public var lastTokenId: TokenID?
    public let warnings: [Warning]
}
