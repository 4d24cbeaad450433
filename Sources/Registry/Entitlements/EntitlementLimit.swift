/// Which of the three limits stops a use.
public enum EntitlementLimit: String, Choice {
    public static let summary = "What limits an entitlement."

    /// R02: the country's uses would pass the product line's maximum per country.
    case countryMaximum = "country-maximum"
    /// R02: the organisation's uses would pass the product line's worldwide maximum.
    case worldwideMaximum = "worldwide-maximum"
    /// R41: cloud and on-premises use would pass what the organisation was granted.
    case entitlement
    /// R05: the licences that are left would do, but they belong to an Action Pack of another country.
    case boundElsewhere = "bound-elsewhere"

    public var code: RefusalCode {
        switch self {
        case .countryMaximum: .entitlementCountryMaximum
        case .worldwideMaximum: .entitlementWorldwideMaximum
        case .entitlement, .boundElsewhere: .entitlementExceeded
        }
    }

    public var rule: Rule {
        switch self {
        case .countryMaximum, .worldwideMaximum: .r02
        case .entitlement: .r41
        case .boundElsewhere: .r05
        }
    }
}
