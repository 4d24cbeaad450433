/// Whether what an enrollment carries allows it to be corrected.
struct EnrollmentCorrection {
    let enrollment: Enrollment
    let organization: Organization
    let context: CommandContext

    /// R33: another year, and the rights of what was redeemed of it. Nothing that happened may lie outside it.
    func yearRows(_ year: ProgramYear) throws -> [(CorrectableRow, [FieldChange])] {
        let transaction = context.transaction
        if let ending = enrollment.ending, ending.kind == .renewed || ending.kind == .upgraded {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) was \(ending.kind.rawValue) on \(ending.on): its successor's year follows "
                    + "on its own, so its start cannot be corrected.",
                facts: ["enrollmentId": enrollment.id]
            )
        }
        if let predecessor = enrollment.predecessor {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) renews \(predecessor): its year follows from that one's.",
                facts: ["enrollmentId": enrollment.id, "predecessor": predecessor]
            )
        }
        if let first = try transaction.firstFact(carriedBy: enrollment.id), first.on < year.startsOn {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) cannot begin on \(year.startsOn): \(first.what) on \(first.on), through it.",
                rule: .r33,
                facts: ["enrollmentId": enrollment.id, "latest": first.on]
            )
        }
        if let last = try transaction.latestFact(carriedBy: enrollment.id), last.on > year.endsOn {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) cannot end on \(year.endsOn): \(last.what) on \(last.on), through it.",
                rule: .r33,
                facts: ["enrollmentId": enrollment.id, "earliest": last.on]
            )
        }
        if let ending = enrollment.ending, ending.on < year.startsOn {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) \(ending.kind.rawValue) on \(ending.on), before \(year.startsOn). Take its "
                    + "ending back first.",
                facts: ["enrollmentId": enrollment.id]
            )
        }
        return try YearCorrection(organization: organization, context: context).changes(of: enrollment, to: year)
    }

    /// R03, R11, R44.
    func checkLocation(_ location: Location, startsOn: CalendarDate) throws {
        let transaction = context.transaction
        try EnrollmentEligibility(
            program: transaction.requireProgram(enrollment.programID),
            location: location,
            organization: organization,
            startsOn: startsOn,
            held: transaction.enrollments(of: organization.id).filter { $0.id != enrollment.id }
        ).check()
        let present = try transaction.requireLocation(enrollment.locationID, of: organization.id)
        let isRedeemed = try !transaction.seatBlocks(of: enrollment.id).isEmpty
        guard isRedeemed, Sharing(present) != Sharing(location) else { return }
        throw Refusal.uncorrectable(
            "The seats of \(enrollment.id) are shared as \(present.id) shares, which \(location.id) does not; they were "
                + "redeemed already.",
            rule: .r03,
            facts: ["enrollmentId": enrollment.id, "locationId": location.id]
        )
    }

    /// R12, R25, R26, R44: the tokens that are there have to be of the programme, and no activation was counted by another.
    func checkProgram(_ program: Program) throws {
        let transaction = context.transaction
        try EnrollmentEligibility(
            program: program,
            location: transaction.requireLocation(enrollment.locationID, of: organization.id),
            organization: organization,
            startsOn: enrollment.year.startsOn,
            held: transaction.enrollments(of: organization.id).filter { $0.id != enrollment.id }
        ).check()
        if enrollment.predecessor != nil || enrollment.ending?.kind == .renewed || enrollment.ending?.kind == .upgraded
        {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) is one of a chain of renewals, which are all of one programme.",
                facts: ["enrollmentId": enrollment.id]
            )
        }
        try checkSeats(program)
        var issued = IssuedSeats(
            benefits: program.grantedBenefits,
            granted: Dictionary(
                program.grantedBenefits.map { ($0.product, $0.quantity) },
                uniquingKeysWith: { first, _ in first }
            )
        )
        for (sku, seats) in try transaction.tokenSeats(of: enrollment.id, asOf: nil) {
            if case .failure(let excess) = issued.check(seats, of: sku) {
                throw Refusal.uncorrectable(
                    "\(enrollment.id) has tokens that \(program.id) does not bring: "
                        + "\(excess.sentence(seats: seats, enrollment: enrollment.id)) Void the unredeemed ones first "
                        + "(tokenctl correct token).",
                    rule: excess.rule,
                    facts: ["enrollmentId": enrollment.id, "program": program.id]
                )
            }
            issued.add(seats, of: sku)
        }
        if let last = try transaction.firstKeyUse(of: enrollment.id) {
            throw Refusal.uncorrectable(
                "A product key of \(enrollment.id) was used on \(last), and what an activation consumes depends on the "
                    + "programme. Take the activations back first (tokenctl correct key).",
                rule: .r25,
                facts: ["enrollmentId": enrollment.id]
            )
        }
    }

    /// R36, R54, R55: what was activated without a token, and how long seats last, follows from the programme.
    private func checkSeats(_ program: Program) throws {
        let blocks = try context.transaction.seatBlocks(of: enrollment.id)
        let isAlike =
            program.traits.adding == enrollment.traits.adding
            && program.traits.serviceEnd == enrollment.traits.serviceEnd
            && program.traits.redemption == enrollment.traits.redemption
        guard let block = blocks.first(where: { $0.source.tokenID == nil || !isAlike }) else { return }
        throw Refusal.uncorrectable(
            "\(block.seats) seats of \(block.skuPartNumber) on \(block.tenantDomain) were activated through \(enrollment.id), "
                + "as its programme says; another one would have made others.",
            rule: .r54,
            facts: ["enrollmentId": enrollment.id, "seatBlockId": block.id]
        )
    }
}

extension Enrollment {
    /// R55: where the ends of all seats are merged, a redemption that was made cannot be told apart from those before it.
    /// - Throws: `Refusal` with `correction.not-possible`.
    func checkSeparateEnds(of token: TokenID) throws(Refusal) {
        guard traits.adding == .mergedEnds else { return }
        throw Refusal.uncorrectable(
            "Token \(token) is redeemed, and its edition merges the ends of all seats on a tenant: they follow from what was "
                + "there on that day, so the record of it cannot be corrected.",
            rule: .r55,
            facts: ["tokenId": token, "enrollmentId": id]
        )
    }
}
