/// An office of an organisation, as it is listed.
public struct LocationResource: Hashable, Sendable, Codable {
    /// Unique within the organisation.
    public let id: LocationID
    public let organizationId: OrganizationID
    public let name: String
    public let country: CountryCode
    /// Whether it is the headquarters, of which there is one.
    public let headquarters: Bool
    /// R03: whether it takes part in the organisation's sharing.
    public let associated: Bool
    /// The first day without it; null while it is open.
    @Nullable public var closedOn: CalendarDate?

    init(_ location: Location) {
        id = location.id
        organizationId = location.organizationID
        name = location.name
        country = location.country
        headquarters = location.isHeadquarters
        associated = location.isAssociated
        closedOn = location.closedOn
    }
}
