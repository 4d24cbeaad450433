/// Renews an enrollment: its successor, with its grants and tokens, takes its place.
///
/// Once for an enrollment and its year: applied again it gives the same answer, and writes nothing.
public struct ApplyRenewal: RegistryCommand {
    public static let action = "renewal.apply"
    public static let summary = "Renew an enrollment, once for its year"

    let enrollment: EnrollmentID
    /// What is applied; nil plans it first, and applies that.
    var plan: RenewalPlan?
    /// When it happened; nil for the day that the plan states, or else today.
    var on: CalendarDate?
    /// Whether the placement is carried out too; nil for no.
    var redeem: Bool?
    /// The portal's tokens. Without them a renewal waits for their import, unless the enrollment's tokens are minted.
    var codes: [IssuedCode]?
    /// Whether the plan was made for this request, so that another one in its place is the same request.
    var isPlannedHere = false

    public var subjectOfRefusal: String { enrollment.value }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.code == .planStale }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> RenewalResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        let placing = RenewalPlacing(organization: organization, context: context)
        if let recorded = try transaction.renewal(of: enrollment.id) {
            try checkSame(recorded.applied)
            if let codes { try ArrivedTokens.receive(codes, for: recorded.applied, in: context) }
            return try placing.answer(recorded, redeems: redeem ?? false, on: on)
        }
        let day = try context.day(stated: on ?? plan?.on, in: organization)
        try RenewalTiming.check(enrollment, portal: organization.portals, on: day).get()
        try plan?.check(for: enrollment.id)
        guard var plan else {
            throw Refusal(
                .inputInvalid,
                "The renewal of \(enrollment.id) needs its plan: plan it, review the plan, and apply that.",
                facts: ["enrollmentId": enrollment.id, "field": "plan"]
            )
        }
        plan.placements = try plan.placements.map { placement in
            let tenant = try tenant(of: placement, organizationID: organization.id, in: transaction)
            return RenewalPlan.Placement(issue: placement.issue, tenantId: tenant.id, tenantDomain: tenant.domain)
        }
        if let paidOn = plan.paidOn { _ = try context.day(stated: paidOn, in: organization) }
        let situation = try transaction.renewalSituation(
            of: enrollment,
            organization: organization,
            programID: plan.program,
            day: day,
            paidOn: plan.paidOn,
            issued: codes?.map(\.issue) ?? plan.issue,
            together: Set(plan.together.map(\.enrollmentId))
        )
        let current = try RenewalPlanning.plan(situation, isDayStated: false, placedAs: plan) {
            context.isOverridden(.r12)
        }.get()
        try check(plan, against: current)
        try PlannedPlacements(plan: plan, situation: situation).check(transaction)
        let applied = try write(current, placements: plan.placements, situation: situation, in: context)
        return try placing.answer(
            RecordedRenewal(applied: applied, redemption: .notAskedFor),
            redeems: redeem ?? false,
            on: day
        )
    }

    /// A renewal in another programme than the recorded one is not the same renewal.
    private func checkSame(_ applied: AppliedRenewal) throws {
        guard let plan, plan.program != applied.answer.program else { return }
        throw stale(["\(enrollment) was renewed in \(applied.answer.program) as \(applied.answer.successorId)"])
    }

    /// Whether the registry still is as it was planned from, and nothing but the placements was edited.
    private func check(_ plan: RenewalPlan, against current: RenewalPlan) throws {
        guard plan.state == current.state, plan.facts == current.facts else {
            let changes = RenewalFact.changes(from: plan.facts, to: current.facts)
            throw stale(changes.isEmpty ? ["its state does not match its facts"] : changes)
        }
        // What was renewed since is where it is.
        let moved = RenewalFact.changes(
            from: RenewalFact.placements(plan.together),
            to: RenewalFact.placements(current.together)
        )
        guard moved.isEmpty else { throw stale(moved) }
        guard Set(plan.void) == Set(current.void), plan.nextYear == current.nextYear else {
            throw edited("its year or the tokens to void differ from the registry's")
        }
        let differences = IssuedTokens.differences(expected: plan.issue, given: current.issue)
        guard differences.isEmpty else { throw IssuedTokens.mismatch(differences, enrollmentID: enrollment) }
        if codes == nil, !current.differences.isEmpty {
            throw Refusal(
                .inputInvalid,
                "The plan is for the portal's own tokens of \(enrollment); give the file with their codes.",
                facts: ["enrollmentId": enrollment]
            )
        }
    }

    private func stale(_ changes: [String]) -> Refusal {
        Refusal(
            .planStale,
            rule: .r33,
            "The plan for \(enrollment) is stale: \(changes.prefix(5).joined(separator: "; "))"
                + "\(changes.count > 5 ? "; and \(changes.count - 5) more" : ""). Plan again, and review it.",
            facts: ["enrollmentId": enrollment, "changes": changes]
        )
    }

    private func edited(_ what: String) -> Refusal {
        Refusal(
            .inputInvalid,
            "The plan for \(enrollment) cannot be applied: \(what). Only its placements may be edited.",
            facts: ["enrollmentId": enrollment]
        )
    }
}

extension ApplyRenewal {
    private func write(
        _ plan: RenewalPlan,
        placements: [RenewalPlan.Placement],
        situation: RenewalSituation,
        in context: CommandContext
    ) throws -> AppliedRenewal {
        let transaction = context.transaction
        let closing = situation.enrollment
        let ending = Enrollment.Ending(
            kind: .renewed,
            on: RenewalTiming.endingDay(appliedOn: plan.day, closing: closing.year, next: plan.nextYear)
        )
        try transaction.checkEnding(of: closing.id, on: ending.on)
        let successor = closing.successor(
            try transaction.successorID(of: closing, next: plan.nextYear),
            in: situation.program,
            year: plan.nextYear,
            from: ending.on,
            recordedAt: context.now
        )
        let grants = situation.nextGrants
        try transaction.insert(successor, benefits: situation.program.grantedBenefits)
        // R33: applied before the year's end it leaves the tokens as they are, to be redeemed through the last day.
        let voidOn = RenewalTiming.voidDay(of: closing.year)
        let voided =
            plan.day < voidOn
            ? plan.void : try transaction.voidUnredeemedTokens(of: closing.id, on: voidOn, recordedAt: context.now)
        try transaction.end(closing.id, ending, recordedAt: context.now)
        // Who imports the portal's tokens has them after the renewal.
        let awaitsCodes = codes == nil && !closing.mintsTokens
        let issued = try issue(awaitsCodes ? [] : matched(plan.issue), to: successor, on: plan.day, in: context)
        try context.record(
            AddEnrollment.action,
            subject: successor.id.value,
            changes: successor.auditChanges(grants: grants, tokens: issued.map(\.tokenId))
        )
        let planned = self.plan?.issue ?? plan.issue
        let answer = try context.record(
            Self.action,
            RenewalResource(
                enrollmentId: closing.id,
                organizationId: closing.organizationID,
                successorId: successor.id,
                program: successor.programID,
                appliedOn: plan.day,
                nextYear: plan.nextYear,
                issued: issued,
                voided: voided,
                voidOn: voidOn,
                placements: placements.compactMap { placement in
                    placement.tenantDomain.map { domain in
                        RenewalResource.Placement(
                            tokenId: issued.isEmpty ? nil : issued[placement.issue].tokenId,
                            skuPartNumber: planned[placement.issue].skuPartNumber,
                            seats: planned[placement.issue].seats,
                            tenantId: placement.tenantId,
                            tenantDomain: domain
                        )
                    }
                },
                uncovered: plan.uncovered.reduce(0) { $0 + $1.users.count }
            ),
            subject: closing.id,
            adding: ["endedOn": ending.on, "paidOn": plan.paidOn, "state": plan.state]
        )
        let applied = AppliedRenewal(answer: answer, planned: planned, signUps: plan.signUps)
        try transaction.insert(applied, recordedAt: context.now)
        return applied
    }

    /// The tenant that a placement names by its id, by a domain, or by both.
    private func tenant(
        of placement: RenewalPlan.Placement,
        organizationID: OrganizationID,
        in transaction: any RegistryTransaction
    ) throws -> Tenant {
        let named = [placement.tenantId.map(TenantReference.id), placement.tenantDomain.map(TenantReference.domain)]
        let tenants = try named.compactMap { reference in
            try reference.map { try transaction.requireTenant($0, of: organizationID) }
        }
        guard let tenant = tenants.first, tenants.allSatisfy({ $0.domain == tenant.domain }) else {
            throw edited("the tenantId and the tenantDomain of a placement are those of two tenants")
        }
        return tenant
    }

    /// Each token that is planned with the code that the portal gave for one like it.
    private func matched(_ issue: [RenewalPlan.Issue]) -> [(RenewalPlan.Issue, ActivationCode?)] {
        // The plan's order decides, so that its placements hold.
        let order = plan?.issue ?? issue
        guard let codes else { return order.map { ($0, nil) } }
        var stacks = Dictionary(grouping: codes, by: \.issue).mapValues { Array($0.reversed()) }
        return order.map { ($0, stacks[$0]?.popLast()?.code) }
    }

    private func issue(
        _ tokens: [(RenewalPlan.Issue, ActivationCode?)],
        to successor: Enrollment,
        on day: CalendarDate,
        in context: CommandContext
    ) throws -> [RenewalResource.Issued] {
        let mint = TokenMint(context: context)
        return try tokens.map { token, code in
            if let code { try mint.checkIsNoProductKey(code, of: successor.organizationID) }
            let id = try context.transaction.insert(
                TokenDraft(
                    enrollmentID: successor.id,
                    skuPartNumber: token.skuPartNumber,
                    seats: token.seats,
                    code: try code.map { try context.seal($0) } ?? mint.newCode(),
                    issuedOn: day,
                    recordedAt: context.now,
                    origin: code == nil ? .minted : .imported
                )
            )
            return RenewalResource.Issued(tokenId: id, skuPartNumber: token.skuPartNumber, seats: token.seats)
        }
    }
}

extension ApplyRenewal {
    private enum CodingKeys: CodingKey {
        case enrollment, plan, on, redeem, codes
    }

    /// What was asked: a plan that was made for the request is no part of it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(enrollment, forKey: .enrollment)
        if !isPlannedHere { try container.encode(plan, forKey: .plan) }
        try container.encodeIfPresent(on, forKey: .on)
        try container.encodeIfPresent(redeem, forKey: .redeem)
        try container.encodeIfPresent(codes, forKey: .codes)
    }

    /// Plans first what has no plan. Such a plan can be stale at once, when something else is written meanwhile.
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Performed<RenewalResource>> {
        .severalSteps { try await output(of: service, as: caller, options: options) }
    }

    private func output(
        of service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Performed<RenewalResource> {
        var attempts = 1
        while true {
            do {
                var planned = self
                if plan == nil {
                    planned.isPlannedHere = true
                    planned.plan = try await madePlan(of: service, as: caller, options: options)
                }
                return Performed(
                    try await service.perform(planned, as: caller, options: options),
                    isDryRun: options.isDryRun
                )
            } catch let refusal as Refusal where refusal.code == .planStale && plan == nil && attempts < 5 {
                attempts += 1
            }
        }
    }

    /// Nil for an enrollment that has an ending: only what was applied can be asked for.
    private func madePlan(
        of service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> RenewalPlan? {
        let useCase = PlanRenewal(
            enrollment: enrollment,
            on: on,
            issued: codes?.map(\.issue),
            isIssueTaken: options.overrides.contains(.r12)
        )
        do {
            return try await service.answer(useCase, as: caller, requestID: options.requestID)
        } catch let refusal as Refusal where refusal.code == .enrollmentEnded {
            return nil
        }
    }
}
