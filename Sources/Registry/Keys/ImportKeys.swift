/// Takes the product keys of an enrollment, all or none.
public struct ImportKeys: FileImport {
    public static let action = "key.import"

    public let enrollmentID: EnrollmentID
    /// Names the rows in the ledger: SHA-256 of the file, in hexadecimal.
    public let digest: String
    /// Where the keys come from whose row does not say it.
    public let source: ProductKey.Source
    /// Opens the file at its beginning, each time it is called: CSV with the columns `key`, `product` and `activations`,
    /// and with `version`, `type` and `source` where they are wanted.
    let open: @Sendable () throws -> any ChunkSource

    enum CodingKeys: CodingKey {
        case enrollmentID
        case digest
        case source
    }

    public init(
        enrollmentID: EnrollmentID,
        digest: String,
        source: ProductKey.Source = .program,
        open: @escaping @Sendable () throws -> any ChunkSource
    ) {
        self.enrollmentID = enrollmentID
        self.digest = digest
        self.source = source
        self.open = open
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let enrollmentID: EnrollmentID
        public let organizationID: OrganizationID
        public let keys: Int
        /// The sum of the counts; keys without one add nothing.
        public let activations: Int
        /// The first and last ids given; nil when the file has no rows.
        public let first: ProductKeyID?
        public let last: ProductKeyID?
        public let warnings: [Warning]
    }

    public struct Judgement: Sendable {
        let organizationID: OrganizationID
        let keys: Int
        let activations: Int
        let warnings: [Warning]
        /// The codes that they were judged from.
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
        var intake = KeyIntake(enrollment: enrollment, source: source, context: context)
        var file = try open()
        var reader = KeyIntake.reader
        while let chunk = try file.next() { try reader.read(chunk) { try intake.take($0) } }
        try reader.finish { try intake.take($0) }
        try intake.findings.refuseProblems(unreadable: reader.problems, subject: enrollment.id.value)
        return Judgement(
            organizationID: enrollment.organizationID,
            keys: intake.count,
            activations: intake.activations,
            warnings: intake.findings.warnings,
            mark: try context.reading.codeMark()
        )
    }

    public func answer(_ judgement: Judgement) -> Answer {
        guard judgement.keys > 0 else { return answer(judgement, recorded: nil) }
        let before = judgement.mark.productKey.number
        let recorded = ProductKeyID(number: before + 1)...ProductKeyID(number: before + Int64(judgement.keys))
        return answer(judgement, recorded: recorded)
    }

    private func answer(_ judgement: Judgement, recorded: ClosedRange<ProductKeyID>?) -> Answer {
        Answer(
            enrollmentID: enrollmentID,
            organizationID: judgement.organizationID,
            keys: judgement.keys,
            activations: judgement.activations,
            first: recorded?.lowerBound,
            last: recorded?.upperBound,
            warnings: judgement.warnings
        )
    }

    public func rows(of judgement: Judgement, sealedWith secrets: any SecretBox) throws -> JudgedRows<StagedKey> {
        let source = source
        return JudgedRows(try open(), KeyIntake.reader) { row in
            var fields = KeyFields(row: row, source: source, findings: CodeImport())
            return try fields.key()?.sealed(with: secrets)
        }
    }

    public static func stage(
        _ drafts: [StagedKey],
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
        guard try !context.transaction.holdsRecordedCode(area, after: judgement.mark) else { return nil }
        let recorded = try context.transaction.recordStagedKeys(
            in: area,
            of: enrollment.id,
            recordedAt: context.now
        )
        try requireComplete(recorded, judgement.keys)
        let answer = answer(judgement, recorded: recorded)
        try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: [
                "keys": .number(answer.keys),
                "activations": .number(answer.activations),
                "first": .optional(answer.first),
                "last": .optional(answer.last),
                "digest": .text(digest),
            ]
        )
        return answer
    }
}
