/// Takes the on-premises licences of the users of a file back, as one step.
public struct ReleaseLicenses: RowBatch {
    public static let action = "license.release-batch"
    public static let summary = "Take the on-premises licences of all users of a file back, in one step"
    public static let permission = Permission.software

    public typealias Row = ReleaseLicense

    /// Of rows that name none.
    public var organization: OrganizationID?
    /// What stands in for what a row leaves empty.
    var product: ProductLine?
    var source: KeptText?
    var on: CalendarDate?
    /// CSV or NDJSON with the columns of the list of licences.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case product
        case source
        case on
    }

    public var defaults: [String: (any CustomStringConvertible)?] {
        ["organization": organization, "product": product, "source": source?.text, "on": on]
    }
}

extension ReleaseLicense: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("userPrincipalName", "user", isRequired: true),
            .field("organization", "organizationId", "org", isRequired: true),
            .field("product", isRequired: true),
            .field("source"),
            .field("on", "to"),
            .only("kind", AssignmentKind.onPremises.rawValue),
        ]
        + .derived(
            "id",
            "skuPartNumber",
            "tenantId",
            "tenantDomain",
            "licenses",
            "locationId",
            "country",
            "purpose",
            "counted",
            "from",
            "auditSequence",
            "dryRun"
        )

    public var day: CalendarDate? { on }

    public static func part(_ recorded: RecordedAssignmentResource) -> String { AssignLicense.part(recorded) }
}
