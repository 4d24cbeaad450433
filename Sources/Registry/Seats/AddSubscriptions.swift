/// Records the purchases of a file (R39), as one step.
public struct AddSubscriptions: RowBatch {
    public static let action = "tenant.add-subscription-batch"
    public static let summary = "Record all purchases of a file, in one step"
    public static let permission = Permission.cloud

    public typealias Row = AddSubscription

    /// Whose they are; nil where the tenants of the rows tell.
    public var organization: OrganizationID?
    /// What stands in for what a row leaves empty.
    var tenant: TenantReference?
    var skuPartNumber: SKUPartNumber?
    var source: KeptText?
    var endsOn: CalendarDate?
    var on: CalendarDate?
    /// CSV or NDJSON with the columns of what was recorded.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case tenant
        case skuPartNumber
        case source
        case endsOn
        case on
    }

    public var defaults: [String: (any CustomStringConvertible)?] {
        ["tenant": tenant, "skuPartNumber": skuPartNumber, "source": source?.text, "endsOn": endsOn, "on": on]
    }
}

extension AddSubscription: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("tenant", "tenantDomain", isRequired: true),
            .field("skuPartNumber", "sku", isRequired: true),
            .field("seats", isRequired: true),
            .field("source", isRequired: true),
            .field("endsOn", "serviceEndsOn", "ends"),
            .field("on", "startsOn"),
        ] + .derived("seatBlockId", "tenantId", "auditSequence", "dryRun")

    public var day: CalendarDate? { on }

    public static func part(_ subscription: SubscriptionResource) -> String {
        "purchases of \(subscription.skuPartNumber) for \(subscription.tenantDomain)"
    }
}
