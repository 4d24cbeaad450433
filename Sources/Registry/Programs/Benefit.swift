/// What an enrollment in a programme grants of one product line.
public struct Benefit: Hashable, Sendable, Codable {
    public let product: ProductLine
    /// The initial grant, in the product line's own unit: seats, licences, US dollars a month.
    public let quantity: Int
    /// The maximum per country; nil where the programme names none, and R49 gives five times the quantity.
    public let countryMaximum: Int?
    /// The maximum worldwide; nil where the programme names none, and R49 gives fifteen times the quantity.
    public let worldwideMaximum: Int?
    /// The SKU that its tokens activate; nil where it comes without tokens.
    public let skuPartNumber: SKUPartNumber?
    /// The seats of one token; nil where it comes without tokens.
    public let tokenSeats: Int?
    /// Where the figure comes from.
    public let source: String
    public let certainty: Certainty

    public init(
        product: ProductLine,
        quantity: Int,
        countryMaximum: Int? = nil,
        worldwideMaximum: Int? = nil,
        tokens: TokenDenomination? = nil,
        source: String = "",
        certainty: Certainty = .certain
    ) {
        self.product = product
        self.quantity = quantity
        self.countryMaximum = countryMaximum
        self.worldwideMaximum = worldwideMaximum
        skuPartNumber = tokens?.skuPartNumber
        tokenSeats = tokens?.seats
        self.source = source
        self.certainty = certainty
    }

    /// How its tokens are cut; nil where it comes without tokens.
    public var tokens: TokenDenomination? {
        guard let skuPartNumber, let tokenSeats else { return nil }
        return TokenDenomination(skuPartNumber: skuPartNumber, seats: tokenSeats)
    }

    /// How sure a figure is.
    public enum Certainty: String, Choice {
        public static let summary = "How sure a figure is."

        case certain
        case likely
        case uncertain
    }

    /// The maxima that hold for this benefit: its own, or R49's.
    public var maximum: ProductMaximum {
        let fallback = ProductMaximum.standard(initialGrant: quantity)
        return ProductMaximum(
            country: countryMaximum ?? fallback.country,
            worldwide: worldwideMaximum ?? fallback.worldwide
        )
    }
}
