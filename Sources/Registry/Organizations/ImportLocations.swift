/// Adds the locations of a file, as one step.
public struct ImportLocations: RowBatch {
    public static let action = "location.import"
    public static let summary = "Add the locations of a file, in one step"
    public static let permission = Permission.administrator

    public typealias Row = AddLocation

    /// Of rows that name none.
    public var organization: OrganizationID?
    /// CSV or NDJSON with the columns of the list of locations.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
    }

    public var defaults: [String: (any CustomStringConvertible)?] { ["organization": organization] }
}

extension AddLocation: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("organization", "organizationId", "org", isRequired: true),
            .field("id", isRequired: true),
            .field("name", isRequired: true),
            .field("country", isRequired: true),
            .field("associated"),
        ] + .derived("headquarters", "closedOn", "auditSequence", "dryRun")

    public func isThere(on organization: Organization, in context: CommandContext) throws -> Bool {
        guard let known = try context.transaction.location(id, of: organization.id) else { return false }
        try RowMatch(
            name: "The location \(id) of \(organization.id)",
            fields: [
                ("name", known.name, name.text),
                ("country", known.country.description, country.description),
                ("associated", known.isAssociated ? "yes" : "no", associated.map { $0 ? "yes" : "no" }),
            ]
        ).check()
        return true
    }

    public static func part(_ location: LocationResource) -> String { "locations of \(location.organizationId)" }
}
