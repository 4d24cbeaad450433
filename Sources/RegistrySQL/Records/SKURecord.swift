import Registry

/// `skus.document`.
struct SKURecord: CatalogueRecord {
    static let version = 1
    static let known = KnownTexts<SKU>()

    let partNumber: SKUPartNumber
    let skuIds: [String]
    let displayNames: [String]
    let family: SKUFamily?

    init(_ sku: SKU) {
        partNumber = sku.partNumber
        skuIds = sku.skuIDs
        displayNames = sku.displayNames
        family = sku.family
    }

    var value: SKU { SKU(partNumber: partNumber, skuIDs: skuIds, displayNames: displayNames, family: family) }
}
