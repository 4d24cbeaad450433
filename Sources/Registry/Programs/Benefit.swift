/// What an enrollment in a programme grants of one product line.
public struct Benefit: Hashable, Sendable, Codable {
    public let product: ProductLine
    /// The initial grant, in the product line's own unit: seats, licences, US dollars a month.
    public let quantity: Int
    /// The maximum per country; nil where the programme names none, and R49 gives five times the quantity.
    public let countryMaximum: Int?
    /// The maximum worldwide; nil where the programme names none, and R49 gives fifteen times the quantity.
    public let worldwideMaximum: Int?
    /// How its tokens are cut; nil where it comes without tokens.
    public let tokens: TokenDenomination?
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
        self.tokens = tokens
        self.source = source
        self.certainty = certainty
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
