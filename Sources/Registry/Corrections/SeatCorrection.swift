/// What users of a tenant's seats mean for a correction of the seats.
struct SeatCorrection {
    let tenant: Tenant
    let context: CommandContext

    /// Refuses to take away the SKU of seats that users hold.
    func checkUnused(_ block: SeatBlock) throws {
        let pool = block.pool
        let others = try context.transaction.seatBlocks(on: tenant.domain, of: block.skuPartNumber)
            .contains { $0.id != block.id && $0.pool == pool }
        let consumed = try context.transaction.consumedUnits(on: tenant.domain)[pool] ?? 0
        guard !others, consumed > 0 else { return }
        throw Refusal.uncorrectable(
            "\(consumed) \(consumed == 1 ? "user holds" : "users hold") seats of \(block.skuPartNumber) on \(tenant.domain), and "
                + "these are all there are. Release them first, and assign them to the right SKU afterwards.",
            facts: ["tenantDomain": tenant.domain, "skuPartNumber": block.skuPartNumber]
        )
    }

    /// R32: the users who are left without a licensed seat on the tenant.
    func warnings(of sku: SKUPartNumber, in organization: Organization) throws -> [Warning] {
        let day = context.today(in: organization)
        return try context.transaction.seatHoldings(on: tenant, organization: organization, day: day)
            .filter { $0.pool.skuPartNumber == sku && $0.summary.unlicensedUnits > 0 }
            .map { holding in
                Warning(
                    code: "seats.unlicensed",
                    rule: .r32,
                    detail:
                        "\(holding.summary.unlicensedUnits) of the users on \(tenant.domain) are left without a licensed "
                        + "seat of \(sku)."
                )
            }
    }
}
