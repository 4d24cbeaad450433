/// Users of one tenant who get or leave seats in one step: as ``AssignSeat`` and ``ReleaseSeat`` do it one by one, but with
/// what they share read once.
struct SeatBatch {
    let context: CommandContext
    let tenant: Tenant
    let organization: Organization
    let location: Location
    let purpose: UsePurpose
    /// The first day with the seat, or without it.
    let day: CalendarDate

    /// A user who was refused.
    struct Refused {
        let user: UserPrincipalName
        let sku: SKUPartNumber
        let refusal: Refusal
    }

    /// Gives the users seats of a SKU, the first of them first: as many as fit.
    /// - Returns: those who were refused, each with the refusal that ``AssignSeat`` would give.
    func assign(_ users: [UserPrincipalName], _ sku: SKU) throws -> [Refused] {
        let blocks = try context.transaction.seatBlocks(on: tenant.domain, of: sku.partNumber)
        let pools = SeatPools(of: sku.partNumber, among: blocks, sharing: Sharing(location)).ordered
        guard !pools.isEmpty else {
            let refusal = Sharing.refusal(of: location, seats: sku.partNumber, on: tenant.domain)
            return users.map { Refused(user: $0, sku: sku.partNumber, refusal: refusal) }
        }
        let product = ProgramSKUs(try context.transaction.programs()).product(of: sku.partNumber)
        var waiting = users
        // When every pool refuses, the first one's refusal is the answer.
        var refusals: [UserPrincipalName: Refusal] = [:]
        for (pool, source) in pools where !waiting.isEmpty {
            let capacity = SeatCapacity(
                tenant: tenant,
                pool: pool,
                organization: organization,
                from: day,
                blocks: blocks,
                in: context
            )
            let drafts = waiting.map { draft(of: $0, sku, product, source) }
            let stopped = try assign(drafts, capacity)
            for (user, refusal) in stopped where refusals[user] == nil { refusals[user] = refusal }
            waiting = waiting.filter { stopped[$0] != nil }
        }
        return waiting.compactMap { user in
            refusals[user].map { Refused(user: user, sku: sku.partNumber, refusal: $0) }
        }
    }

    /// Takes the users' seats of a SKU back.
    func release(_ users: [UserPrincipalName], _ sku: SKU) throws -> [Refused] {
        let release = AssignmentRelease(context: context, day: day)
        var refused: [Refused] = []
        for user in users {
            let seats = try context.transaction.assignments(of: user, in: organization.id).filter { assignment in
                guard assignment.to == nil, case .cloud(_, tenant.domain, sku.partNumber) = assignment.holding else {
                    return false
                }
                return true
            }
            do {
                for seat in seats { _ = try release.record(seat, action: ReleaseSeat.action) }
            } catch let refusal as Refusal where !refusal.code.isEngineFault {
                refused.append(Refused(user: user, sku: sku.partNumber, refusal: refusal))
            }
        }
        return refused
    }

    private func draft(
        of user: UserPrincipalName,
        _ sku: SKU,
        _ product: ProductLine?,
        _ source: SeatSource
    ) -> AssignmentDraft {
        AssignmentDraft(
            organizationID: organization.id,
            user: user,
            product: product,
            holding: .cloud(tenantID: tenant.id, tenantDomain: tenant.domain, skuPartNumber: sku.partNumber),
            locationID: location.id,
            country: location.country,
            purpose: purpose,
            source: source.isProgram ? nil : source.description,
            from: day,
            sharing: Sharing(location)
        )
    }

    /// Takes seats of one pool.
    /// - Returns: why those who got none got none.
    private func assign(
        _ drafts: [AssignmentDraft],
        _ capacity: SeatCapacity
    ) throws -> [UserPrincipalName: Refusal] {
        let intake = AssignmentIntake(context: context, organization: organization)
        var stopped: [UserPrincipalName: Refusal] = [:]
        var fitting: [AssignmentDraft] = []
        for draft in drafts {
            if let refusal = try refusal({ try intake.check(draft) }) {
                stopped[draft.user] = refusal
            } else {
                fitting.append(draft)
            }
        }
        func stop(beyond count: Int, _ refusal: Refusal) {
            for draft in fitting.dropFirst(count) { stopped[draft.user] = refusal }
            fitting.removeLast(max(0, fitting.count - count))
        }
        if let refusal = try refusal({ try capacity.checkAnyLicensed() }) { stop(beyond: 0, refusal) }
        if let (room, refusal) = try entitlement(for: fitting) { stop(beyond: room, refusal) }
        let overflow = try capacity.overflow(adding: fitting.count)
        if overflow > 0 { stop(beyond: fitting.count - overflow, try capacity.refusal()) }
        for draft in fitting { _ = try intake.record(draft, action: AssignSeat.action) }
        return stopped
    }

    /// R02, R03, R05, R41: how many of them the entitlement has room for, and why no more; nil where it has room for all.
    private func entitlement(for drafts: [AssignmentDraft]) throws -> (room: Int, refusal: Refusal)? {
        guard let first = drafts.first, first.isCounted, let product = first.product else { return nil }
        let outlook = try EntitlementOutlook(
            product: product,
            organization: organization,
            sharing: first.sharing,
            from: day,
            in: context
        )
        var room = drafts.count
        var refusal: Refusal?
        while room > 0, let shortfall = try outlook.shortfall(changes: [first.country: room]) {
            refusal = try refusal ?? outlook.refusal(shortfall, kind: .cloud)
            room -= max(1, shortfall.requested - shortfall.available)
        }
        return refusal.map { (max(0, room), $0) }
    }

    private func refusal(_ body: () throws -> Void) throws -> Refusal? {
        do {
            try body()
            return nil
        } catch let refusal as Refusal where !refusal.code.isEngineFault {
            return refusal
        }
    }
}
