/// Gives the users of a file an on-premises licence each, as one step.
public struct AssignLicenses: RowBatch {
    public static let action = "license.assign-batch"
    public static let summary = "Give every user of a file an on-premises licence, in one step"
    public static let permission = Permission.software

    public typealias Row = AssignLicense

    /// Of rows that name none.
    public var organization: OrganizationID?
    /// What stands in for what a row leaves empty.
    var product: ProductLine?
    var location: LocationID?
    var purpose: UsePurpose?
    var source: KeptText?
    var on: CalendarDate?
    /// CSV or NDJSON with the columns of the list of licences.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case product
        case location
        case purpose
        case source
        case on
    }

    public var defaults: [String: (any CustomStringConvertible)?] {
        [
            "organization": organization, "product": product, "location": location, "purpose": purpose,
            "source": source?.text, "on": on,
        ]
    }
}

extension AssignLicense: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("userPrincipalName", "user", isRequired: true),
            .field("organization", "organizationId", "org", isRequired: true),
            .field("product", isRequired: true),
            .field("location", "locationId"),
            .field("purpose"),
            .field("source"),
            .field("on", "from"),
            .only("kind", AssignmentKind.onPremises.rawValue),
            .only("to", ""),
        ]
        + .derived(
            "id",
            "skuPartNumber",
            "tenantId",
            "tenantDomain",
            "licenses",
            "country",
            "counted",
            "auditSequence",
            "dryRun"
        )

    public var day: CalendarDate? { on }

    public func isThere(on organization: Organization, in context: CommandContext) throws -> Bool {
        guard let on else { return false }
        return try context.transaction.assignments(of: userPrincipalName, in: organization.id).contains { held in
            held.holding == .onPremises && held.product == product
                && held.isSame(from: on, location, purpose, source: source?.text)
        }
    }

    public static func part(_ recorded: RecordedAssignmentResource) -> String {
        "licences of \(recorded.assignment.product?.rawValue ?? "")"
    }
}
