extension RegistryReading {
    /// What a renewal of `enrollment` on `day` is planned from.
    ///
    /// - Parameter programID: the programme of the next year; nil for the closing year's.
    /// - Throws: `Refusal` when the programme is not there, or the location may not be enrolled in it.
    func renewalSituation(
        of enrollment: Enrollment,
        organization: Organization,
        programID: ProgramID?,
        day: CalendarDate,
        paidOn: CalendarDate?,
        issued: [RenewalPlan.Issue]?
    ) throws -> RenewalSituation {
        let program = try requireProgram(programID ?? enrollment.programID)
        let others = try enrollments(of: organization.id).filter { $0.id != enrollment.id }
        try EnrollmentEligibility(
            program: program,
            location: requireLocation(enrollment.locationID, of: organization.id),
            organization: organization,
            startsOn: day,
            held: others
        ).check()
        let next = RenewalSituation.nextYear(
            enrollment,
            kind: program.kind,
            organization: organization,
            day: day,
            paidOn: paidOn
        )
        let firstDay = max(next.startsOn, day)
        let portal = organization.portal
        return RenewalSituation(
            organization: organization,
            enrollment: enrollment,
            program: program,
            closingGrants: try grants(of: enrollment.id),
            otherGrants: try others.filter { $0.isInForce(on: firstDay, portal: portal) }.flatMap {
                try grants(of: $0.id)
            },
            tokens: try tokens(
                TokenFilter(organizationID: organization.id, enrollmentID: enrollment.id, asOf: day),
                after: nil,
                limit: .max
            ),
            seats: try seatUses(
                closing: enrollment,
                staying: Set(
                    others.filter {
                        $0.isInForce(on: day, portal: portal) || $0.isInForce(on: firstDay, portal: portal)
                    }
                    .map(\.id)
                ),
                organization: organization,
                day: day,
                firstDay: firstDay,
                newSKUs: Set(program.grantedBenefits.compactMap { $0.tokens?.skuPartNumber })
            ),
            day: day,
            paidOn: paidOn,
            issued: issued
        )
    }

    func seatUses(
        closing: Enrollment,
        staying: Set<EnrollmentID>,
        organization: Organization,
        day: CalendarDate,
        firstDay: CalendarDate,
        newSKUs: Set<SKUPartNumber>
    ) throws -> [RenewalSituation.SeatUse] {
        var uses: [RenewalSituation.SeatUse] = []
        for tenant in try tenants(of: organization.id) {
            let blocks = try seatBlocks(on: tenant.domain, of: nil)
            let program = blocks.filter { $0.source.isProgram }
            // Who was assigned is to be carried on also where the seats were deleted since.
            for sku in Set(program.map(\.skuPartNumber)).sorted() {
                let mine = program.filter { $0.skuPartNumber == sku && $0.status(on: day) != .deleted }
                let closingBlocks = mine.filter { $0.source.enrollmentID == closing.id }
                let users = try latestUsers(
                    of: SeatPool(skuPartNumber: sku, source: SeatSource.programDescription),
                    on: tenant.domain,
                    asOf: day,
                    limit: .max
                )
                guard !closingBlocks.isEmpty || (newSKUs.contains(sku) && !users.isEmpty) else { continue }
                let stays = mine.filter { block in
                    block.status(on: firstDay) == .enabled
                        && block.source.enrollmentID.map(staying.contains) ?? false
                }
                uses.append(
                    RenewalSituation.SeatUse(
                        tenantID: tenant.id,
                        tenantDomain: tenant.domain,
                        skuPartNumber: sku,
                        users: users,
                        closingBlocks: closingBlocks,
                        stayingSeats: stays.reduce(0) { $0.clampedSum($1.seats) },
                        refusal: try sharingRefusal(of: sku, on: tenant, blocks: blocks, day: firstDay),
                        service: CloudService.allCases.first { $0.grantedWithoutTokens?.skuPartNumber == sku }
                    )
                )
            }
        }
        return uses.sorted { ($0.tenantDomain, $0.skuPartNumber) < ($1.tenantDomain, $1.skuPartNumber) }
    }

    /// R39: why a new token of `sku` could not be redeemed on the tenant.
    private func sharingRefusal(
        of sku: SKUPartNumber,
        on tenant: Tenant,
        blocks: [SeatBlock],
        day: CalendarDate
    ) throws -> String? {
        do {
            try checkSharing(
                adding: requireSKU(sku),
                isProgram: true,
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
