/// Which product line a programme's seats of a SKU are counted in, and the other way round.
struct ProgramSKUs {
    private var lines: [SKUPartNumber: ProductLine] = [:]
    private var skus: [ProductLine: [SKUPartNumber]] = [:]
    /// Every line that a programme of the catalogue grants.
    private(set) var products: Set<ProductLine> = []

    init(_ programs: some Sequence<Program>) {
        for program in programs {
            for benefit in program.benefits {
                products.insert(benefit.product)
                for sku in benefit.skus { add(sku, benefit.product) }
            }
        }
        add(Self.intune, .intune)
    }

    /// R36: the SKU of a service that has no tokens.
    static let intune = SKUPartNumber(stored: "INTUNE_A")

    /// Nil for a SKU that no product line counts.
    func product(of sku: SKUPartNumber) -> ProductLine? { lines[sku] }

    /// The SKUs that a product line is used as in the cloud; none for lines that are on-premises alone.
    func skus(of product: ProductLine) -> [SKUPartNumber] { skus[product] ?? [] }

    private mutating func add(_ sku: SKUPartNumber, _ product: ProductLine) {
        guard lines[sku] == nil else { return }
        lines[sku] = product
        skus[product, default: []].append(sku)
    }
}
