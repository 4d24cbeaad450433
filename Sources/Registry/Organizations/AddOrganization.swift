/// Adds an organisation with its headquarters; who adds it is its first administrator.
public struct AddOrganization: RegistryCommand {
    public static let action = "organization.add"

    public let organization: Organization

    public init(_ organization: Organization) {
        self.organization = organization
    }

    public var subjectOfRefusal: String { organization.id.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Organization {
        guard try context.transaction.organization(organization.id) == nil else {
            throw identifierTaken("An organisation", organization.id.value)
        }
        try context.transaction.insert(organization, recordedAt: context.now)
        let headquarters = Location(
            organizationID: organization.id,
            id: Location.headquartersID,
            name: organization.name,
            country: organization.country,
            isHeadquarters: true,
            isAssociated: true
        )
        try context.transaction.insert(headquarters, recordedAt: context.now)
        try context.transaction.insert(
            AccessGrant(
                organizationID: organization.id,
                principal: context.caller.principal.description,
                permission: .administrator,
                from: context.now,
                until: nil,
                grantedBy: context.caller.principal.description
            )
        )
        try context.record(
            Self.action,
            subject: organization.id.value,
            in: organization.id,
            changes: [
                "name": .text(organization.name),
                "country": .text(organization.country.description),
                "timeZone": .text(organization.timeZone.identifier),
                "portal": .text(organization.portal.rawValue),
                "yearLength": .text(organization.yearLength.rawValue),
                "anniversaryBasis": .text(organization.anniversaryBasis.rawValue),
                "administrator": .text(context.caller.principal.description),
            ]
        )
        return organization
    }
}
