/// Gives the users of a file a seat each, as one step.
public struct AssignSeats: RowBatch {
    public static let action = "seat.assign-batch"
    public static let summary = "Give every user of a file a seat, in one step"
    public static let permission = Permission.cloud

    public typealias Row = AssignSeat

    /// Whose users they are; nil where the tenants of the rows tell.
    public var organization: OrganizationID?
    /// What stands in for what a row leaves empty.
    var tenant: TenantReference?
    var skuPartNumber: SKUPartNumber?
    var location: LocationID?
    var purpose: UsePurpose?
    var source: KeptText?
    var on: CalendarDate?
    /// CSV or NDJSON with the columns of the list of seats.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case tenant
        case skuPartNumber
        case location
        case purpose
        case source
        case on
    }

    public var defaults: [String: (any CustomStringConvertible)?] {
        [
            "tenant": tenant, "skuPartNumber": skuPartNumber, "location": location, "purpose": purpose,
            "source": source?.text, "on": on,
        ]
    }
}

extension AssignSeat: BatchedRow {
    public static let columns: [RowColumn] =
        [
            .field("userPrincipalName", "user", isRequired: true),
            .field("tenant", "tenantDomain", isRequired: true),
            .field("skuPartNumber", "sku", isRequired: true),
            .field("location", "locationId"),
            .field("purpose"),
            .field("source"),
            .field("on", "from"),
            .only("kind", AssignmentKind.cloud.rawValue),
            .only("to", ""),
        ]
        + .derived(
            "id",
            "organizationId",
            "product",
            "tenantId",
            "licenses",
            "country",
            "counted",
            "auditSequence",
            "dryRun"
        )

    public var day: CalendarDate? { on }

    public func isThere(on tenant: Tenant, in context: CommandContext) throws -> Bool {
        guard let on else { return false }
        return try context.transaction.assignments(of: userPrincipalName, in: tenant.organizationID).contains { held in
            guard case .cloud(_, tenant.domain, skuPartNumber) = held.holding else { return false }
            return held.isSame(from: on, location, purpose, source: source?.text)
        }
    }

    public static func part(_ recorded: RecordedAssignmentResource) -> String {
        let seat = recorded.assignment
        return "seats of \(seat.skuPartNumber?.description ?? "") on \(seat.tenantDomain?.value ?? "")"
    }
}

extension Assignment {
    /// Whether it lasts and is what a row asks for.
    func isSame(from day: CalendarDate, _ location: LocationID?, _ purpose: UsePurpose?, source: String?) -> Bool {
        to == nil && from == day && location.map { $0 == locationID } ?? true
            && purpose.map { $0 == self.purpose } ?? true
            && source.map { $0 == self.source ?? SeatSource.programDescription } ?? true
    }
}
