/// A tenant's seats as they stand on a day, by SKU and source.
public struct SeatsQuery: RegistryQuery {
    public let tenant: TenantReference
    /// Nil for today.
    public let asOf: CalendarDate?

    public init(tenant: TenantReference, asOf: CalendarDate? = nil) {
        self.tenant = tenant
        self.asOf = asOf
    }

    public func answer(in context: QueryContext) throws -> [SeatHolding] {
        let tenant = try context.reading.requireTenant(tenant)
        try context.require(.cloud, in: tenant.organizationID)
        let organization = try context.reading.requireOrganization(tenant.organizationID)
        let day = asOf ?? context.today(in: organization)
        return try context.reading.seatHoldings(on: tenant, organization: organization, day: day)
    }
}

/// The seats of one SKU from one source on a tenant.
public struct SeatHolding: Hashable, Sendable {
    public let sku: SKU
    public let pool: SeatPool
    public let summary: SeatSummary
    public let consumedUnits: Int
    public let blocks: [Block]

    /// A seat block as it stands on the day.
    public struct Block: Hashable, Sendable {
        public let block: SeatBlock
        public let status: SeatBlockStatus
        /// R32: whether the programme still gives the right to use it.
        public let isLicensed: Bool
    }
}

extension RegistryReading {
    /// R32, R50: every pool of seats that the tenant had by `day`, in the order of SKU and source.
    func seatHoldings(on tenant: Tenant, organization: Organization, day: CalendarDate) throws -> [SeatHolding] {
        let consumed = try consumedUnits(on: tenant.id)
        var licensing = SeatLicensing(organization: organization, day: day)
        var pools: [SeatPool: [SeatHolding.Block]] = [:]
        for block in try seatBlocks(on: tenant.id, of: nil) where block.startsOn <= day {
            let pool = SeatPool(skuPartNumber: block.skuPartNumber, source: block.source.description)
            let state = SeatHolding.Block(
                block: block,
                status: block.status(on: day),
                isLicensed: try licensing.isLicensed(block, reading: self)
            )
            pools[pool, default: []].append(state)
        }
        return try pools.sorted { left, right in
            (left.key.skuPartNumber.key, left.key.source) < (right.key.skuPartNumber.key, right.key.source)
        }.map { pool, blocks in
            let used = consumed[pool, default: 0]
            return SeatHolding(
                sku: try requireSKU(pool.skuPartNumber),
                pool: pool,
                summary: SeatSummary(
                    blocks: blocks.map { .init(seats: $0.block.seats, status: $0.status, isLicensed: $0.isLicensed) },
                    consumedUnits: used
                ),
                consumedUnits: used,
                blocks: blocks
            )
        }
    }
}

/// R32: which seat blocks the programme gives the right to use, on one day.
struct SeatLicensing {
    let organization: Organization
    let day: CalendarDate
    private var enrollments: [EnrollmentID: Enrollment] = [:]

    init(organization: Organization, day: CalendarDate) {
        self.organization = organization
        self.day = day
    }

    /// Purchased seats are licensed by their purchase.
    mutating func isLicensed(_ block: SeatBlock, reading: any ProgramReading) throws -> Bool {
        guard let id = block.source.enrollmentID else { return true }
        let enrollment: Enrollment
        if let known = enrollments[id] {
            enrollment = known
        } else {
            enrollment = try reading.requireEnrollment(id)
            enrollments[id] = enrollment
        }
        return day <= enrollment.benefitsEndOn(portal: organization.portal)
    }
}
