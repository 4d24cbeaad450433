/// One partner entity: a headquarters and the locations associated with it (R04).
public struct Organization: Hashable, Sendable, Codable {
    public let id: OrganizationID
    public let name: String
    /// The headquarters' country.
    public let country: CountryCode
    public var timeZone: OrganizationTimeZone = .utc
    /// Which portal's renewal window holds.
    public var portal: Portal = .partnerCenter
    /// Where the organisation came from another portal.
    public var migration: PortalMigration?
    public var yearLength: YearLength = .calendar
    public var anniversaryBasis: AnniversaryBasis = .currentAnniversary

    /// The portals that its years are renewed at.
    public var portals: PortalHistory { PortalHistory(portal, migration: migration) }
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
    /// The first day without it; nil while it is open.
    public var closedOn: CalendarDate?

    /// The short id of every headquarters.
    public static var headquartersID: LocationID { LocationID(stored: "hq") }

    /// - Throws: `Refusal` with `location.closed` for a day on which it was closed.
    func checkOpen(on day: CalendarDate) throws(Refusal) {
        guard let closedOn, day >= closedOn else { return }
        throw Refusal(
            .locationClosed,
            "The location \(id) of \(organizationID) has been closed since \(closedOn); nothing begins there on \(day).",
            facts: ["organizationId": organizationID, "locationId": id, "closedOn": closedOn]
        )
    }
}

public typealias LocationID = Identifier<Location>
