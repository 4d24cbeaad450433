public import Registry

public struct TokenImportResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let tokens: Int
    public let seats: Int
    @Nullable public var firstTokenId: String?
    @Nullable public var lastTokenId: String?
    public let dryRun: Bool
    public let warnings: [WarningResource]

    init(_ answer: ImportTokens.Answer, dryRun: Bool) {
        enrollmentId = answer.enrollmentID.value
        organizationId = answer.organizationID.value
        tokens = answer.tokens
        seats = answer.seats
        firstTokenId = answer.first?.description
        lastTokenId = answer.last?.description
        self.dryRun = dryRun
        warnings = answer.warnings.map(WarningResource.init)
    }
}
