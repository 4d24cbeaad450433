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
    /// Whether the administrator said which family it is, so that no list changes it.
    public var isFamilyStated = false

    public init(partNumber: SKUPartNumber, skuIDs: [String], displayNames: [String], family: SKUFamily?) {
        self.partNumber = partNumber
        self.skuIDs = skuIDs
        self.displayNames = displayNames
        self.family = family
    }

    /// The same SKU, of a family that the administrator states.
    func stating(_ family: SKUFamily) -> SKU {
        var stated = SKU(partNumber: partNumber, skuIDs: skuIDs, displayNames: displayNames, family: family)
        stated.isFamilyStated = true
        return stated
    }

    /// What a list says of it, beside what the administrator stated.
    func listed(after known: SKU?) -> SKU {
        guard let known, known.isFamilyStated, let family = known.family else { return self }
        return stating(family)
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
