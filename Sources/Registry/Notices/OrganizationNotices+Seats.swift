extension OrganizationNotices {
    mutating func collectSeats() throws {
        // Nobody is told of a tenant that was left.
        for tenant in try reading.tenants(of: organization.id) where !tenant.isLeft(by: today) {
            let holdings = try reading.seatHoldings(on: tenant, organization: organization, day: today)
            for holding in holdings where !selection.ignored.contains(holding.pool.skuPartNumber) {
                let subject = Subject(tenant: tenant, pool: holding.pool)
                addUnlicensed(holding, subject)
                try addLapses(holding, subject)
                try addReplacements(holding, subject)
            }
        }
    }

    /// R32: who holds a seat without the right to it.
    private mutating func addUnlicensed(_ holding: SeatHolding, _ subject: Subject) {
        let units = holding.summary.unlicensedUnits
        guard units > 0 else { return }
        add(
            .seatsUnlicensed,
            .error,
            "\(counted(units, "user")) without a licensed seat of \(place(subject)).",
            rule: .r32,
            quantity: units,
            about: subject,
            users: holding.unlicensedUsers,
            affectedUsers: units
        )
    }

    /// R32, R47: seats that end with nothing redeemed to take their place, and seats among them that nobody holds.
    private mutating func addLapses(_ holding: SeatHolding, _ subject: Subject) throws {
        let blocks = try holding.blocks.compactMap { state -> SeatLapse.Block? in
            guard state.isLicensed, state.status == .enabled else { return nil }
            return SeatLapse.Block(
                seats: state.block.seats,
                startsOn: state.block.startsOn,
                lastDay: try lastLicensedDay(of: state.block)
            )
        }
        let lapses = SeatLapse.all(among: blocks, consumed: holding.consumedUnits, through: horizon)
        for lapse in lapses {
            let users =
                try lapse.users == 0
                ? []
                : reading.latestUsers(
                    of: holding.pool,
                    on: holding.blocks[0].block.tenantDomain,
                    asOf: today,
                    limit: min(lapse.users, SeatHolding.unlicensedUserLimit)
                ).map(\.user)
            add(
                .seatsLapse,
                lapse.users > 0 ? .warning : .notice,
                "\(counted(lapse.seats, "seat")) of \(place(subject)) \(lapse.seats == 1 ? "ends" : "end"), "
                    + (lapse.users == 0
                        ? "which nobody needs."
                        : "and \(counted(lapse.users, "user")) with \(lapse.seats == 1 ? "it" : "them")."),
                rule: .r32,
                quantity: lapse.seats,
                on: lapse.lastDay,
                about: subject,
                users: users,
                affectedUsers: lapse.users
            )
        }
        guard let first = lapses.first, holding.pool.source == SeatSource.programDescription else { return }
        let (idle, licensed) = (holding.summary.availableUnits, holding.summary.licensedUnits)
        guard idle > 0, idle * 100 >= licensed * thresholds.idle else { return }
        add(
            .seatsIdle,
            .notice,
            "\(counted(idle, "seat")) of \(place(subject)) \(idle == 1 ? "is" : "are") idle, of \(licensed), before the renewal.",
            rule: nil,
            quantity: idle,
            on: first.lastDay,
            about: subject,
            limit: licensed
        )
    }

    /// R46: redemptions whose last days for a replacement have come. Replacements cannot be replaced.
    private mutating func addReplacements(_ holding: SeatHolding, _ subject: Subject) throws {
        guard selection.tells(.replacementCloses) else { return }
        var tokens: [CalendarDate: [TokenID]] = [:]
        for block in holding.blocks.map(\.block) where block.endedOn == nil {
            let lastDay = block.startsOn.adding(days: Replacement.days)
            guard let id = block.source.tokenID, lastDay >= today,
                lastDay <= today.adding(days: thresholds.replacement),
                try reading.token(id)?.replaces == nil
            else { continue }
            tokens[lastDay, default: []].append(id)
        }
        for (day, ids) in tokens {
            let names = ids.count > 3 ? counted(ids.count, "token") : ids.map(\.description).joined(separator: ", ")
            add(
                .replacementCloses,
                .notice,
                "\(names) of \(place(subject)) can be replaced, if redeemed wrongly, for the last time.",
                rule: .r46,
                quantity: ids.count,
                on: day,
                about: subject
            )
        }
    }

    /// R32, R47: the last day on which the block is licensed and in service; nil where no end is known.
    private func lastLicensedDay(of block: SeatBlock) throws -> CalendarDate? {
        guard let id = block.source.enrollmentID else { return block.serviceEndsOn }
        let enrollment = try enrollments.first { $0.id == id } ?? reading.requireEnrollment(id)
        let licensed = enrollment.seatsLicensedThrough(portal: organization.portals)
        return block.serviceEndsOn.map { min($0, licensed) } ?? licensed
    }

    /// `ENTERPRISEPACK on contoso.com`, with the source where they were bought.
    private func place(_ subject: Subject) -> String {
        guard let pool = subject.pool, let tenant = subject.tenant else { return organization.id.value }
        let source = pool.source == SeatSource.programDescription ? "" : " (\(pool.source))"
        return "\(pool.skuPartNumber)\(source) on \(tenant.domain)"
    }
}
