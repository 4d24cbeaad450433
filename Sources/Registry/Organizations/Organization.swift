/// One partner entity: a headquarters and the locations associated with it (R04).
public struct Organization: Hashable, Sendable, Codable {
    public let id: OrganizationID
    public let name: String
    /// The headquarters' country.
    public let country: CountryCode
    public let timeZone: OrganizationTimeZone
    /// Which portal's renewal window holds.
    public let portal: Portal
    public let yearLength: YearLength
    public let anniversaryBasis: AnniversaryBasis

    public init(
        id: OrganizationID,
        name: String,
        country: CountryCode,
        timeZone: OrganizationTimeZone = .utc,
        portal: Portal = .partnerCenter,
        yearLength: YearLength = .calendar,
        anniversaryBasis: AnniversaryBasis = .currentAnniversary
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.timeZone = timeZone
        self.portal = portal
        self.yearLength = yearLength
        self.anniversaryBasis = anniversaryBasis
    }
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

    public init(
        organizationID: OrganizationID,
        id: LocationID,
        name: String,
        country: CountryCode,
        isHeadquarters: Bool,
        isAssociated: Bool
    ) {
        self.organizationID = organizationID
        self.id = id
        self.name = name
        self.country = country
        self.isHeadquarters = isHeadquarters
        self.isAssociated = isAssociated
    }

    /// The short id of every headquarters.
    public static var headquartersID: LocationID { LocationID(stored: "hq") }
}

public typealias LocationID = Identifier<Location>
