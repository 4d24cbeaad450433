/// What an enrollment's benefit became: the part that is granted, and the part that did not fit (R12).
///
/// It has no dates: who asks about a day passes the grants that count on that day. While an Action Pack and a
/// competency overlap both count, and when the first has ended it is passed no longer (R08).
public struct Grant: Hashable, Codable, Sendable {
    public let product: ProductLine
    /// What the benefit names.
    public let quantity: Int
    /// What of it the organisation may use.
    public let granted: Int
    /// What of it is lost, because a maximum was reached; `quantity` is `granted` and `clipped`.
    public let clipped: Int
    /// What clipped it; nil where nothing was.
    public let limit: GrantLimit?
    /// R05: from an Action Pack, so that it can be used in `country` alone.
    public let isLocal: Bool
    /// The country of the location that holds the enrollment.
    public let country: CountryCode
    /// What this grant says about the organisation's maximum while it counts.
    public let maximum: ProductMaximum
}

/// Why a grant is smaller than its benefit.
public enum GrantLimit: String, Choice {
    public static let summary = "What limited a grant."

    /// R02, R12: the country has as many as it may have.
    case countryMaximum = "country-maximum"
    /// R02, R12: the organisation has as many as it may have.
    case worldwideMaximum = "worldwide-maximum"
    /// R38: the organisation has its credit already.
    case onePerOrganization = "one-per-organization"
}
