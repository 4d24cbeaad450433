/// An organisation, as it is listed and shown.
public struct OrganizationResource: Hashable, Sendable, Codable {
    public let id: OrganizationID
    public let name: String
    /// The headquarters' country.
    public let country: CountryCode
    public let timeZone: OrganizationTimeZone
    public let portal: Portal
    public let yearLength: YearLength
    public let anniversaryBasis: AnniversaryBasis
    /// What should be known of an organisation that was just added.
    public let warnings: [Warning]

    init(_ organization: Organization, warnings: [Warning] = []) {
        id = organization.id
        name = organization.name
        country = organization.country
        timeZone = organization.timeZone
        portal = organization.portal
        yearLength = organization.yearLength
        anniversaryBasis = organization.anniversaryBasis
        self.warnings = warnings
    }
}
