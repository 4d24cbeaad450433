/// R41: switches that are made as one step, of which only the end has to fit.
struct SwitchBatch {
    let context: CommandContext
    let statedDay: CalendarDate?
    private var planned: [Planned] = []
    private var refused: [Refused] = []
    private var rows: [Person: Int] = [:]
    // What several rows share.
    private var organizations: [OrganizationID: Site] = [:]
    private var locations: [LocationKey: Location] = [:]
    private var tenants: [TenantReference: Tenant] = [:]
    private var blocks: [DomainName: [SeatBlock]] = [:]
    private let programs: ProgramSKUs

    init(context: CommandContext, statedDay: CalendarDate?) throws {
        self.context = context
        self.statedDay = statedDay
        programs = ProgramSKUs(try context.transaction.programs())
    }

    /// A row that stops the whole.
    struct Refused {
        let row: Int
        let refusal: Refusal
    }

    private struct Person: Hashable {
        let user: UserPrincipalName
        let organization: OrganizationID
    }

    /// An organisation on the day of the switch.
    private struct Site {
        let organization: Organization
        let day: CalendarDate
    }

    private struct LocationKey: Hashable {
        let organization: OrganizationID
        let location: LocationID
    }

    private struct Planned {
        let row: Int
        let current: Assignment
        let draft: AssignmentDraft
        /// R03: whose entitlement and seats the current one takes from.
        let currentSharing: Sharing

        /// Whether another country, or another entitlement (R03), is taken from.
        var isMove: Bool { draft.country != current.country || draft.sharing != currentSharing }
    }

    /// Plans one user's switch. What is wrong with the row alone is kept as its refusal.
    mutating func add(_ change: UserSwitch, row: Int) throws {
        do {
            planned.append(try plan(change, row: row))
        } catch let refusal as Refusal where !refusal.code.isEngineFault {
            refused.append(Refused(row: row, refusal: refusal))
        }
    }

    /// Every row that stops the whole: by itself, or since the end would not fit. Empty when nothing does.
    func refusals() throws -> [Refused] {
        // What the rows ask for together can only be judged when each of them can be read.
        let all = refused.isEmpty ? try seatRefusals() + entitlementRefusals() : refused
        var seen: Set<Int> = []
        return all.sorted { $0.row < $1.row }.filter { seen.insert($0.row).inserted }
    }

    /// Writes the switches: every old assignment ends before a new one begins.
    func record() throws -> [SwitchResource] {
        var ended: [(Assignment, Int64)] = []
        ended.reserveCapacity(planned.count)
        for plan in planned {
            var changes = plan.draft.auditChanges
            changes["endedAssignmentId"] = .text(plan.current.id.description)
            changes["endedKind"] = .text(plan.current.holding.kind.rawValue)
            let sequence = try context.record(
                SwitchUser.action,
                subject: plan.draft.user.value,
                in: plan.draft.organizationID,
                changes: changes
            )
            try AssignmentRelease(context: context, day: plan.draft.from).end(plan.current, sequence: sequence)
            ended.append((plan.current.ending(on: plan.draft.from), sequence))
        }
        return try zip(planned, ended).map { plan, end in
            let id = try context.transaction.insert(plan.draft, recordedAt: context.now, sequence: end.1)
            return SwitchResource(
                userPrincipalName: plan.draft.user,
                organizationId: plan.draft.organizationID,
                ended: AssignmentResource(end.0),
                begun: AssignmentResource(plan.draft.numbered(id)),
                auditSequence: end.1
            )
        }
    }
}

// MARK: One row

extension SwitchBatch {
    private mutating func plan(_ change: UserSwitch, row: Int) throws -> Planned {
        let site = try site(of: change.organizationID)
        let organization = site.organization
        let person = Person(user: change.user, organization: organization.id)
        if let earlier = rows.updateValue(row, forKey: person) {
            throw Refusal(
                .inputInvalid,
                "\(change.user) is already in row \(earlier); a batch can switch a user once."
            )
        }
        let held = try context.transaction.assignments(of: change.user, in: organization.id)
        let current = try current(of: change.user, among: held, organization: organization)
        try AssignmentRelease(context: context, day: site.day).check(current)
        let location = try location(change.locationID ?? current.locationID, of: organization.id)
        let draft = AssignmentDraft(
            organizationID: organization.id,
            user: change.user,
            product: current.product,
            holding: try holding(change, current: current, sharing: Sharing(location)),
            locationID: location.id,
            country: location.country,
            purpose: current.purpose,
            source: nil,
            from: site.day,
            sharing: Sharing(location)
        )
        if let other = held.first(where: { $0.id != current.id && $0.isInTheWay(of: draft) }) {
            throw AssignmentIntake.exists(other, draft: draft)
        }
        let former = try self.location(current.locationID, of: organization.id)
        return Planned(row: row, current: current, draft: draft, currentSharing: Sharing(former))
    }

    /// The user's licence of the programme that can be used either way.
    private func current(
        of user: UserPrincipalName,
        among held: [Assignment],
        organization: Organization
    ) throws -> Assignment {
        let switchable = held.filter { assignment in
            guard assignment.to == nil, assignment.source == nil, let product = assignment.product else { return false }
            return product != .intune && !programs.skus(of: product).isEmpty
        }
        guard let current = switchable.first(where: { $0.product == .officeSuite }) ?? switchable.first else {
            throw Refusal(
                .assignmentNotFound,
                rule: .r41,
                "\(user) has no programme licence in \(organization.id) to switch; assign one.",
                facts: ["userPrincipalName": user]
            )
        }
        return current
    }

    private mutating func holding(
        _ change: UserSwitch,
        current: Assignment,
        sharing: Sharing
    ) throws -> Assignment.Holding {
        switch change.destination {
        case .onPremises:
            guard current.holding != .onPremises else { throw Self.thereAlready(current) }
            return .onPremises
        case .cloud(let reference):
            let tenant = try tenant(reference, of: change.organizationID)
            if case .cloud(_, tenant.domain, _) = current.holding { throw Self.thereAlready(current) }
            let candidates = current.product.map { programs.skus(of: $0) } ?? []
            let present = try blocks(on: tenant.domain).filter { $0.source.isProgram && $0.sharing == sharing }
                .map(\.skuPartNumber)
            guard let sku = candidates.first(where: { present.contains($0) }) ?? candidates.first else {
                throw Refusal(.assignmentNotAllowed, rule: .r41, "\(current.sentence) cannot be used in the cloud.")
            }
            return .cloud(tenantID: tenant.id, tenantDomain: tenant.domain, skuPartNumber: sku)
        }
    }

    private static func thereAlready(_ current: Assignment) -> Refusal {
        Refusal(
            .assignmentExists,
            rule: .r41,
            "\(current.user) already has \(current.sentence), since \(current.from); there is nothing to switch.",
            facts: ["userPrincipalName": current.user]
        )
    }
}

// MARK: All rows together

extension SwitchBatch {
    private struct PoolKey: Hashable {
        let tenant: DomainName
        let pool: SeatPool
    }

    /// R32: those who take a seat where none is left in the end; of the rows that take one, the last.
    private func seatRefusals() throws -> [Refused] {
        var taking: [PoolKey: [Planned]] = [:]
        var leaving: [PoolKey: Int] = [:]
        for plan in planned {
            if let key = Self.pool(of: plan.draft.holding, plan.draft.sharing) { taking[key, default: []].append(plan) }
            if let key = Self.pool(of: plan.current.holding, plan.currentSharing) { leaving[key, default: 0] += 1 }
        }
        return try taking.flatMap { key, plans -> [Refused] in
            guard let organizationID = plans.first?.draft.organizationID, let site = organizations[organizationID],
                let tenant = tenants.values.first(where: { $0.domain == key.tenant })
            else { return [] }
            let capacity = SeatCapacity(
                tenant: tenant,
                pool: key.pool,
                organization: site.organization,
                from: site.day,
                blocks: try context.transaction.seatBlocks(on: key.tenant, of: nil),
                in: context
            )
            let overflow = try capacity.overflow(adding: plans.count, releasing: leaving[key] ?? 0)
            guard overflow > 0 else { return [] }
            let refusal = try capacity.refusal()
            return plans.suffix(overflow).map { Refused(row: $0.row, refusal: refusal) }
        }
    }

    private static func pool(of holding: Assignment.Holding, _ sharing: Sharing) -> PoolKey? {
        guard case .cloud(_, let tenant, let sku) = holding else { return nil }
        return PoolKey(tenant: tenant, pool: SeatPool(skuPartNumber: sku, source: sharing.seatSource))
    }

    private struct LineKey: Hashable {
        let organization: OrganizationID
        let product: ProductLine
        let sharing: Sharing
    }

    /// R02, R03, R05, R41: those who come into a country that has no room for all of them; of these, the last.
    private func entitlementRefusals() throws -> [Refused] {
        let counted = planned.filter { $0.draft.isCounted && $0.draft.product != nil }
        var changes: [LineKey: [CountryCode: Int]] = [:]
        for plan in counted {
            guard let product = plan.draft.product, plan.isMove else { continue }
            func key(_ sharing: Sharing) -> LineKey {
                LineKey(organization: plan.draft.organizationID, product: product, sharing: sharing)
            }
            changes[key(plan.draft.sharing), default: [:]][plan.draft.country, default: 0] += 1
            changes[key(plan.currentSharing), default: [:]][plan.current.country, default: 0] -= 1
        }
        return try changes.flatMap { key, deltas -> [Refused] in
            guard let site = organizations[key.organization] else { return [] }
            let outlook = try EntitlementOutlook(
                product: key.product,
                organization: site.organization,
                sharing: key.sharing,
                from: site.day,
                in: context
            )
            guard let shortfall = try outlook.shortfall(changes: deltas) else { return [] }
            let coming = counted.filter {
                $0.draft.product == key.product && $0.draft.organizationID == key.organization
                    && $0.draft.sharing == key.sharing && $0.draft.country == shortfall.use.country && $0.isMove
            }
            let refusal = try outlook.refusal(shortfall, kind: coming.first?.draft.holding.kind ?? .cloud)
            let overflow = max(1, shortfall.requested - shortfall.available)
            return coming.suffix(overflow).map { Refused(row: $0.row, refusal: refusal) }
        }
    }
}

// MARK: What several rows share

extension SwitchBatch {
    private mutating func known<Key: Hashable, Value>(
        _ cache: WritableKeyPath<SwitchBatch, [Key: Value]>,
        _ key: Key,
        _ read: () throws -> Value
    ) rethrows -> Value {
        if let known = self[keyPath: cache][key] { return known }
        let value = try read()
        self[keyPath: cache][key] = value
        return value
    }

    private mutating func site(of id: OrganizationID) throws -> Site {
        let (context, statedDay) = (context, statedDay)
        return try known(\.organizations, id) {
            do {
                let organization = try context.gate.organization(id, for: .cloud).subject
                return Site(organization: organization, day: try context.day(stated: statedDay, in: organization))
            } catch let denial as AccessDenial {
                throw denial.refusal
            }
        }
    }

    private mutating func location(_ id: LocationID, of organization: OrganizationID) throws -> Location {
        let transaction = context.transaction
        return try known(\.locations, LocationKey(organization: organization, location: id)) {
            try transaction.requireLocation(id, of: organization)
        }
    }

    private mutating func tenant(_ reference: TenantReference, of organization: OrganizationID) throws -> Tenant {
        if let known = tenants[reference], known.organizationID == organization { return known }
        let tenant = try context.transaction.requireTenant(reference, of: organization)
        tenants[reference] = tenant
        return tenant
    }

    private mutating func blocks(on tenant: DomainName) throws -> [SeatBlock] {
        let transaction = context.transaction
        return try known(\.blocks, tenant) { try transaction.seatBlocks(on: tenant, of: nil) }
    }
}
