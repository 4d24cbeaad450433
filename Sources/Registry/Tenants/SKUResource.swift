/// A SKU, as it is listed and shown.
public struct SKUResource: Hashable, Sendable, Codable {
    public let skuPartNumber: SKUPartNumber
    /// The first of ``skuIds``; null when none is known.
    @Nullable public var skuId: String?
    /// GUIDs, the main one first.
    public let skuIds: [String]
    /// R39: null while it is not known.
    @Nullable public var family: SKUFamily?
    /// R39: whether seats bought outside the programme may share a tenant with the programme's; null while unknown.
    @Nullable public var mayShareTenant: Bool?
    /// What people call it, the main name first.
    public let displayNames: [String]

    init(_ sku: SKU) {
        skuPartNumber = sku.partNumber
        skuId = sku.skuIDs.first
        skuIds = sku.skuIDs
        family = sku.family
        mayShareTenant = sku.family?.mayShareTenantWithProgramSeats
        displayNames = sku.displayNames
    }
}
