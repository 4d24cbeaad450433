/// A programme and what it grants.
public struct ProgramResource: Hashable, Sendable, Codable {
    public let id: ProgramID
    public let name: String
    public let kind: Program.Kind
    public let benefits: [Benefit]

    /// What an enrollment in the programme grants of one product line.
    public struct Benefit: Hashable, Sendable, Codable {
        public let product: ProductLine
        /// In the product line's own unit: seats, licences, US dollars a month.
        public let quantity: Int
        public let countryMaximum: Int
        public let worldwideMaximum: Int
        /// The SKU that its tokens activate; null where it comes without tokens.
        @Nullable public var skuPartNumber: SKUPartNumber?
        /// The seats of one token.
        @Nullable public var tokenSeats: Int?
        public let certainty: Registry.Benefit.Certainty
        /// Where the figure comes from.
        public let source: String
    }

    init(_ program: Program) {
        id = program.id
        name = program.name
        kind = program.kind
        benefits = program.benefits.map { benefit in
            Benefit(
                product: benefit.product,
                quantity: benefit.quantity,
                countryMaximum: benefit.maximum.country,
                worldwideMaximum: benefit.maximum.worldwide,
                skuPartNumber: benefit.skuPartNumber,
                tokenSeats: benefit.tokenSeats,
                certainty: benefit.certainty,
                source: benefit.source
            )
        }
    }
}
