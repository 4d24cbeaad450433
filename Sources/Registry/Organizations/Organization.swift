/// One partner entity: a headquarters and the locations associated with it (R04).
public struct Organization: Hashable, Sendable, Codable {
    public let id: OrganizationID
    public let name: String
    /// The headquarters' country.
    public let country: CountryCode
    public var timeZone: OrganizationTimeZone = .utc
    /// Which portal's renewal window holds.
    public var portal: Portal = .partnerCenter
    public var yearLength: YearLength = .calendar
    public var anniversaryBasis: AnniversaryBasis = .currentAnniversary
}

public typealias OrganizationID = Identifier<Organization>

/// An office of an organisation; exactly one is the headquarters.
public struct Location: Hashable, Sendable, Codable {
    public let organizationID: OrganizationID
    /// Unique within the organisation.
    public let id: LocationID
    public let name: String
    public let country: CountryCode
    public let isHeadquarters: Bool
    /// R03: whether it takes part in the organisation's sharing.
    public let isAssociated: Bool

    /// The short id of every headquarters.
    public static var headquartersID: LocationID { LocationID(stored: "hq") }
}

public typealias LocationID = Identifier<Location>
