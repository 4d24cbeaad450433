/// A seat or licence that a user holds or held.
public struct AssignmentResource: Hashable, Sendable, Codable {
    public let id: AssignmentID
    public let organizationId: OrganizationID
    public let userPrincipalName: UserPrincipalName
    public let kind: AssignmentKind
    /// Null for a SKU that no product line counts.
    @Nullable public var product: ProductLine?
    @Nullable public var skuPartNumber: SKUPartNumber?
    @Nullable public var tenantId: TenantID?
    @Nullable public var tenantDomain: DomainName?
    /// What it stands for on-premises; empty for a seat.
    public let licenses: [String]
    public let locationId: LocationID
    /// The location's.
    public let country: CountryCode
    public let purpose: UsePurpose
    /// R42: `program`, or where it was bought outside it.
    public let source: String
    /// R06, R42: whether it takes from the entitlement.
    public let counted: Bool
    public let from: CalendarDate
    /// The first day without it; null while it lasts.
    @Nullable public var to: CalendarDate?

    init(_ assignment: Assignment) {
        id = assignment.id
        organizationId = assignment.organizationID
        userPrincipalName = assignment.user
        kind = assignment.holding.kind
        product = assignment.product
        if case .cloud(let tenant, let domain, let sku) = assignment.holding {
            skuPartNumber = sku
            tenantId = tenant
            tenantDomain = domain
        }
        licenses = assignment.licenses
        locationId = assignment.locationID
        country = assignment.country
        purpose = assignment.purpose
        source = assignment.source ?? SeatSource.programDescription
        counted = assignment.isCounted
        from = assignment.from
        to = assignment.to
    }
}

/// An assignment as it was just recorded, begun or ended: its own fields, and the ledger's row beside them.
public struct RecordedAssignmentResource: Hashable, Sendable, Codable {
    public let assignment: AssignmentResource
    /// The ledger's row.
    public let auditSequence: Int64

    private enum CodingKeys: CodingKey {
        case auditSequence
    }

    init(_ assignment: Assignment, auditSequence: Int64) {
        self.assignment = AssignmentResource(assignment)
        self.auditSequence = auditSequence
    }

    public init(from decoder: any Decoder) throws {
        assignment = try AssignmentResource(from: decoder)
        auditSequence = try decoder.container(keyedBy: CodingKeys.self).decode(Int64.self, forKey: .auditSequence)
    }

    public func encode(to encoder: any Encoder) throws {
        try assignment.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(auditSequence, forKey: .auditSequence)
    }
}
