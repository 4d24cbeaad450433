/// A tenant's seats as they stand on a day, by SKU and source.
public struct ListSeats: RegistryQuery {
    public static let summary = "List a tenant's seats"

    let tenant: TenantReference
    /// Nil for today.
    var asOf: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func answer(on tenant: Tenant, in context: QueryContext) throws -> [SeatResource] {
        try holdings(on: tenant, in: context).map(SeatResource.init)
    }

    func holdings(on tenant: Tenant, in context: QueryContext) throws -> [SeatHolding] {
        let organization = try context.reading.requireOrganization(tenant.organizationID)
        return try context.reading.seatHoldings(
            on: tenant,
            organization: organization,
            day: context.today(in: organization),
            asOf: asOf
        )
    }
}

/// The seats of one SKU from one source on a tenant.
public struct SeatResource: Hashable, Sendable, Codable {
    public let skuPartNumber: SKUPartNumber
    /// The SKU's GUID, where the catalogue has one.
    @Nullable public var skuId: String?
    public let capabilityStatus: SeatBlockStatus
    public let prepaidUnits: PrepaidUnits
    public let consumedUnits: Int
    public let unlicensedUnits: Int
    public let availableUnits: Int
    /// R32: who sits on seats without rights, at most a hundred of them.
    public let unlicensedUsers: [UserPrincipalName]
    /// `program`, or the words of the purchase.
    public let source: String
    public let blocks: [Block]

    /// A seat block as it stands on the day.
    public struct Block: Hashable, Sendable, Codable {
        public let id: SeatBlockID
        @Nullable public var tokenId: TokenID?
        @Nullable public var enrollmentId: EnrollmentID?
        public let seats: Int
        public let startsOn: CalendarDate
        @Nullable public var rightsEndOn: CalendarDate?
        @Nullable public var serviceEndsOn: CalendarDate?
        public let status: SeatBlockStatus
        /// R32: whether the programme still gives the right to use it.
        public let licensed: Bool
    }

    init(_ holding: SeatHolding) {
        skuPartNumber = holding.pool.skuPartNumber
        skuId = holding.sku.skuIDs.first
        capabilityStatus = holding.summary.capabilityStatus
        prepaidUnits = holding.summary.prepaidUnits
        consumedUnits = holding.consumedUnits
        unlicensedUnits = holding.summary.unlicensedUnits
        availableUnits = holding.summary.availableUnits
        unlicensedUsers = holding.unlicensedUsers
        source = holding.pool.source
        blocks = holding.blocks.map { state in
            Block(
                id: state.block.id,
                tokenId: state.block.source.tokenID,
                enrollmentId: state.block.source.enrollmentID,
                seats: state.block.seats,
                startsOn: state.block.startsOn,
                rightsEndOn: state.block.rightsEndOn,
                serviceEndsOn: state.block.serviceEndsOn,
                status: state.status,
                licensed: state.isLicensed
            )
        }
    }
}
