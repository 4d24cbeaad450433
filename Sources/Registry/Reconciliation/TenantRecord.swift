/// What the registry holds of a tenant, as a reconciliation needs it.
struct TenantRecord: Sendable {
    let tenant: Tenant
    let organization: Organization
    /// Today in the organisation's zone.
    let day: CalendarDate
    /// Every SKU that has seats here, or had.
    let seats: [SKUPartNumber: Seats]
    /// Who holds a seat, by SKU; empty where no users are compared.
    let holders: [SKUPartNumber: Set<UserPrincipalName>]
    /// The organisation's tokens that can still be redeemed, in order.
    let unredeemed: [Token]
    let programs: ProgramSKUs
    /// An enrollment that grants Intune, which has no tokens (R36).
    let intuneEnrollment: EnrollmentID?
    let finder: SKUFinder

    /// The seats of one SKU, whatever their source.
    struct Seats: Sendable {
        let sku: SKU
        var enabled = 0
        var warning = 0
        var suspended = 0
        var lockedOut = 0
        var consumed = 0
        var isProgram = false

        var outOfService: Int { warning.clampedSum(suspended).clampedSum(lockedOut) }

        mutating func add(_ holding: SeatHolding) {
            let units = holding.summary.prepaidUnits
            enabled = enabled.clampedSum(units.enabled)
            warning = warning.clampedSum(units.warning)
            suspended = suspended.clampedSum(units.suspended)
            lockedOut = lockedOut.clampedSum(units.lockedOut)
            consumed += holding.consumedUnits
            if holding.blocks.contains(where: { $0.status != .deleted && $0.block.source.isProgram }) {
                isProgram = true
            }
        }
    }

    func seats(of sku: SKU) -> Seats { seats[sku.partNumber] ?? Seats(sku: sku) }
}

extension RegistryReading {
    /// - Parameter withHolders: whether users are compared.
    func record(of tenant: Tenant, at now: Instant, withHolders: Bool) throws -> TenantRecord {
        let organization = try requireOrganization(tenant.organizationID)
        let day = organization.timeZone.day(of: now)
        var seats: [SKUPartNumber: TenantRecord.Seats] = [:]
        var holders: [SKUPartNumber: Set<UserPrincipalName>] = [:]
        for holding in try seatHoldings(on: tenant, organization: organization, day: day) {
            seats[holding.pool.skuPartNumber, default: TenantRecord.Seats(sku: holding.sku)].add(holding)
            guard withHolders, holding.consumedUnits > 0 else { continue }
            let users = try latestUsers(of: holding.pool, on: tenant.domain, asOf: day, limit: .max)
            holders[holding.pool.skuPartNumber, default: []].formUnion(users.map(\.user))
        }
        return TenantRecord(
            tenant: tenant,
            organization: organization,
            day: day,
            seats: seats,
            holders: holders,
            unredeemed: try unredeemedTokens(of: organization.id, on: day),
            programs: ProgramSKUs(try programs()),
            intuneEnrollment: try enrollments(of: organization.id).first { enrollment in
                enrollment.isInForce(on: day, portal: organization.portals)
                    && enrollment.traits.grantsLicenses
            }?.id,
            finder: SKUFinder(try allSKUs(), preferring: Set(seats.keys))
        )
    }

    private func unredeemedTokens(of organization: OrganizationID, on day: CalendarDate) throws -> [Token] {
        let filter = TokenFilter(organizationID: organization, enrollmentID: nil, status: .unredeemed, asOf: day)
        // Who has more has other work to do first.
        return try tokens(filter, after: nil, limit: 10_000)
    }

    private func allSKUs() throws -> [SKU] {
        var skus: [SKU] = []
        while true {
            let page = try self.skus(after: skus.last?.partNumber, limit: 1_000)
            skus += page
            if page.count < 1_000 { return skus }
        }
    }
}
