/// Adds the organisations of a file, each with its headquarters, as one step.
public struct ImportOrganizations: RowBatch {
    public static let action = "organization.import"
    public static let summary = "Add the organisations of a file, in one step"
    public static let permission = Permission.administrator

    public typealias Row = AddOrganization

    public var organization: OrganizationID? { nil }
    /// CSV or NDJSON with the columns of the list of organisations.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {}

    public func authorize(_ gate: AccessGate) throws -> Permitted<OrganizationID?> {
        try gate.owner().map { nil }
    }
}

extension AddOrganization: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("id", isRequired: true),
            .field("name", isRequired: true),
            .field("country", isRequired: true),
            .field("timeZone"),
            .field("portal"),
            .field("yearLength"),
            .field("anniversaryBasis"),
        ] + .derived("warnings", "dryRun")

    public func isThere(on _: Void, in context: CommandContext) throws -> Bool {
        guard let known = try context.transaction.organization(id) else { return false }
        try RowMatch(
            name: "The organisation \(id)",
            fields: [
                ("name", known.name, name.text),
                ("country", known.country.description, country.description),
                ("timeZone", known.timeZone.description, timeZone?.description),
                ("portal", known.portal.rawValue, portal?.rawValue),
                ("yearLength", known.yearLength.rawValue, yearLength?.rawValue),
                ("anniversaryBasis", known.anniversaryBasis.rawValue, anniversaryBasis?.rawValue),
            ]
        ).check()
        return true
    }

    public static func part(_: OrganizationResource) -> String { "organisations" }

    public static func warnings(_ organization: OrganizationResource) -> [Warning] {
        organization.warnings.map { warning in
            Warning(code: warning.code, rule: warning.rule, detail: "\(organization.id): \(warning.detail)")
        }
    }
}
