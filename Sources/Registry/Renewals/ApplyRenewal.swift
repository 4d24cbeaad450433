/// Renews an enrollment: its successor, with its grants and tokens, takes its place.
///
/// Once for an enrollment and its year: applied again it gives the same answer, and writes nothing.
public struct ApplyRenewal: RegistryCommand {
    public static let action = "renewal.apply"

    public let enrollmentID: EnrollmentID
    /// What is applied; nil only asks again for what a renewal that was applied gave.
    public let plan: RenewalPlan?
    /// Whether the plan was made for this request, so that another one in its place is the same request.
    public let isPlannedHere: Bool
    /// When it happened; nil for the day that the plan states, or else today.
    public let on: CalendarDate?
    /// Whether the placement is carried out too.
    public let redeems: Bool
    /// The portal's tokens. Without them a renewal waits for their import, unless the enrollment's tokens are minted.
    public let codes: [IssuedCode]?

    public init(
        enrollmentID: EnrollmentID,
        plan: RenewalPlan?,
        isPlannedHere: Bool = false,
        on day: CalendarDate? = nil,
        redeems: Bool,
        codes: [IssuedCode]? = nil
    ) {
        self.enrollmentID = enrollmentID
        self.plan = plan
        self.isPlannedHere = isPlannedHere
        self.on = day
        self.redeems = redeems
        self.codes = codes
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let applied: AppliedRenewal
        /// The tokens that are there, in the order of the plan or of their import.
        public let issued: [AppliedRenewal.Issued]
        /// Which token is for which tenant, as far as the tokens are there.
        public let placements: [AppliedRenewal.Placement]
        /// What the placement became; empty when it was not asked for, or awaits the next year or the portal's codes.
        public let carriedOut: CarriedOut
        /// R33: the first day on which the placement can be carried out, where it was asked for and has to wait.
        public let awaitsRedemptionFrom: CalendarDate?
        /// Whether tokens of the portal's are still to be imported.
        public let awaitsCodes: Bool
    }

    public var subjectOfRefusal: String { enrollmentID.value }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.code == .planStale }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        let placing = RenewalPlacing(organization: organization, context: context)
        if let recorded = try transaction.renewal(of: enrollment.id) {
            try checkSame(recorded.applied)
            if let codes { try ArrivedTokens.receive(codes, for: recorded.applied, in: context) }
            return try placing.answer(recorded, redeems: redeems, on: on)
        }
        let day = try context.day(stated: on ?? (plan?.isDayStated == true ? plan?.day : nil), in: organization)
        try RenewalTiming.check(enrollment, portal: organization.portal, on: day).get()
        guard var plan else {
            throw Refusal(
                .inputInvalid,
                "The renewal of \(enrollmentID) needs its plan: plan it, review the plan, and apply that.",
                facts: [.init("enrollmentId", .text(enrollmentID.value)), .init("field", .text("plan"))]
            )
        }
        plan.placements = try plan.placements.map { placement in
            let tenant = try tenant(of: placement, organizationID: organization.id, in: transaction)
            return RenewalPlan.Placement(issue: placement.issue, tenantID: tenant.id, tenantDomain: tenant.domain)
        }
        if let paidOn = plan.paidOn { _ = try context.day(stated: paidOn, in: organization) }
        let situation = try transaction.renewalSituation(
            of: enrollment,
            organization: organization,
            programID: plan.programID,
            day: day,
            paidOn: plan.paidOn,
            issued: codes?.map(\.issue) ?? plan.issue,
            together: Set(plan.together.map(\.enrollmentID))
        )
        let current = try RenewalPlanning.plan(situation, isDayStated: false, placedAs: plan) {
            context.isOverridden(.r12)
        }.get()
        try check(plan, against: current)
        try PlannedPlacements(plan, situation: situation).check(transaction)
        let applied = try write(current, placements: plan.placements, situation: situation, in: context)
        return try placing.answer(
            RecordedRenewal(applied: applied, redemption: .notAskedFor),
            redeems: redeems,
            on: day
        )
    }

    /// A renewal in another programme than the recorded one is not the same renewal.
    private func checkSame(_ applied: AppliedRenewal) throws {
        guard let plan, plan.programID != applied.programID else { return }
        throw stale(["\(enrollmentID) was renewed in \(applied.programID) as \(applied.successorID)"])
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
        guard differences.isEmpty else { throw IssuedTokens.mismatch(differences, enrollmentID: enrollmentID) }
        if codes == nil, !current.differences.isEmpty {
            throw Refusal(
                .inputInvalid,
                "The plan is for the portal's own tokens of \(enrollmentID); give the file with their codes.",
                facts: [.init("enrollmentId", .text(enrollmentID.value))]
            )
        }
    }

    private func stale(_ changes: [String]) -> Refusal {
        Refusal(
            .planStale,
            rule: .r33,
            "The plan for \(enrollmentID) is stale: \(changes.prefix(5).joined(separator: "; "))"
                + "\(changes.count > 5 ? "; and \(changes.count - 5) more" : ""). Plan again, and review it.",
            facts: [.init("enrollmentId", .text(enrollmentID.value)), .init("changes", .list(changes))]
        )
    }

    private func edited(_ what: String) -> Refusal {
        Refusal(
            .inputInvalid,
            "The plan for \(enrollmentID) cannot be applied: \(what). Only its placements may be edited.",
            facts: [.init("enrollmentId", .text(enrollmentID.value))]
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
        let successor = Enrollment(
            id: try transaction.successorID(of: closing, next: plan.nextYear),
            organizationID: closing.organizationID,
            locationID: closing.locationID,
            country: closing.country,
            programID: situation.program.id,
            programKind: situation.program.kind,
            competency: closing.competency,
            year: plan.nextYear,
            mintsTokens: closing.mintsTokens,
            predecessor: closing.id,
            predecessorEndedOn: ending.on,
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
            changes: successor.auditChanges(grants: grants, tokens: issued.map(\.tokenID))
        )
        let sequence = try context.record(
            Self.action,
            subject: closing.id.value,
            changes: [
                "successor": .text(successor.id.value),
                "program": .text(successor.programID.value),
                "on": .text(plan.day.description),
                "endedOn": .text(ending.on.description),
                "paidOn": .optional(plan.paidOn),
                "startsOn": .text(plan.nextYear.startsOn.description),
                "endsOn": .text(plan.nextYear.endsOn.description),
                "issued": .list(issued.map { .text($0.tokenID.description) }),
                "voided": .list(voided.map { .text($0.description) }),
                "voidOn": .text(voidOn.description),
                "uncovered": .number(plan.uncovered.reduce(0) { $0 + $1.users.count }),
                "state": .text(plan.state),
            ]
        )
        let applied = AppliedRenewal(
            enrollmentID: closing.id,
            organizationID: closing.organizationID,
            successorID: successor.id,
            programID: successor.programID,
            appliedOn: plan.day,
            nextYear: plan.nextYear,
            planned: self.plan?.issue ?? plan.issue,
            issued: issued,
            voided: voided,
            voidOn: voidOn,
            placements: try placements.map { placement in
                let tenant = try tenant(of: placement, organizationID: closing.organizationID, in: transaction)
                return AppliedRenewal.Placement(
                    issue: placement.issue,
                    tokenID: issued.isEmpty ? nil : issued[placement.issue].tokenID,
                    tenantID: tenant.id,
                    tenantDomain: tenant.domain
                )
            },
            signUps: plan.signUps,
            uncovered: plan.uncovered.reduce(0) { $0 + $1.users.count },
            auditSequence: sequence
        )
        try transaction.insert(applied, recordedAt: context.now)
        return applied
    }

    /// The tenant that a placement names by its id, by a domain, or by both.
    private func tenant(
        of placement: RenewalPlan.Placement,
        organizationID: OrganizationID,
        in transaction: any RegistryTransaction
    ) throws -> Tenant {
        let named = [placement.tenantID.map(TenantReference.id), placement.tenantDomain.map(TenantReference.domain)]
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
    ) throws -> [AppliedRenewal.Issued] {
        let mint = TokenMint(context: context)
        return try tokens.map { token, code in
            if let code { try mint.checkIsNoProductKey(code, of: successor.organizationID) }
            let id = try context.transaction.insert(
                TokenDraft(
                    enrollmentID: successor.id,
                    skuPartNumber: token.skuPartNumber,
                    seats: token.seats,
                    code: try code.map { try context.secrets.seal($0) } ?? mint.newCode(),
                    issuedOn: day,
                    recordedAt: context.now,
                    origin: code == nil ? .minted : .imported
                )
            )
            return AppliedRenewal.Issued(tokenID: id, skuPartNumber: token.skuPartNumber, seats: token.seats)
        }
    }
}

extension ApplyRenewal {
    private enum CodingKeys: String, CodingKey {
        case enrollmentID, plan, on, redeems, codes
    }

    /// What was asked: a plan that was made for the request is no part of it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(enrollmentID, forKey: .enrollmentID)
        if !isPlannedHere { try container.encode(plan, forKey: .plan) }
        try container.encodeIfPresent(on, forKey: .on)
        try container.encode(redeems, forKey: .redeems)
        try container.encodeIfPresent(codes, forKey: .codes)
    }
}
