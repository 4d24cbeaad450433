/// A programme and what it grants.
public struct ProgramResource: Hashable, Sendable, Codable {
    public let id: ProgramID
    public let name: String
    public let kind: Program.Kind
    /// The licence table that it stands in.
    public let edition: EditionID
    /// The first day on which enrollments are made from that table; null where it holds from the beginning.
    @Nullable public var editionFrom: CalendarDate?
    /// What the rules tell it apart by.
    public let traits: ProgramTraits
    /// The rules that follow from its traits.
    public let rules: [Rule]
    /// How sure its least sure figure is; null where it has none.
    @Nullable public var certainty: Registry.Benefit.Certainty?
    public let benefits: [Benefit]

    /// What an enrollment in the programme grants of one product line.
    public struct Benefit: Hashable, Sendable, Codable {
        public let product: ProductLine
        /// In the product line's own unit: seats, licences, US dollars a month.
        public let quantity: Int
        /// What the quantity counts.
        public let unit: String
        public let countryMaximum: Int
        public let worldwideMaximum: Int
        /// The SKU that its tokens activate; null where it comes without tokens.
        @Nullable public var skuPartNumber: SKUPartNumber?
        /// The seats of one token.
        @Nullable public var tokenSeats: Int?
        /// SKUs that it may be used as instead.
        public let otherSkus: [SKUPartNumber]
        /// R61: the days, from the enrollment's first, within which it has to be activated; null for the whole year.
        @Nullable public var activateWithinDays: Int?
        /// R62: the days after which its holder may be another.
        @Nullable public var reassignAfterDays: Int?
        /// R62: how often its holder may be another.
        @Nullable public var reassignments: Int?
        public let certainty: Registry.Benefit.Certainty
        /// Where the figure comes from.
        public let source: String
    }

    init(_ program: Program) {
        id = program.id
        name = program.name
        kind = program.kind
        edition = program.edition.id
        editionFrom = program.edition.from
        traits = program.traits
        rules = program.traits.rules
        certainty = program.benefits.map(\.certainty).max()
        benefits = program.benefits.map { benefit in
            Benefit(
                product: benefit.product,
                quantity: benefit.quantity,
                unit: benefit.unit,
                countryMaximum: benefit.maximum.country,
                worldwideMaximum: benefit.maximum.worldwide,
                skuPartNumber: benefit.skuPartNumber,
                tokenSeats: benefit.tokenSeats,
                otherSkus: benefit.terms.otherSKUs,
                activateWithinDays: benefit.terms.activateWithinDays,
                reassignAfterDays: benefit.terms.reassignAfterDays,
                reassignments: benefit.terms.reassignments,
                certainty: benefit.certainty,
                source: benefit.source
            )
        }
    }
}
