package import Registry

/// `programs.document`.
struct ProgramRecord: CatalogueRecord {
    static let version = 2
    /// Of before there were editions, and traits that a programme states itself.
    static let oldestVersion = 1
    static let known = KnownTexts<Program>()

    let id: ProgramID
    let name: String
    let kind: Program.Kind
    let edition: EditionID?
    let editionFrom: CalendarDate?
    let traits: ProgramTraits?
    let benefits: [BenefitRecord]

    init(_ program: Program) {
        id = program.id
        name = program.name
        kind = program.kind
        edition = program.edition.id
        editionFrom = program.edition.from
        traits = program.traits
        benefits = program.benefits.map(BenefitRecord.init)
    }

    var value: Program {
        Program(
            id: id,
            name: name,
            kind: kind,
            edition: edition.map { Edition(id: $0, from: editionFrom) } ?? .first,
            traits: traits,
            benefits: benefits.map(\.value)
        )
    }

    struct BenefitRecord: Codable {
        let product: ProductLine
        let quantity: Int
        let countryMaximum: Int?
        let worldwideMaximum: Int?
        let tokenSku: SKUPartNumber?
        let tokenSeats: Int?
        let terms: BenefitTerms?
        let source: String
        let certainty: Benefit.Certainty

        init(_ benefit: Benefit) {
            product = benefit.product
            quantity = benefit.quantity
            countryMaximum = benefit.countryMaximum
            worldwideMaximum = benefit.worldwideMaximum
            tokenSku = benefit.skuPartNumber
            tokenSeats = benefit.tokenSeats
            terms = benefit.terms == BenefitTerms() ? nil : benefit.terms
            source = benefit.source
            certainty = benefit.certainty
        }

        var value: Benefit {
            Benefit(
                product: product,
                quantity: quantity,
                countryMaximum: countryMaximum,
                worldwideMaximum: worldwideMaximum,
                tokens: tokenSku.flatMap { sku in
                    tokenSeats.map { TokenDenomination(skuPartNumber: sku, seats: $0) }
                },
                ordered: tokenSku,
                terms: terms ?? BenefitTerms(),
                source: source,
                certainty: certainty
            )
        }
    }
}

/// `enrollments.program_traits`.
struct TraitsRecord: CatalogueRecord {
    static let version = 1
    static let known = KnownTexts<ProgramTraits>()

    let traits: ProgramTraits

    init(_ traits: ProgramTraits) { self.traits = traits }

    var value: ProgramTraits { traits }
}

/// `enrollment_benefits.terms`.
struct TermsRecord: CatalogueRecord {
    static let version = 1
    static let known = KnownTexts<BenefitTerms>()

    let terms: BenefitTerms

    init(_ terms: BenefitTerms) { self.terms = terms }

    var value: BenefitTerms { terms }
}

extension ProgramTraits: ColumnValue {
    package init?(column: Column) {
        guard let text = String(column: column), let value = try? TraitsRecord.value(in: text) else { return nil }
        self = value
    }

    package var sqlValue: SQLValue { (try? TraitsRecord.text(of: self)).map(SQLValue.text) ?? .null }
}

extension BenefitTerms: ColumnValue {
    package init?(column: Column) {
        guard let text = String(column: column), let value = try? TermsRecord.value(in: text) else { return nil }
        self = value
    }

    package var sqlValue: SQLValue { (try? TermsRecord.text(of: self)).map(SQLValue.text) ?? .null }
}
