/// The seats of one SKU from one source on a tenant.
public struct SeatHolding: Hashable, Sendable {
    public let sku: SKU
    public let pool: SeatPool
    public let summary: SeatSummary
    public let consumedUnits: Int
    /// R32: who sits on seats without rights: those who took theirs last, as many as lack one, at most
    /// ``unlicensedUserLimit``.
    public let unlicensedUsers: [UserPrincipalName]
    public let blocks: [Block]

    public static let unlicensedUserLimit = 100

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
    ///
    /// - Parameters:
    ///   - today: today in the organisation's zone.
    ///   - asOf: another day; nil for today, which the sums that are kept answer.
    func seatHoldings(
        on tenant: Tenant,
        organization: Organization,
        day today: CalendarDate,
        asOf: CalendarDate? = nil
    ) throws -> [SeatHolding] {
        let day = asOf ?? today
        let consumed =
            try day >= today ? consumedUnits(on: tenant.domain) : consumedUnits(on: tenant.domain, asOf: day)
        var licensing = SeatLicensing(organization: organization, day: day)
        var pools: [SeatPool: [SeatHolding.Block]] = [:]
        let known = try day >= today ? seatBlocks(on: tenant.domain, of: nil) : seatBlocks(on: tenant.domain, asOf: day)
        for block in known where block.startsOn <= day {
            let state = SeatHolding.Block(
                block: block,
                status: block.status(on: day),
                isLicensed: try licensing.isLicensed(block, reading: self)
            )
            pools[block.pool, default: []].append(state)
        }
        return try pools.sorted { left, right in
            (left.key.skuPartNumber.key, left.key.source) < (right.key.skuPartNumber.key, right.key.source)
        }.map { pool, blocks in
            let used = consumed[pool, default: 0]
            let summary = SeatSummary(
                blocks: blocks.map { .init(seats: $0.block.seats, status: $0.status, isLicensed: $0.isLicensed) },
                consumedUnits: used
            )
            return SeatHolding(
                sku: try requireSKU(pool.skuPartNumber),
                pool: pool,
                summary: summary,
                consumedUnits: used,
                unlicensedUsers: summary.unlicensedUnits == 0
                    ? []
                    : try latestUsers(
                        of: pool,
                        on: tenant.domain,
                        asOf: day,
                        limit: min(summary.unlicensedUnits, SeatHolding.unlicensedUserLimit)
                    ).map(\.user),
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

    /// Purchased seats are licensed by their purchase. What is deleted, by its dates or by a replacement (R46), gives no
    /// right.
    mutating func isLicensed(_ block: SeatBlock, reading: any ProgramReading) throws -> Bool {
        guard block.status(on: day) != .deleted else { return false }
        guard let id = block.source.enrollmentID else { return true }
        let enrollment: Enrollment
        if let known = enrollments[id] {
            enrollment = known
        } else {
            enrollment = try reading.requireEnrollment(id)
            enrollments[id] = enrollment
        }
        return day <= enrollment.seatsLicensedThrough(portal: organization.portals)
    }
}
