/// Adds an office of an organisation.
public struct AddLocation: RegistryCommand {
    public static let action = "location.add"

    public let organizationID: OrganizationID
    public let id: LocationID
    public let name: String
    public let country: CountryCode
    public let isAssociated: Bool

    public init(
        organizationID: OrganizationID,
        id: LocationID,
        name: String,
        country: CountryCode,
        isAssociated: Bool
    ) {
        self.organizationID = organizationID
        self.id = id
        self.name = name
        self.country = country
        self.isAssociated = isAssociated
    }

    public var subjectOfRefusal: String { organizationID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> Location {
        guard try context.transaction.location(id, of: organization.id) == nil else {
            throw identifierTaken("A location", id.value)
        }
        let location = Location(
            organizationID: organization.id,
            id: id,
            name: name,
            country: country,
            isHeadquarters: false,
            isAssociated: isAssociated
        )
        try context.transaction.insert(location, recordedAt: context.now)
        try context.record(
            Self.action,
            subject: organization.id.value,
            changes: [
                "locationId": .text(id.value),
                "name": .text(name),
                "country": .text(country.description),
                "associated": .flag(isAssociated),
            ]
        )
        return location
    }
}
