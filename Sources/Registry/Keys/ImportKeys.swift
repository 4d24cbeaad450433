import CSV

/// Takes the product keys of an enrollment, all or none.
public struct ImportKeys: FileImport {
    public static let action = "key.import"
    public static let summary = "Import the product keys of an enrollment"

    let enrollment: EnrollmentID
    /// Where the keys come from whose row does not say it; nil for `program`.
    var source: ProductKey.Source?
    /// CSV with the columns `key`, `product` and `activations`, and with `version`, `type` and `source` where they are
    /// wanted.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case enrollment
        case source
    }

    public typealias Answer = KeyImportResource

    public struct Judgement: Sendable {
        let organizationID: OrganizationID
        let keys: Int
        let activations: Int
        let warnings: [Warning]
        /// The codes that they were judged from.
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
        var intake = KeyIntake(enrollment: enrollment, source: source ?? .program, context: context)
        var reader = KeyIntake.reader
        try reader.read(try file.open()) { try intake.take($0) }
        try intake.findings.refuseProblems(unreadable: reader.inputProblems, subject: enrollment.id.value)
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
        KeyImportResource(
            enrollmentId: enrollment,
            organizationId: judgement.organizationID,
            keys: judgement.keys,
            activations: judgement.activations,
            firstKeyId: recorded?.lowerBound,
            lastKeyId: recorded?.upperBound,
            warnings: judgement.warnings
        )
    }

    public func rows(of judgement: Judgement, sealedWith sealer: CodeSealer) throws -> JudgedRows<StagedKey> {
        let source = source ?? .program
        return JudgedRows(try file.open(), KeyIntake.reader) { row in
            var fields = KeyFields(row: row, source: source, findings: CodeImport())
            return try fields.key()?.sealed(with: sealer)
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
        return try context.record(
            Self.action,
            answer(judgement, recorded: recorded),
            subject: enrollment.id,
            adding: ["digest": file.digest]
        )
    }
}

/// What an import of product keys recorded.
public struct KeyImportResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    public let keys: Int
    /// The sum of the keys' counts; keys without one add nothing.
    public let activations: Int
    /// Null when the file has no rows.
    @Nullable public var firstKeyId: ProductKeyID?
    @Nullable public var lastKeyId: ProductKeyID?
    public let warnings: [Warning]
}
