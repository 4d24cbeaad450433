/// What an enrollment grants of a product line.
public struct EnrollmentGrantResource: Hashable, Sendable, Codable {
    public let product: ProductLine
    /// What the benefit names.
    public let quantity: Int
    public let granted: Int
    /// R12: what did not fit below the maxima.
    public let clipped: Int
    /// Which limit it did not fit below; null where all of it is granted.
    @Nullable public var clippedBy: GrantLimit?

    public init(_ grant: Grant) {
        product = grant.product
        quantity = grant.quantity
        granted = grant.granted
        clipped = grant.clipped
        clippedBy = grant.limit
    }
}
