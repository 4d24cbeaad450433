/// A programme of the partner network and what it grants. Programmes are data: an administrator can replace them.
public struct Program: Hashable, Sendable, Codable {
    public let id: ProgramID
    public let name: String
    public let kind: Kind
    public let benefits: [Benefit]

    public init(id: ProgramID, name: String, kind: Kind, benefits: [Benefit]) {
        self.id = id
        self.name = name
        self.kind = kind
        self.benefits = benefits
    }

    /// What the rules tell programmes apart by.
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case actionPack = "action-pack"
        case silverCompetency = "silver-competency"
        case goldCompetency = "gold-competency"
        case learningCompetency = "learning-competency"
        case additionalBenefitToolkit = "additional-benefit-toolkit"
        case cloudAccelerate = "cloud-accelerate"

        /// R05: whether what it grants may be used in the subscribing country only.
        public var isLocal: Bool { self == .actionPack }

        public var isCompetency: Bool {
            switch self {
            case .silverCompetency, .goldCompetency, .learningCompetency: true
            case .actionPack, .additionalBenefitToolkit, .cloudAccelerate: false
            }
        }
    }

    public func benefit(for product: ProductLine) -> Benefit? {
        benefits.first { $0.product == product }
    }
}

public typealias ProgramID = Identifier<Program>

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
        source: String,
        certainty: Certainty
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
    public enum Certainty: String, CaseIterable, Codable, Hashable, Sendable {
        case certain
        case likely
        case uncertain
    }

    /// The maxima that hold for this benefit: its own, or R49's.
    public var maximum: ProductMaximum {
        let fallback = ProductMaximum.default(forInitialGrant: quantity)
        return ProductMaximum(
            country: countryMaximum ?? fallback.country,
            worldwide: worldwideMaximum ?? fallback.worldwide
        )
    }
}

/// The SKU that a benefit's tokens activate, and the seats that each is worth.
public struct TokenDenomination: Hashable, Sendable, Codable {
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
