/// Adds an office of an organisation.
public struct AddLocation: RegistryCommand {
    public static let action = "location.add"
    public static let summary = "Add a location"

    let organization: OrganizationID
    let id: LocationID
    let name: KeptText
    let country: CountryCode
    /// R03: whether it takes part in the organisation's sharing; nil for yes.
    var associated: Bool?

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> LocationResource {
        guard try context.transaction.location(id, of: organization.id) == nil else {
            throw identifierTaken("A location", id.value)
        }
        let location = Location(
            organizationID: organization.id,
            id: id,
            name: name.text,
            country: country,
            isHeadquarters: false,
            isAssociated: associated ?? true
        )
        try context.transaction.insert(location, recordedAt: context.now)
        return try context.record(Self.action, LocationResource(location), subject: organization.id)
    }
}
