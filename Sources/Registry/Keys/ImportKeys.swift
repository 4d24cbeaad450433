/// Takes the product keys of an enrollment, all or none.
public struct ImportKeys: RegistryCommand {
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

    public var subjectOfRefusal: String { enrollmentID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)

        var intake = KeyIntake(enrollment: enrollment, source: source, context: context)
        var file = try open()
        var reader = CSVReader(required: KeyIntake.required, optional: KeyIntake.optional)
        while let chunk = try file.next() { try reader.read(chunk) { try intake.take($0) } }
        try reader.finish { try intake.take($0) }
        try intake.findings.refuseProblems(unreadable: reader.problems, subject: enrollment.id.value)
        try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: [
                "keys": .number(intake.count),
                "activations": .number(intake.activations),
                "first": .optional(intake.first),
                "last": .optional(intake.last),
                "digest": .text(digest),
            ]
        )
        return Answer(
            enrollmentID: enrollment.id,
            organizationID: organization.id,
            keys: intake.count,
            activations: intake.activations,
            first: intake.first,
            last: intake.last,
            warnings: intake.findings.warnings
        )
    }
}
