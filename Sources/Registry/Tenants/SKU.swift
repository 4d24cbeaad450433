import FoundationEssentials

/// A product of the cloud services, as it is sold.
public struct SKU: Hashable, Sendable, Codable {
    public let partNumber: SKUPartNumber
    /// GUIDs in lower case, the main one first; empty when none is known. `MCOPSTN5` has two.
    public let skuIDs: [String]
    /// What people call it, the main name first. Two SKUs can have the same name.
    public let displayNames: [String]
    /// Nil when it is not known: such a SKU is refused beside programme seats (R39).
    public let family: SKUFamily?

    public init(partNumber: SKUPartNumber, skuIDs: [String], displayNames: [String], family: SKUFamily?) {
        self.partNumber = partNumber
        self.skuIDs = skuIDs
        self.displayNames = displayNames
        self.family = family
    }

    /// The main GUID.
    public var skuID: String? { skuIDs.first }

    /// The main name; the part number where there is none.
    public var displayName: String { displayNames.first ?? partNumber.text }

    /// `text` as a GUID in lower case, blanks at its ends left out; nil when it is none.
    public static func guid(_ text: some StringProtocol) -> String? {
        UUID(uuidString: trimmingBlanks(text))?.uuidString.lowercased()
    }
}
