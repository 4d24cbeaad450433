/// What an enrollment in a programme grants of one product line.
public struct Benefit: Hashable, Sendable, Codable {
    public let product: ProductLine
    /// The initial grant, in the product line's own unit: seats, licences, US dollars a month.
    public let quantity: Int
    /// The maximum per country; nil where the programme names none, and R49 gives five times the quantity.
    public let countryMaximum: Int?
    /// The maximum worldwide; nil where the programme names none, and R49 gives fifteen times the quantity.
    public let worldwideMaximum: Int?
    /// The SKU that its tokens activate, or that is ordered (R54); nil where it is no cloud service with seats.
    public let skuPartNumber: SKUPartNumber?
    /// The seats of one token; nil where it comes without tokens.
    public let tokenSeats: Int?
    /// What else the benefit says of itself.
    public let terms: BenefitTerms
    /// Where the figure comes from.
    public let source: String
    public let certainty: Certainty

    public init(
        product: ProductLine,
        quantity: Int,
        countryMaximum: Int? = nil,
        worldwideMaximum: Int? = nil,
        tokens: TokenDenomination? = nil,
        ordered: SKUPartNumber? = nil,
        terms: BenefitTerms = BenefitTerms(),
        source: String = "",
        certainty: Certainty = .certain
    ) {
        self.product = product
        self.quantity = quantity
        self.countryMaximum = countryMaximum
        self.worldwideMaximum = worldwideMaximum
        skuPartNumber = tokens?.skuPartNumber ?? ordered
        tokenSeats = tokens?.seats
        self.terms = terms
        self.source = source
        self.certainty = certainty
    }

    /// How its tokens are cut; nil where it comes without tokens.
    public var tokens: TokenDenomination? {
        guard let skuPartNumber, let tokenSeats else { return nil }
        return TokenDenomination(skuPartNumber: skuPartNumber, seats: tokenSeats)
    }

    /// All SKUs that it may be used as, the first of them being the one of its tokens.
    public var skus: [SKUPartNumber] { (skuPartNumber.map { [$0] } ?? []) + terms.otherSKUs }

    /// What its quantity counts.
    public var unit: String { terms.unit?.words ?? product.unit }

    /// How sure a figure is.
    public enum Certainty: String, Choice, Comparable {
        public static let summary = "How sure a figure is."

        case certain
        case likely
        case uncertain

        /// Less sure is more.
        public static func < (left: Self, right: Self) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
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
