/// The SKU that a benefit's tokens activate, and the seats that each is worth.
public struct TokenDenomination: Hashable, Sendable {
    public let skuPartNumber: SKUPartNumber
    /// Seats of one token; what is left over makes one smaller token.
    public let seats: Int

    public init(skuPartNumber: SKUPartNumber, seats: Int) {
        self.skuPartNumber = skuPartNumber
        self.seats = seats
    }

    /// The seats of each token that `quantity` seats are cut into.
    public func cut(_ quantity: Int) -> [Int] {
        guard seats > 0, quantity > 0 else { return [] }
        let remainder = quantity % seats
        return Array(repeating: seats, count: quantity / seats) + (remainder > 0 ? [remainder] : [])
    }
}
