/// Gives a user a seat of a SKU on a tenant.
public struct AssignSeat: RegistryCommand {
    public static let action = "seat.assign"

    public let user: UserPrincipalName
    public let tenant: TenantReference
    public let skuPartNumber: SKUPartNumber
    /// Nil for the headquarters.
    public let locationID: LocationID?
    /// What for; nil for internal use.
    public let purpose: String?
    /// Which seats: `program`, or a purchase's own words; nil for the programme's, or else for purchased ones.
    public let source: String?
    /// The first day; nil for today.
    public let on: CalendarDate?

    public init(
        user: UserPrincipalName,
        tenant: TenantReference,
        skuPartNumber: SKUPartNumber,
        locationID: LocationID? = nil,
        purpose: String? = nil,
        source: String? = nil,
        on: CalendarDate? = nil
    ) {
        self.user = user
        self.tenant = tenant
        self.skuPartNumber = skuPartNumber
        self.locationID = locationID
        self.purpose = purpose
        self.source = source
        self.on = on
    }

    public var subjectOfRefusal: String { user.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> RecordedAssignmentResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(tenant.organizationID)
        let day = try context.day(stated: on, in: organization)
        let purpose = try UsePurpose(text: purpose ?? UsePurpose.internalUse.rawValue)
        let location = try transaction.requireLocation(locationID ?? Location.headquartersID, of: organization.id)
        let sku = try transaction.requireSKU(skuPartNumber)
        let product = ProgramSKUs(try transaction.programs()).product(of: sku.partNumber)

        let intake = AssignmentIntake(context: context, organization: organization, day: day)
        let blocks = try transaction.seatBlocks(on: tenant.domain, of: sku.partNumber)
        let draft = { (source: SeatSource) in
            AssignmentDraft(
                organizationID: organization.id,
                user: user,
                product: product,
                holding: .cloud(
                    tenantID: tenant.id,
                    tenantDomain: tenant.domain,
                    skuPartNumber: sku.partNumber
                ),
                locationID: location.id,
                country: location.country,
                purpose: purpose,
                source: source.isProgram ? nil : source.description,
                from: day,
                sharing: Sharing(location)
            )
        }
        let pools = pools(among: blocks, sku: sku.partNumber, sharing: Sharing(location))
        guard !pools.isEmpty else { throw Sharing.refusal(of: location, seats: sku.partNumber, on: tenant.domain) }
        return try intake.firstAllowed(of: pools) { pool, source in
            let draft = draft(source)
            try intake.checkFree(draft)
            if draft.source == nil { try intake.checkRight(draft) }
            let capacity = SeatCapacity(
                tenant: tenant,
                pool: pool,
                organization: organization,
                blocks: blocks,
                reading: transaction
            )
            try capacity.checkAnyLicensed(on: day)
            try intake.checkEntitlement(draft)
            guard try capacity.overflow(adding: 1, on: day, today: intake.today) == 0 else {
                throw try capacity.refusal(on: day)
            }
            return try intake.record(draft, action: Self.action)
        }
    }

    /// The pools to take a seat from, in the order in which they are tried: the programme's first.
    ///
    /// R03: of the programme's seats, those that the location has a part in; none when there are only others'.
    private func pools(
        among blocks: [SeatBlock],
        sku: SKUPartNumber,
        sharing: Sharing
    ) -> [(SeatPool, SeatSource)] {
        var found: [(SeatPool, SeatSource)] = []
        for block in blocks where block.skuPartNumber == sku {
            guard !block.source.isProgram || block.sharing == sharing,
                source == nil || source == block.source.description,
                !found.contains(where: { $0.0 == block.pool })
            else { continue }
            found.append((block.pool, block.source))
        }
        let ordered = found.filter { $0.1.isProgram } + found.filter { !$0.1.isProgram }
        guard ordered.isEmpty else { return ordered }
        guard let source, source != SeatSource.programDescription else {
            guard !blocks.contains(where: { $0.skuPartNumber == sku && $0.source.isProgram }) else { return [] }
            return [
                (
                    SeatPool(skuPartNumber: sku, source: sharing.seatSource),
                    .enrollment(EnrollmentID(stored: SeatSource.programDescription))
                )
            ]
        }
        return [(SeatPool(skuPartNumber: sku, source: source), .purchase(source))]
    }
}
