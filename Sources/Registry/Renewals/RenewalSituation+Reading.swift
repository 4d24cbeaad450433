extension RegistryReading {
    /// What a renewal of `enrollment` on `day` is planned from.
    ///
    /// - Parameters:
    ///   - programID: the programme of the next year; nil for the closing year's.
    ///   - together: the enrollments that a plan was made together with; nil for those that are due together.
    /// - Throws: `Refusal` when the programme is not there, or the location may not be enrolled in it.
    func renewalSituation(
        of enrollment: Enrollment,
        organization: Organization,
        programID: ProgramID?,
        day: CalendarDate,
        paidOn: CalendarDate?,
        issued: [RenewalPlan.Issue]?,
        together: Set<EnrollmentID>? = nil
    ) throws -> RenewalSituation {
        let programID = programID ?? enrollment.programID
        let program = try requireProgram(
            programID,
            on: RenewalSituation.nextYear(
                enrollment,
                program: requireProgram(programID),
                organization: organization,
                day: day,
                paidOn: paidOn
            ).startsOn
        )
        let all = try enrollments(of: organization.id)
        let others = all.filter { $0.id != enrollment.id }
        let location = try requireLocation(enrollment.locationID, of: organization.id)
        try EnrollmentEligibility(
            program: program,
            location: location,
            organization: organization,
            startsOn: day,
            held: others
        ).check()
        let next = RenewalSituation.nextYear(
            enrollment,
            program: program,
            organization: organization,
            day: day,
            paidOn: paidOn
        )
        let firstDay = max(next.startsOn, day)
        let portal = organization.portals
        let history = try GrantHistory(of: organization, reading: self)
        let opensOn = RenewalWindow(of: enrollment.year, at: portal).opensOn
        let companions = try others.filter { other in
            together.map { $0.contains(other.id) } ?? other.isDue(on: max(day, opensOn), portal: portal)
        }
        .sorted { $0.id < $1.id }
        .map { try companion($0, among: all, history: history, day: day) }
        let companionIDs = Set(companions.map(\.enrollment.id))
        let renewed = others.filter { $0.predecessor.map(companionIDs.contains) ?? false }
        let newSKUs = Set(program.grantedBenefits.compactMap { $0.tokens?.skuPartNumber })
        return RenewalSituation(
            organization: organization,
            enrollment: enrollment,
            program: program,
            closingGrants: history.grants(of: enrollment, nearest: day),
            otherGrants: history.without(enrollment.id).grants(on: firstDay).filter { $0.sharing == Sharing(location) }
                .map(\.grant),
            nextGrants: try nextGrants(
                of: enrollment,
                in: program,
                year: next,
                at: location,
                history: history,
                on: firstDay
            ),
            tokens: try tokens(
                TokenFilter(organizationID: organization.id, enrollmentID: enrollment.id, asOf: day),
                after: nil,
                limit: .max
            ),
            seats: try seatUses(
                closing: enrollment,
                staying: others.filter { other in
                    !companionIDs.contains(other.id) && !renewed.contains(other)
                        && (other.isInForce(on: day, portal: portal) || other.isInForce(on: firstDay, portal: portal))
                },
                renewed: renewed,
                companions: companions,
                organization: organization,
                day: day,
                firstDay: firstDay,
                newSKUs: newSKUs,
                traits: program.traits
            ),
            scope: SeatScope(program.traits, at: location),
            together: companions,
            carried: try carried(by: companionIDs.union([enrollment.id]), in: organization),
            day: day,
            paidOn: paidOn,
            issued: issued
        )
    }

    /// R12, R33: what an enrollment's next year grants on its first day, in the enrollment's place.
    private func nextGrants(
        of enrollment: Enrollment,
        in program: Program,
        year: ProgramYear,
        at location: Location,
        history: GrantHistory,
        on firstDay: CalendarDate
    ) throws -> [Grant] {
        let successor = enrollment.successor(
            try successorID(of: enrollment, next: year),
            in: program,
            year: year,
            from: firstDay,
            recordedAt: enrollment.recordedAt
        )
        return history.adding(successor, benefits: program.grantedBenefits, sharing: Sharing(location))
            .without(enrollment.id)
            .grants(of: successor.id, on: firstDay)
    }

    /// The id of the enrollment that a renewal makes.
    /// - Throws: `Refusal` with `identifier.taken` when every one is.
    func successorID(of closing: Enrollment, next: ProgramYear) throws -> EnrollmentID {
        for id in SuccessorName.candidates(for: closing.id, closing: closing.year, next: next)
        where try enrollment(id) == nil { return id }
        throw identifierTaken("An enrollment", closing.id.value)
    }

    /// An enrollment that is due together with another one: what its renewal brings in its own programme, or what it
    /// brought.
    private func companion(
        _ enrollment: Enrollment,
        among all: [Enrollment],
        history: GrantHistory,
        day: CalendarDate
    ) throws -> RenewalSituation.Companion {
        let organization = history.organization
        let location = try requireLocation(enrollment.locationID, of: organization.id)
        func companion(
            _ program: Program,
            _ tokens: [RenewalPlan.Issue],
            placements: [RenewalPlan.Companion.Placement]? = nil
        ) -> RenewalSituation.Companion {
            RenewalSituation.Companion(
                enrollment: enrollment,
                scope: SeatScope(program.traits, at: location),
                programID: program.id,
                tokens: tokens,
                placements: placements
            )
        }
        if let applied = try renewal(of: enrollment.id)?.applied {
            let program = try requireProgram(applied.answer.program, on: applied.answer.nextYear.startsOn)
            return companion(program, applied.planned, placements: try placements(of: applied, in: organization))
        }
        let program = try requireProgram(enrollment.programID, on: enrollment.year.endsOn.adding(days: 1))
        guard enrollment.ending == nil else { return companion(program, []) }
        do {
            try EnrollmentEligibility(
                program: program,
                location: location,
                organization: organization,
                startsOn: day,
                held: all.filter { $0.id != enrollment.id }
            ).check()
        } catch let refusal as Refusal where !refusal.code.isEngineFault {
            return companion(program, [])
        }
        let next = RenewalSituation.nextYear(
            enrollment,
            program: program,
            organization: organization,
            day: day,
            paidOn: nil
        )
        let grants = try nextGrants(
            of: enrollment,
            in: program,
            year: next,
            at: location,
            history: history,
            on: max(next.startsOn, day)
        )
        return companion(program, RenewalPlanning.tokens(of: program, for: grants))
    }

    /// Where a renewal's tokens are, or are to be redeemed.
    private func placements(
        of applied: AppliedRenewal,
        in organization: Organization
    ) throws -> [RenewalPlan.Companion.Placement] {
        let planned = try plannedSeats(of: applied)
        let redeemed = try tenants(of: organization.id).flatMap { tenant in
            try seatBlocks(on: tenant.domain, of: nil)
                .filter {
                    $0.source.tokenID != nil && $0.source.enrollmentID == applied.answer.successorId
                        && $0.endedOn == nil
                }
                .map { block in
                    RenewalPlan.Companion.Placement(
                        skuPartNumber: block.skuPartNumber,
                        seats: block.seats,
                        tenantId: tenant.id,
                        tenantDomain: tenant.domain
                    )
                }
        }
        return planned + redeemed
    }

    /// The placements of a renewal that are not carried out.
    private func plannedSeats(of applied: AppliedRenewal) throws -> [RenewalPlan.Companion.Placement] {
        let arrived = try ArrivedTokens(for: applied, in: self)
        return try (arrived?.placements ?? applied.answer.placements).compactMap { placement in
            if let id = placement.tokenId {
                guard try requireToken(id).fate == .unredeemed else { return nil }
            } else if arrived?.isComplete ?? true {
                // The portal issued other sizes: no token is left for it.
                return nil
            }
            return RenewalPlan.Companion.Placement(
                skuPartNumber: placement.skuPartNumber,
                seats: placement.seats,
                tenantId: placement.tenantId,
                tenantDomain: placement.tenantDomain
            )
        }
    }

    /// The tenants on which enrollments ever had seats, those aside that a replacement ended (R46).
    private func carried(
        by enrollments: Set<EnrollmentID>,
        in organization: Organization
    ) throws -> [EnrollmentID: Set<DomainName>] {
        var carried: [EnrollmentID: Set<DomainName>] = [:]
        for tenant in try tenants(of: organization.id) {
            for block in try seatBlocks(on: tenant.domain, of: nil) where block.endedOn == nil {
                guard let id = block.source.enrollmentID, enrollments.contains(id) else { continue }
                carried[id, default: []].insert(tenant.domain)
            }
        }
        return carried
    }

    /// R09: the silver competency whose place an enrollment took, and whose seats go on in it.
    private func upgraded(to gold: Enrollment) throws -> [EnrollmentID] {
        try gold.predecessor.flatMap { try enrollment($0) }.flatMap { $0.ending?.kind == .upgraded ? [$0.id] : nil }
            ?? []
    }

    /// The programme's seats on each tenant, and who holds them.
    ///
    /// - Parameters:
    ///   - staying: the enrollments whose seats stay when `closing` is over.
    ///   - renewed: the next years of those that are due together and were renewed.
    ///   - newSKUs: what new tokens are for; of other SKUs, only what `closing` brought is of interest.
    func seatUses(
        closing: Enrollment,
        staying: [Enrollment],
        renewed: [Enrollment] = [],
        companions: [RenewalSituation.Companion] = [],
        organization: Organization,
        day: CalendarDate,
        firstDay: CalendarDate,
        newSKUs: Set<SKUPartNumber> = [],
        traits: ProgramTraits? = nil
    ) throws -> [RenewalSituation.SeatUse] {
        let places = Dictionary(
            uniqueKeysWithValues: try locations(of: organization.id).map { ($0.id, $0) }
        )
        let planned = try (staying + renewed).compactMap { enrollment in
            try enrollment.predecessor.flatMap { try renewal(of: $0) }.map {
                (enrollment, try plannedSeats(of: $0.applied))
            }
        }
        // What was left takes no tokens.
        let tenants = try tenants(of: organization.id).filter { !$0.isLeft(by: day) }
            .map { ($0, try seatBlocks(on: $0.domain, of: nil)) }
        let closingIDs = try [closing.id] + upgraded(to: closing)
        func isClosing(_ block: SeatBlock) -> Bool { block.source.enrollmentID.map(closingIDs.contains) ?? false }
        let closingSKUs = tenants.flatMap { $0.1 }.filter(isClosing).map(\.skuPartNumber)
        func scope(of enrollment: Enrollment) throws -> SeatScope {
            guard let location = places[enrollment.locationID] else {
                return SeatScope(sharing: .apart(enrollment.locationID), country: nil)
            }
            return SeatScope(enrollment.traits, at: location)
        }
        var uses: [RenewalSituation.SeatUse] = []
        for (tenant, blocks) in tenants {
            let program = blocks.filter { $0.source.isProgram }
            // Who was assigned is to be carried on also where the seats were deleted since.
            for sku in Set(program.map(\.skuPartNumber)).sorted() {
                let mine = program.filter { $0.skuPartNumber == sku && $0.status(on: day) != .deleted }
                let closingBlocks = mine.filter(isClosing)
                // R03: a location that shares nothing has its users in a pool of its own.
                let pools = Set(program.filter { $0.skuPartNumber == sku }.map(\.pool))
                let users = try pools.sorted { $0.source < $1.source }.flatMap { pool in
                    try latestUsers(of: pool, on: tenant.domain, asOf: day, limit: .max)
                }
                let isOfInterest = newSKUs.contains(sku) || (!newSKUs.isEmpty && closingSKUs.contains(sku))
                guard !closingBlocks.isEmpty || (isOfInterest && !users.isEmpty) else { continue }
                func seats(of enrollments: [Enrollment]) throws -> [SeatScope: Int] {
                    var seats: [SeatScope: Int] = [:]
                    for enrollment in enrollments {
                        let here = mine.filter {
                            $0.source.enrollmentID == enrollment.id && $0.status(on: firstDay) == .enabled
                        }
                        let later = planned.filter { $0.0.id == enrollment.id }.flatMap(\.1)
                            .filter { $0.tenantDomain == tenant.domain && $0.skuPartNumber == sku }
                        let number = (here.map(\.seats) + later.map(\.seats)).reduce(0) { $0.clampedSum($1) }
                        if number > 0 {
                            let scope = try scope(of: enrollment)
                            seats[scope] = seats[scope, default: 0].clampedSum(number)
                        }
                    }
                    return seats
                }
                let service = CloudService.allCases.first { $0.grantedWithoutTokens?.skuPartNumber == sku }
                uses.append(
                    RenewalSituation.SeatUse(
                        tenantID: tenant.id,
                        tenantDomain: tenant.domain,
                        skuPartNumber: sku,
                        holders: users.map { user in
                            RenewalSituation.Holder(
                                user: user.user,
                                place: SeatScope(
                                    sharing: places[user.locationID].map(Sharing.init) ?? .apart(user.locationID),
                                    country: user.country
                                )
                            )
                        },
                        closingBlocks: closingBlocks,
                        staying: try seats(of: staying),
                        renewed: try seats(of: renewed)
                            .adding(service == nil ? [:] : signUps(of: companions, among: mine)),
                        refusal: try sharingRefusal(of: sku, traits: traits, on: tenant, blocks: blocks, day: firstDay),
                        service: service
                    )
                )
            }
        }
        return uses.sorted { ($0.tenantDomain, $0.skuPartNumber) < ($1.tenantDomain, $1.skuPartNumber) }
    }

    /// R36: the seats of a service without tokens that go on when enrollments due together are renewed, as they were.
    private func signUps(
        of companions: [RenewalSituation.Companion],
        among blocks: [SeatBlock]
    ) -> [SeatScope: Int] {
        var seats: [SeatScope: Int] = [:]
        for companion in companions where companion.enrollment.ending == nil {
            for block in blocks where block.source == .enrollment(companion.enrollment.id) {
                seats[companion.scope] = seats[companion.scope, default: 0].clampedSum(block.seats)
            }
        }
        return seats
    }

    /// R39: why a new token of `sku` could not be redeemed on the tenant; nil where it could.
    func sharingRefusal(
        of sku: SKUPartNumber,
        traits: ProgramTraits?,
        on tenant: Tenant,
        blocks: [SeatBlock],
        day: CalendarDate
    ) throws -> String? {
        do {
            try checkSharing(
                adding: requireSKU(sku),
                isProgram: true,
                traits: traits,
                label: "a new token",
                on: tenant,
                blocks: blocks,
                day: day
            )
            return nil
        } catch let refusal as Refusal where !refusal.code.isEngineFault {
            return refusal.detail
        }
    }
}

extension Enrollment {
    /// Whether its renewal belongs to `day`: its window is open then, and it was renewed or has no ending.
    fileprivate func isDue(on day: CalendarDate, portal: PortalHistory) -> Bool {
        guard ending == nil || ending?.kind == .renewed else { return false }
        return RenewalWindow(of: year, at: portal).phase(on: day) == .open
    }
}
