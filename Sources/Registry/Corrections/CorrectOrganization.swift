/// Corrects what was recorded of an organisation, or takes it to another portal.
public struct CorrectOrganization: RegistryCommand {
    public static let action = "organization.correct"
    public static let summary = "Correct an organisation"

    let organization: OrganizationID
    var name: KeptText?
    /// The headquarters' country; it is corrected with it.
    var country: CountryCode?
    var timeZone: OrganizationTimeZone?
    var portal: Portal?
    var yearLength: YearLength?
    /// The day from which it is right: with a portal, the day of the migration; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> CorrectionResource {
        var changes = [
            FieldChange("name", .init(organization.name), .init(name?.text ?? organization.name)),
            FieldChange(
                "timeZone",
                .init(organization.timeZone.identifier),
                .init((timeZone ?? organization.timeZone).identifier)
            ),
        ]
        var rows: [(CorrectableRow, [FieldChange])] = []
        if let country, country != organization.country {
            changes.append(FieldChange("country", .init(organization.country), .init(country)))
            let headquarters = try context.transaction.requireLocation(Location.headquartersID, of: organization.id)
            try UseCorrection(of: headquarters, in: organization, context: context).check()
            rows.append(
                (
                    .location(headquarters.id, of: organization.id),
                    [FieldChange("country", .init(headquarters.country), .init(country))]
                )
            )
        }
        if portal != nil { changes += try portalChanges(of: organization, in: context) }
        if let yearLength, yearLength != organization.yearLength {
            changes.append(
                FieldChange("yearLength", .init(organization.yearLength.rawValue), .init(yearLength.rawValue))
            )
            rows += try YearCorrection(organization: organization, context: context).rows(length: yearLength)
        }
        rows.insert((.organization(organization.id), changes), at: 0)
        return try context.correct(
            organization.id.value,
            of: organization,
            action: Self.action,
            rows,
            on: on,
            reason: reason
        )
    }

    /// A migration keeps the portal that was before it, whose window the years before it have.
    private func portalChanges(of organization: Organization, in context: CommandContext) throws -> [FieldChange] {
        let portal = portal ?? organization.portal
        let day = try on.map { try context.day(stated: $0, in: organization) }
        let migration = organization.migration
        let former = day == nil ? nil : migration?.formerPortal ?? organization.portal
        return [
            FieldChange("portal", .init(organization.portal.rawValue), .init(portal.rawValue)),
            FieldChange("formerPortal", .init(migration?.formerPortal.rawValue), .init(former?.rawValue)),
            FieldChange("portalSince", .init(migration?.portalSince), .init(day)),
        ]
    }
}
