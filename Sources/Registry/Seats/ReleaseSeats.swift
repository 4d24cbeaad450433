/// Takes the seats of the users of a file back, as one step.
public struct ReleaseSeats: RowBatch {
    public static let action = "seat.release-batch"
    public static let summary = "Take the seats of all users of a file back, in one step"
    public static let permission = Permission.cloud

    public typealias Row = ReleaseSeat

    /// Whose users they are; nil where the tenants of the rows tell.
    public var organization: OrganizationID?
    /// What stands in for what a row leaves empty.
    var tenant: TenantReference?
    var skuPartNumber: SKUPartNumber?
    var on: CalendarDate?
    /// CSV or NDJSON with the columns of the list of seats.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case tenant
        case skuPartNumber
        case on
    }

    public var defaults: [String: (any CustomStringConvertible)?] {
        ["tenant": tenant, "skuPartNumber": skuPartNumber, "on": on]
    }
}

extension ReleaseSeat: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("userPrincipalName", "user", isRequired: true),
            .field("tenant", "tenantDomain", isRequired: true),
            .field("skuPartNumber", "sku", isRequired: true),
            .field("on", "to"),
            .only("kind", AssignmentKind.cloud.rawValue),
        ]
        + .derived(
            "id",
            "organizationId",
            "product",
            "tenantId",
            "licenses",
            "locationId",
            "country",
            "purpose",
            "source",
            "counted",
            "from",
            "auditSequence",
            "dryRun"
        )

    public var day: CalendarDate? { on }

    public static func part(_ recorded: RecordedAssignmentResource) -> String { AssignSeat.part(recorded) }
}
