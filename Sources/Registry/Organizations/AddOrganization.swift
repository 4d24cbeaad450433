/// Adds an organisation with its headquarters; who adds it is its first administrator.
public struct AddOrganization: RegistryCommand {
    public static let action = "organization.add"
    public static let summary = "Add an organisation"

    let id: OrganizationID
    let name: KeptText
    /// The headquarters' country.
    let country: CountryCode
    /// Nil for the country's, where it has one alone; otherwise for UTC, with a warning.
    var timeZone: OrganizationTimeZone?
    /// Nil for Partner Center.
    var portal: Portal?
    /// Nil for `calendar`.
    var yearLength: YearLength?
    /// Nil for `current-anniversary`.
    var anniversaryBasis: AnniversaryBasis?

    public var subjectOfRefusal: String { id.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> OrganizationResource {
        guard try context.transaction.organization(id) == nil else {
            throw identifierTaken("An organisation", id.value)
        }
        let zone = timeZone ?? (country.timeZones.count == 1 ? OrganizationTimeZone(country.timeZones[0]) : nil)
        let organization = Organization(
            id: id,
            name: name.text,
            country: country,
            timeZone: zone ?? .utc,
            portal: portal ?? .partnerCenter,
            yearLength: yearLength ?? .calendar,
            anniversaryBasis: anniversaryBasis ?? .currentAnniversary
        )
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
        return try context.record(
            Self.action,
            OrganizationResource(organization, warnings: zone == nil ? [timeZoneAssumed] : []),
            subject: organization.id,
            in: organization.id,
            adding: ["administrator": context.caller.principal]
        )
    }

    private var timeZoneAssumed: Warning {
        let zones = country.timeZones
        let some = zones.prefix(3).joined(separator: ", ")
        return Warning(
            code: "organization.time-zone-assumed",
            rule: nil,
            detail: "No time zone was given, and \(country) has "
                + (zones.isEmpty ? "none of its own" : "several (\(some)\(zones.count > 3 ? ", …" : ""))")
                + ": days are counted in UTC. Correct the organisation's time zone if that is not right."
        )
    }
}
