import Registry

/// `programs.document`.
struct ProgramRecord: CatalogueRecord {
    static let version = 1
    static let known = KnownTexts<Program>()

    let id: ProgramID
    let name: String
    let kind: Program.Kind
    let benefits: [BenefitRecord]

    init(_ program: Program) {
        id = program.id
        name = program.name
        kind = program.kind
        benefits = program.benefits.map(BenefitRecord.init)
    }

    var value: Program { Program(id: id, name: name, kind: kind, benefits: benefits.map(\.value)) }

    struct BenefitRecord: Codable {
        let product: ProductLine
        let quantity: Int
        let countryMaximum: Int?
        let worldwideMaximum: Int?
        let tokenSku: SKUPartNumber?
        let tokenSeats: Int?
        let source: String
        let certainty: Benefit.Certainty

        init(_ benefit: Benefit) {
            product = benefit.product
            quantity = benefit.quantity
            countryMaximum = benefit.countryMaximum
            worldwideMaximum = benefit.worldwideMaximum
            tokenSku = benefit.skuPartNumber
            tokenSeats = benefit.tokenSeats
            source = benefit.source
            certainty = benefit.certainty
        }

        var value: Benefit {
            Benefit(
                product: product,
                quantity: quantity,
                countryMaximum: countryMaximum,
                worldwideMaximum: worldwideMaximum,
                tokens: tokenSku.map { TokenDenomination(skuPartNumber: $0, seats: tokenSeats ?? 0) },
                source: source,
                certainty: certainty
            )
        }
    }
}
