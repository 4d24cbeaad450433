/// A product key's activations, in the order in which they were recorded.
public struct KeyHistory: RegistryQuery {
    public static let summary = "List a product key's activations"

    let key: ProductKeyID
    var after: KeyActivationID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(key, for: .keys)
    }

    public func answer(
        on key: ProductKey,
        in context: QueryContext
    ) throws -> Page<KeyActivationResource, KeyActivationID> {
        let limit = (limit ?? .standard).value
        let activations = try context.reading.activations(of: key.id, after: after, limit: limit)
        let next = activations.count == limit ? activations.last?.id : nil
        return Page(items: activations.map(KeyActivationResource.init), next: next)
    }
}

/// One activation of a machine with a product key.
public struct KeyActivationResource: Hashable, Sendable, Codable {
    public let id: KeyActivationID
    public let keyId: ProductKeyID
    public let activatedOn: CalendarDate
    public let machine: String
    /// A fingerprint of the machine's hardware, where one was stated.
    @Nullable public var hardware: String?
    /// Whether it took one from the key's count (R25, R26).
    public let consumed: Bool
    @Nullable public var version: String?
    /// R22: what the machine had before, for Windows client.
    @Nullable public var qualifyingLicense: QualifyingLicense?
    /// R21: null for a machine of the organisation's own.
    @Nullable public var host: VirtualMachineHost?
    public let recordedAt: Instant

    init(_ activation: KeyActivation) {
        id = activation.id
        keyId = activation.keyID
        activatedOn = activation.activatedOn
        machine = activation.machine
        hardware = activation.hardware
        consumed = activation.isConsumed
        version = activation.version
        qualifyingLicense = activation.qualifyingLicense
        host = activation.host
        recordedAt = activation.recordedAt
    }
}
