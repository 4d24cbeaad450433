/// Gives a user a seat of a SKU on a tenant.
public struct AssignSeat: RegistryCommand {
    public static let action = "seat.assign"
    public static let summary = "Give a user a seat"

    let tenant: TenantReference
    let userPrincipalName: UserPrincipalName
    let skuPartNumber: SKUPartNumber
    /// Nil for the headquarters.
    var location: LocationID?
    /// What for; nil for internal use.
    var purpose: UsePurpose?
    /// Which seats: `program`, or a purchase's own words; nil for the programme's, or else for purchased ones.
    var source: KeptText?
    /// The first day; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { userPrincipalName.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> RecordedAssignmentResource {
        let transaction = context.transaction
        let organization = try context.organization(tenant.organizationID)
        let day = try context.day(stated: on, in: organization)
        try tenant.checkNotLeft(by: day)
        let location = try context.location(location ?? Location.headquartersID, of: organization.id)
        let sku = try context.shared(Shared.sku(skuPartNumber)) { try transaction.requireSKU(skuPartNumber) }
        let product = try context.programSKUs().product(of: sku.partNumber)

        let intake = AssignmentIntake(context: context, organization: organization)
        let blocks = try context.shared(Shared.blocks(tenant.domain, sku.partNumber)) {
            try transaction.seatBlocks(on: tenant.domain, of: sku.partNumber)
        }
        let draft = { (source: SeatSource) in
            AssignmentDraft(
                organizationID: organization.id,
                user: userPrincipalName,
                product: product,
                holding: .cloud(
                    tenantID: tenant.id,
                    tenantDomain: tenant.domain,
                    skuPartNumber: sku.partNumber
                ),
                locationID: location.id,
                country: location.country,
                purpose: purpose ?? .internalUse,
                source: source.isProgram ? nil : source.description,
                from: day,
                sharing: Sharing(location)
            )
        }
        let pools = SeatPools(of: sku.partNumber, among: blocks, sharing: Sharing(location), source: source?.text)
        // When every pool refuses, the first one's refusal is the answer.
        var refusal: Refusal?
        for (pool, source) in pools.ordered {
            do {
                let draft = draft(source)
                try intake.check(draft)
                let seats = context.shared(Shared.seats(tenant.domain, pool, day)) {
                    SeatRoom(
                        SeatCapacity(
                            tenant: tenant,
                            pool: pool,
                            organization: organization,
                            from: day,
                            blocks: blocks,
                            in: context
                        )
                    )
                }
                try seats.checkAnyLicensed()
                try intake.checkEntitlement(draft)
                try seats.check()
                seats.take()
                return try intake.record(draft, action: Self.action)
            } catch let error as Refusal where !error.code.isEngineFault {
                refusal = refusal ?? error
            }
        }
        throw refusal ?? Sharing.refusal(of: location, seats: sku.partNumber, on: tenant.domain)
    }
}
