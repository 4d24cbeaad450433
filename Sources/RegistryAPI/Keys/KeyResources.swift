import Registry

public struct ProductKeyResource: Codable, Sendable {
    public let id: String
    public let organizationId: String
    public let enrollmentId: String
    public let maskedCode: String
    public let product: String
    @Nullable public var version: String?
    /// `program`, or `volume-licensing` (R27).
    public let source: String
    public let kms: Bool
    /// How many activations the key is good for; null where it has no count.
    @Nullable public var activations: Int?
    public let activationsUsed: Int
    /// Null where the key has no count.
    @Nullable public var activationsLeft: Int?
    /// At the present rate; null where nothing was used lately.
    @Nullable public var runsOutOn: String?

    init(_ view: ProductKeyView) {
        let key = view.key
        id = key.id.description
        organizationId = key.organizationID.value
        enrollmentId = key.enrollmentID.value
        maskedCode = key.maskedCode
        product = key.product
        version = key.version
        source = key.source.rawValue
        kms = key.isKMS
        activations = key.activations
        activationsUsed = view.use.consumed
        activationsLeft = view.forecast.left
        runsOutOn = view.forecast.runsOutOn?.description
    }
}

public struct RevealedKeyResource: Codable, Sendable {
    public let id: String
    public let code: String
    public let auditSequence: Int64
}

public struct KeyImportResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let keys: Int
    /// The sum of the keys' counts.
    public let activations: Int
    @Nullable public var firstKeyId: String?
    @Nullable public var lastKeyId: String?
    public let dryRun: Bool
    public let warnings: [WarningResource]

    init(_ answer: ImportKeys.Answer, dryRun: Bool) {
        enrollmentId = answer.enrollmentID.value
        organizationId = answer.organizationID.value
        keys = answer.keys
        activations = answer.activations
        firstKeyId = answer.first?.description
        lastKeyId = answer.last?.description
        self.dryRun = dryRun
        warnings = answer.warnings.map(WarningResource.init)
    }
}
