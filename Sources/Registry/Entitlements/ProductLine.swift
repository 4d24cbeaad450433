/// What a benefit is counted in, such as the office suite, which is used as a cloud seat or on-premises.
///
/// The catalogue is data, so it may name lines that this type does not know.
public struct ProductLine: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: String

    /// Nil unless `rawValue` is 1 to 64 lower-case letters, digits or dashes.
    public init?(rawValue: String) {
        let bytes = rawValue.utf8
        guard (1...64).contains(bytes.count),
            bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D })
        else { return nil }
        self.rawValue = rawValue
    }

    /// A name that was validated when it was stored.
    public init(stored rawValue: String) {
        self.rawValue = rawValue
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }

    /// An Office 365 E3 seat, or Office Professional Plus with the three client access licences.
    public static let officeSuite = ProductLine(stored: "office-suite")
    /// Cloud, activated by a sign-up and not by a token (R36).
    public static let intune = ProductLine(stored: "intune")
    /// On-premises, with product keys (R22, R24).
    public static let windowsClient = ProductLine(stored: "windows-client")
    /// On-premises, with product keys (R24).
    public static let windowsServer = ProductLine(stored: "windows-server")
    /// Subscriptions for one person each, with evaluation rights (R20).
    public static let msdn = ProductLine(stored: "msdn")
    /// US dollars a month, once for each organisation (R38).
    public static let azureCredit = ProductLine(stored: "azure-credit")
}

extension ProductLine {
    /// What its quantities count: `seats`, `cores`, `USD a month`, `subscriptions`, what the built-in licence tables say of
    /// the line, or `licences`.
    public var unit: String {
        switch self {
        case .officeSuite, .intune: "seats"
        case .windowsServer: "cores"
        case .azureCredit: "USD a month"
        case .msdn: "subscriptions"
        default: Self.builtInUnits[self]?.words ?? "licences"
        }
    }

    private static let builtInUnits: [ProductLine: BenefitUnit] = Dictionary(
        BuiltInPrograms.all.flatMap(\.benefits).compactMap { benefit in benefit.terms.unit.map { (benefit.product, $0) }
        },
        uniquingKeysWith: { first, _ in first }
    )
}

extension ProductLine: CustomStringConvertible {
    public var description: String { rawValue }
}

extension ProductLine: TextValue {
    public static var form: TextForm {
        TextForm(
            "it is a product line or an on-premises licence, such as office-suite",
            describedAs: "A product line, or a kind of on-premises licence.",
            example: "office-suite"
        )
    }

    public init?(_ text: String) {
        self.init(rawValue: text)
    }
}
