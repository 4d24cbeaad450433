/// A product key as it stands on a day, its code masked.
public struct ProductKeyResource: Hashable, Sendable, Codable {
    public let id: ProductKeyID
    public let organizationId: OrganizationID
    public let enrollmentId: EnrollmentID
    public let maskedCode: String
    /// A product line such as `windows-client`, or a product's own name.
    public let product: String
    @Nullable public var version: String?
    public let source: ProductKey.Source
    /// Whether it is a key for a key management service (R27).
    public let kms: Bool
    /// How many activations the key is good for; null where it has no count.
    @Nullable public var activations: Int?
    public let activationsUsed: Int
    /// Null where the key has no count.
    @Nullable public var activationsLeft: Int?
    /// At the present rate; null where nothing was used lately.
    @Nullable public var runsOutOn: CalendarDate?
    /// R26: the machines that the key activated often within a year, each time taking one from its count.
    public let reimagedOften: [MachineActivations]
}

extension KeyReading {
    /// R24, R26: a key with its use up to `day`.
    func resource(of key: ProductKey, on day: CalendarDate) throws -> ProductKeyResource {
        let use = try keyUse(of: key.id, since: ActivationForecast.windowStart(on: day))
        let forecast = ActivationForecast(activations: key.activations, use: use, today: day)
        let isReimaged = ReimageAdvice.concerns(key) && use.consumed >= ReimageAdvice.times
        return ProductKeyResource(
            id: key.id,
            organizationId: key.organizationID,
            enrollmentId: key.enrollmentID,
            maskedCode: key.maskedCode,
            product: key.product,
            version: key.version,
            source: key.source,
            kms: key.isKMS,
            activations: key.activations,
            activationsUsed: use.consumed,
            activationsLeft: forecast.left,
            runsOutOn: forecast.runsOutOn,
            reimagedOften: isReimaged
                ? try machines(
                    of: key.id,
                    activatedAtLeast: ReimageAdvice.times,
                    since: ReimageAdvice.windowStart(on: day)
                ) : []
        )
    }
}
