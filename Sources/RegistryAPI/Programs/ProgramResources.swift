public import Registry

public struct ProgramResource: Codable, Sendable {
    public let id: String
    public let name: String
    public let kind: String
    public let benefits: [Benefit]

    public struct Benefit: Codable, Sendable {
        public let product: String
        public let quantity: Int
        public let countryMaximum: Int
        public let worldwideMaximum: Int
        @Nullable public var skuPartNumber: String?
        @Nullable public var tokenSeats: Int?
        public let source: String
        public let certainty: String
    }

    init(_ program: Program) {
        id = program.id.value
        name = program.name
        kind = program.kind.rawValue
        benefits = program.benefits.map { benefit in
            Benefit(
                product: benefit.product.rawValue,
                quantity: benefit.quantity,
                countryMaximum: benefit.maximum.country,
                worldwideMaximum: benefit.maximum.worldwide,
                skuPartNumber: benefit.tokens?.skuPartNumber.description,
                tokenSeats: benefit.tokens?.seats,
                source: benefit.source,
                certainty: benefit.certainty.rawValue
            )
        }
    }
}

public struct EnrollmentResource: Codable, Sendable {
    public let id: String
    public let organizationId: String
    public let locationId: String
    public let program: String
    @Nullable public var competency: String?
    public let startsOn: String
    public let endsOn: String
    public let status: String
    @Nullable public var endedOn: String?
    @Nullable public var predecessorId: String?
    /// Whether the registry mints its tokens; otherwise the portal's are imported.
    public let mintsTokens: Bool
    /// As of today, or of the nearest day on which it is in force.
    public let grants: [EnrollmentGrantResource]
    public let tokens: [String]
    /// R12: what a command that added or ended it changed of what other enrollments grant.
    public let changes: [Change]

    public struct Change: Codable, Sendable {
        public let enrollmentId: String
        public let product: String
        public let from: String
        /// The last day on which it is so.
        public let through: String
        /// What was granted on these days before.
        public let before: Int
        /// What is granted on them now.
        public let after: Int

        init(_ change: GrantChange) {
            enrollmentId = change.enrollmentID.value
            product = change.product.rawValue
            from = change.from.description
            through = change.through.description
            before = change.before
            after = change.after
        }
    }

    public init(_ details: EnrollmentDetails) {
        let enrollment = details.enrollment
        id = enrollment.id.value
        organizationId = enrollment.organizationID.value
        locationId = enrollment.locationID.value
        program = enrollment.programID.value
        competency = enrollment.competency
        startsOn = enrollment.year.startsOn.description
        endsOn = enrollment.year.endsOn.description
        status = details.status.rawValue
        endedOn = enrollment.ending?.on.description
        predecessorId = enrollment.predecessor?.value
        mintsTokens = enrollment.mintsTokens
        grants = details.grants.map(EnrollmentGrantResource.init)
        tokens = details.tokens.map(\.description)
        changes = details.changes.map(Change.init)
    }
}
