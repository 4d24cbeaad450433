import Registry

/// `skus.document`.
struct SKURecord: CatalogueRecord {
    static let version = 1
    static let known = KnownTexts<SKU>()

    let partNumber: SKUPartNumber
    let skuIds: [String]
    let displayNames: [String]
    let family: SKUFamily?
    /// True where the administrator stated it; absent otherwise.
    var isFamilyStated: Bool?

    init(_ sku: SKU) {
        partNumber = sku.partNumber
        skuIds = sku.skuIDs
        displayNames = sku.displayNames
        family = sku.family
        isFamilyStated = sku.isFamilyStated ? true : nil
    }

    var value: SKU {
        var sku = SKU(partNumber: partNumber, skuIDs: skuIds, displayNames: displayNames, family: family)
        sku.isFamilyStated = isFamilyStated ?? false
        return sku
    }
}
