/// What an enrollment brings of one product line, as the programme catalogue names it.
public struct Benefit: Hashable, Codable, Sendable {
    public let product: ProductLine
    /// At least 0.
    public let quantity: Int
    /// What the catalogue names; R49 where it names none.
    public let maximum: ProductMaximum

    /// R49: without a maximum of its own, the line gets the one that follows from its initial grant.
    public init(product: ProductLine, quantity: Int, maximum: ProductMaximum? = nil) {
        self.product = product
        self.quantity = quantity
        self.maximum = maximum ?? .standard(initialGrant: quantity)
    }
}
