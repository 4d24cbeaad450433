/// What a user gets on-premises, by the name that licence lists use.
public enum OnPremisesLicense: String, Choice {
    public static let summary = "A kind of on-premises licence."

    case officeProfessionalPlus = "office-professional-plus"
    case sharePointCAL = "sharepoint-cal"
    case lyncCAL = "lync-cal"
    case exchangeCAL = "exchange-cal"

    /// R41: what an office suite is on-premises; the four come and go together.
    public static let officeSuite = OnPremisesLicense.allCases

    /// The licences behind an on-premises product: the bundle of an office suite, or the product itself.
    public static func names(of product: ProductLine) -> [String] {
        product == .officeSuite ? officeSuite.map(\.rawValue) : [product.rawValue]
    }
}
