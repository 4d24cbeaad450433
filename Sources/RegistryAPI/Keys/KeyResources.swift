public import Registry

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
    /// The machines that it activated often within a year, each time taking one from its count (R26).
    public let reimagedOften: [Machine]

    public struct Machine: Codable, Sendable {
        public let machine: String
        public let activations: Int
    }

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
        reimagedOften = view.reimagedOften.map { Machine(machine: $0.machine, activations: $0.activations) }
    }
}

public struct KeyActivationResource: Codable, Sendable {
    public let id: String
    public let keyId: String
    public let machine: String
    @Nullable public var hardware: String?
    /// Whether it took one from the key's count.
    public let consumed: Bool
    @Nullable public var version: String?
    @Nullable public var qualifyingLicense: String?
    @Nullable public var host: String?
    public let activatedOn: String
    public let recordedAt: String

    init(_ activation: KeyActivation) {
        id = activation.id.description
        keyId = activation.keyID.description
        machine = activation.machine
        hardware = activation.hardware
        consumed = activation.isConsumed
        version = activation.version
        qualifyingLicense = activation.qualifyingLicense
        host = activation.host?.rawValue
        activatedOn = activation.activatedOn.description
        recordedAt = activation.recordedAt.description
    }
}

public struct ActivatedKeyResource: Codable, Sendable {
    public let id: String
    public let keyId: String
    public let organizationId: String
    public let product: String
    @Nullable public var version: String?
    public let machine: String
    @Nullable public var hardware: String?
    /// Whether it took one from the key's count.
    public let consumed: Bool
    /// Why: `new-machine`, `changed-hardware`, `unproven-hardware`, `same-hardware` (R25) or `every-activation` (R26).
    public let reason: String
    /// Null where the key has no count.
    @Nullable public var activationsLeft: Int?
    @Nullable public var qualifyingLicense: String?
    @Nullable public var host: String?
    public let activatedOn: String
    public let auditSequence: Int64
    public let dryRun: Bool
    public let warnings: [WarningResource]

    init(_ answer: ActivateKey.Answer, dryRun: Bool) {
        id = answer.id.description
        keyId = answer.keyID.description
        organizationId = answer.organizationID.value
        product = answer.product
        version = answer.version
        machine = answer.machine
        hardware = answer.hardware
        consumed = answer.count.isConsumed
        reason = answer.count.rawValue
        activationsLeft = answer.activationsLeft
        qualifyingLicense = answer.qualifyingLicense?.rawValue
        host = answer.host?.rawValue
        activatedOn = answer.activatedOn.description
        auditSequence = answer.auditSequence
        self.dryRun = dryRun
        warnings = answer.warnings.map(WarningResource.init)
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
