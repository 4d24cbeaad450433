import Registry

public struct OrganizationResource: Codable, Sendable {
    public let id: String
    public let name: String
    public let country: String
    public let timeZone: String
    public let portal: String
    public let yearLength: String
    public let anniversaryBasis: String
    public let warnings: [WarningResource]

    init(_ organization: Organization, warnings: [Warning] = []) {
        id = organization.id.value
        name = organization.name
        country = organization.country.description
        timeZone = organization.timeZone.identifier
        portal = organization.portal.rawValue
        yearLength = organization.yearLength.rawValue
        anniversaryBasis = organization.anniversaryBasis.rawValue
        self.warnings = warnings.map(WarningResource.init)
    }
}

public struct LocationResource: Codable, Sendable {
    public let id: String
    public let organizationId: String
    public let name: String
    public let country: String
    public let headquarters: Bool
    public let associated: Bool

    init(_ location: Location) {
        id = location.id.value
        organizationId = location.organizationID.value
        name = location.name
        country = location.country.description
        headquarters = location.isHeadquarters
        associated = location.isAssociated
    }
}
