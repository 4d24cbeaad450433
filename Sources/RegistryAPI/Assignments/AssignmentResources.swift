public import Registry

/// A seat or licence that a user holds or held.
public struct AssignmentResource: Codable, Sendable {
    public let id: String
    public let organizationId: String
    public let userPrincipalName: String
    /// `cloud` or `on-premises`.
    public let kind: String
    /// Null for a SKU that no product line counts.
    @Nullable public var product: String?
    @Nullable public var skuPartNumber: String?
    @Nullable public var tenantId: String?
    @Nullable public var tenantDomain: String?
    /// What it stands for on-premises; empty for a seat.
    public let licenses: [String]
    public let locationId: String
    public let country: String
    public let purpose: String
    /// `program`, or where it was bought outside it.
    public let source: String
    /// Whether it takes from the entitlement.
    public let counted: Bool
    public let from: String
    /// The first day without it; null while it lasts.
    @Nullable public var to: String?

    init(_ assignment: Assignment) {
        id = assignment.id.description
        organizationId = assignment.organizationID.value
        userPrincipalName = assignment.user.value
        kind = assignment.holding.kind.rawValue
        product = assignment.product?.rawValue
        if case .cloud(let tenant, let domain, let sku) = assignment.holding {
            skuPartNumber = sku.description
            tenantId = tenant?.value
            tenantDomain = domain.value
        } else {
            skuPartNumber = nil
            tenantId = nil
            tenantDomain = nil
        }
        licenses = assignment.licenses
        locationId = assignment.locationID.value
        country = assignment.country.description
        purpose = assignment.purpose.rawValue
        source = assignment.source ?? SeatSource.programDescription
        counted = assignment.isCounted
        from = assignment.from.description
        to = assignment.to?.description
    }
}

/// An assignment as it was just recorded, begun or ended.
public struct RecordedAssignmentResource: Codable, Sendable {
    public let assignment: AssignmentResource
    /// The ledger's row.
    public let auditSequence: Int64
    public let dryRun: Bool

    init(_ recorded: RecordedAssignment, dryRun: Bool) {
        assignment = AssignmentResource(recorded.assignment)
        auditSequence = recorded.auditSequence
        self.dryRun = dryRun
    }

    private enum CodingKeys: String, CodingKey {
        case auditSequence
        case dryRun
    }

    /// The assignment's own fields stand beside the others.
    public init(from decoder: any Decoder) throws {
        assignment = try AssignmentResource(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        auditSequence = try container.decode(Int64.self, forKey: .auditSequence)
        dryRun = try container.decode(Bool.self, forKey: .dryRun)
    }

    public func encode(to encoder: any Encoder) throws {
        try assignment.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(auditSequence, forKey: .auditSequence)
        try container.encode(dryRun, forKey: .dryRun)
    }
}

/// What a user holds and held in an organisation.
public struct UserResource: Codable, Sendable {
    public let userPrincipalName: String
    public let organizationId: String
    /// In the order in which they were recorded; those that ended have a `to`.
    public let assignments: [AssignmentResource]
}

/// One user's switch.
public struct SwitchResource: Codable, Sendable {
    public let userPrincipalName: String
    public let organizationId: String
    public let ended: AssignmentResource
    public let begun: AssignmentResource
    /// The ledger's row.
    public let auditSequence: Int64
    public let dryRun: Bool
}

/// The switch of all users of a file.
public struct SwitchBatchResource: Codable, Sendable {
    public let switched: Int
    public let toCloud: Int
    public let toOnPremises: Int
    /// The ledger's row about the whole.
    public let auditSequence: Int64
    public let dryRun: Bool
}
