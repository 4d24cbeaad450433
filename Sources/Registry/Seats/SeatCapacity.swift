/// The seats of one pool on a tenant, and whether more users fit in.
struct SeatCapacity {
    let tenant: Tenant
    let pool: SeatPool
    let organization: Organization
    /// The first day of those who are to be fitted in.
    let day: CalendarDate
    let today: CalendarDate
    private let blocks: [SeatBlock]
    private let reading: any RegistryReading

    /// - Parameter blocks: the tenant's.
    init(
        tenant: Tenant,
        pool: SeatPool,
        organization: Organization,
        from day: CalendarDate,
        blocks: [SeatBlock],
        in context: CommandContext
    ) {
        self.tenant = tenant
        self.pool = pool
        self.organization = organization
        self.day = day
        today = context.today(in: organization)
        self.blocks = blocks.filter { $0.pool == pool }
        reading = context.transaction
    }

    /// R32: how many of the `added` users find no seat from the day on, when `released` users leave theirs.
    ///
    /// Only seats that are enabled and licensed take somebody. On a later day the users have to fit into the seats that
    /// were licensed on the first day, or into those that are licensed then.
    func overflow(adding added: Int, releasing released: Int = 0) throws -> Int {
        guard added > 0 else { return 0 }
        let change = added - released
        let licensed = try licensedSeats(on: day)
        // Who only takes what another leaves needs a licensed seat all the same.
        var overflow = max(0, added - licensed)
        guard day < today else {
            let consumed = try reading.consumedUnits(on: tenant.domain)[pool, default: 0]
            return max(overflow, min(added, consumed + change - licensed))
        }
        var consumed = try reading.consumedUnits(on: tenant.domain, asOf: day)[pool, default: 0]
        overflow = max(overflow, min(added, consumed + change - licensed))
        for later in try reading.seatChanges(of: pool, on: tenant.domain, after: day) {
            consumed += later.units
            let seats = max(licensed, try licensedSeats(on: later.day))
            overflow = max(overflow, min(added, consumed + change - seats))
        }
        return overflow
    }

    /// The seats in blocks that are enabled and licensed on `day`.
    private func licensedSeats(on day: CalendarDate) throws -> Int {
        var licensing = SeatLicensing(organization: organization, day: day)
        return try blocks.reduce(0) { sum, block in
            guard block.startsOn <= day, block.status(on: day) == .enabled,
                try licensing.isLicensed(block, reading: reading)
            else { return sum }
            return sum.clampedSum(block.seats)
        }
    }

    /// R50: the blocks that are licensed on the day, and whose service has ended.
    private func outOfService() throws -> [SeatBlock] {
        var licensing = SeatLicensing(organization: organization, day: day)
        return try blocks.filter { block in
            guard block.startsOn <= day, block.status(on: day) != .enabled else { return false }
            return try licensing.isLicensed(block, reading: reading)
        }
    }

    /// R32: refuses when no seat of the pool gives rights on the day, though some may still give access.
    func checkAnyLicensed() throws {
        if try licensedSeats(on: day) == 0 { throw try refusal() }
    }

    /// The refusal of one user more.
    func refusal() throws -> Refusal {
        let licensed = try licensedSeats(on: day)
        // With or without rights.
        let present = blocks.reduce(0) { sum, block in
            block.startsOn <= day && block.status(on: day) != .deleted ? sum.clampedSum(block.seats) : sum
        }
        guard present <= licensed else { return try unusable(licensed: licensed, present: present) }
        return Refusal(
            .seatsExhausted,
            rule: present == 0 ? nil : .r32,
            present == 0
                ? "\(tenant.domain) has no seats of \(pool.skuPartNumber) on \(day); redeem a token there first."
                : "All \(licensed) seats of \(pool.skuPartNumber) on \(tenant.domain) are taken. "
                    + "Release a user, or redeem another token there.",
            facts: facts(licensed: licensed, present: present)
        )
    }

    /// R32, R50: seats that are there and take nobody, because the right to them ended, or only their service.
    private func unusable(licensed: Int, present: Int) throws -> Refusal {
        let outOfService = try outOfService()
        let waiting = outOfService.reduce(0) { $0.clampedSum($1.seats) }
        let unlicensed = present - licensed - waiting
        let place = "of the \(present) seats of \(pool.skuPartNumber) on \(tenant.domain)"
        var sentences: [String] = []
        if unlicensed > 0 {
            sentences.append(
                "\(unlicensed) \(place) are not licensed on \(day): the right to use them ended with their programme year."
            )
        }
        if waiting > 0, let ended = outOfService.compactMap(\.serviceEndsOn).max() {
            sentences.append(
                "The service of \(waiting) \(place) ended on \(ended) (R50): they are licensed on \(day), and take no more "
                    + "users."
            )
        }
        if licensed > 0 { sentences.append("The other \(licensed) are taken.") }
        sentences.append("Redeem \(unlicensed > 0 ? "a token of the new year" : "another token") there.")
        return Refusal(
            unlicensed > 0 ? .seatsUnlicensed : .seatsOutOfService,
            rule: unlicensed > 0 ? .r32 : .r50,
            sentences.joined(separator: " "),
            facts: facts(licensed: licensed, present: present) + ["outOfServiceSeats": waiting]
        )
    }

    private func facts(licensed: Int, present: Int) -> Refusal.Facts {
        [
            "organizationId": organization.id, "tenantDomain": tenant.domain, "skuPartNumber": pool.skuPartNumber,
            "source": pool.source, "date": day, "licensedSeats": licensed, "presentSeats": present,
        ]
    }
}
