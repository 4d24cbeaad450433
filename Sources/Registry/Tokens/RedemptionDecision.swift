/// What the rules say of a redemption, from values alone.
public struct RedemptionDecision: Sendable {
    public let token: Token
    public let tenant: Tenant
    public let organization: Organization
    public let enrollment: Enrollment
    /// The day of the redemption.
    public let day: CalendarDate
    public let intent: RedemptionIntent
    public let overrides: Set<OverridableRule>

    public init(
        token: Token,
        tenant: Tenant,
        organization: Organization,
        enrollment: Enrollment,
        day: CalendarDate,
        intent: RedemptionIntent,
        overrides: Set<OverridableRule>
    ) {
        self.token = token
        self.tenant = tenant
        self.organization = organization
        self.enrollment = enrollment
        self.day = day
        self.intent = intent
        self.overrides = overrides
    }

    /// Every rule but R39, in the order in which a person would want to know.
    /// - Throws: `Refusal`.
    public func check(seatsOnTenant blocks: [SeatBlock]) throws {
        try checkFirstUse()
        try checkOwner()
        try checkDates()
        try checkIntent(blocks)
    }

    /// R29: a token is redeemed at most once, for ever. R46: a replaced one is not redeemed again either.
    func checkFirstUse() throws {
        guard let redemption = token.fate.redemption else { return }
        let isReplaced = if case .replaced = token.fate { true } else { false }
        throw Refusal(
            .tokenAlreadyRedeemed,
            rule: .r29,
            "Token \(token.id) (\(token.maskedCode)) was redeemed on \(redemption.on) for \(redemption.tenantDomain)"
                + "\(isReplaced ? " and replaced afterwards" : ""); a token can be redeemed once.",
            facts: facts + [
                "redeemedOn": redemption.on, "tenantId": redemption.tenantID, "tenantDomain": redemption.tenantDomain,
            ]
        )
    }

    /// R30: an organisation redeems its own tokens, on its own tenants.
    func checkOwner() throws {
        guard token.organizationID == tenant.organizationID else {
            throw Refusal(
                .tokenOtherOrganization,
                rule: .r30,
                "Token \(token.id) belongs to \(token.organizationID), and the tenant \(tenant.domain) does not; "
                    + "redeem it on a tenant of its own organisation.",
                facts: facts
            )
        }
    }

    /// R33: through the last day of the programme year. Nothing is recorded before what it depends on.
    func checkDates() throws {
        try tenant.checkNotLeft(by: day)
        if case .void(let voidedOn) = token.fate {
            throw void("was voided on \(voidedOn)")
        }
        guard day <= token.redeemableThrough else {
            throw void("could be redeemed through \(token.redeemableThrough)")
        }
        let dependencies = [
            (enrollment.year.startsOn, "the enrollment \(enrollment.id) began on \(enrollment.year.startsOn)"),
            (tenant.signedUpOn, "the tenant \(tenant.domain) was signed up on \(tenant.signedUpOn)"),
            (token.issuedOn, "the token was issued on \(token.issuedOn)"),
        ]
        if let (earliest, dependency) = dependencies.max(by: { $0.0 < $1.0 }), day < earliest {
            throw Refusal(
                .dateTooEarly,
                "Token \(token.id) cannot have been redeemed on \(day): \(dependency). Give a day from \(earliest) on.",
                facts: facts + ["earliest": earliest]
            )
        }
    }

    /// R37: the choice is to add seats; extending is refused with what it would have done, unless overridden by name, or
    /// the enrollment's edition renews by it (R56).
    func checkIntent(_ blocks: [SeatBlock]) throws {
        guard intent == .extend else { return }
        _ = try serviceExtension(of: blocks)
    }

    /// R37, R48: what extending would do.
    /// - Throws: `Refusal`.
    public func serviceExtension(of blocks: [SeatBlock]) throws -> Extension {
        try Extension.decide(
            activeSeats: activeSeats(blocks),
            keySeats: token.seats,
            serviceEndsOn: extendedBlocks(blocks).compactMap(\.serviceEndsOn).max(),
            // R56: in later editions extending is the way to renew.
            isOverridden: overrides.contains(.r37) || enrollment.traits.renewing == .extend
        ).get()
    }

    /// R55: what adding does to the ends of the seats that are there; nil where each keeps its own.
    public func mergedEnd(with blocks: [SeatBlock]) -> MergedEnd? {
        let active = extendedBlocks(blocks).compactMap { block in
            block.serviceEndsOn.map { (seats: block.seats, serviceEndsOn: $0) }
        }
        guard enrollment.traits.adding == .mergedEnds, !active.isEmpty else { return nil }
        return .of(adding: token.seats, to: active, on: day)
    }

    /// R37, R47, R48, R55, R56: what either choice would do to the seats that are there, for who has not chosen yet.
    public func outlook(on blocks: [SeatBlock]) -> [Warning] {
        let ends = SeatBlockState.serviceEnd(redeemedOn: day)
        let adding =
            mergedEnd(with: blocks).map { Warning(code: "redemption.adding", rule: .r55, detail: $0.sentence) }
            ?? Warning(
                code: "redemption.adding",
                rule: .r47,
                detail: "Adding gives \(token.seats) seats a service of their own, through \(ends) (R47); "
                    + "\(activeSeats(blocks)) active seats keep their ends."
            )
        let isChoice = enrollment.traits.renewing == .extend
        let advice =
            isChoice
            ? "It is the way to renew in the edition \(enrollment.edition?.value ?? "of the enrollment") (R56)."
            : "The programme of the enrollment's edition adds (R37)."
        switch Extension.of(activeSeats: activeSeats(blocks), byKeySeats: token.seats) {
        case .success(let outcome):
            let end = extendedBlocks(blocks).compactMap(\.serviceEndsOn).max()
            return [
                adding,
                Warning(
                    code: "redemption.extending",
                    rule: isChoice ? .r56 : .r37,
                    detail: "\(outcome.prospect(serviceEndsOn: end)) \(advice)"
                ),
            ]
        case .failure(let refusal):
            return [
                adding,
                Warning(
                    code: "redemption.extending",
                    rule: .r48,
                    detail: "Extending is not possible: \(refusal.detail)"
                ),
            ]
        }
    }

    /// The token's SKU's seats on the tenant that are in service on the day.
    public func activeSeats(_ blocks: [SeatBlock]) -> Int {
        extendedBlocks(blocks).reduce(0) { $0 + $1.seats }
    }

    /// The blocks that an extension would lengthen.
    public func extendedBlocks(_ blocks: [SeatBlock]) -> [SeatBlock] {
        blocks.filter {
            $0.source.isProgram && $0.skuPartNumber == token.skuPartNumber && $0.startsOn <= day
                && $0.status(on: day) == .enabled
        }
    }

    private var facts: Refusal.Facts {
        ["subject": token.id, "tokenId": token.id]
    }

    private func void(_ reason: String) -> Refusal {
        Refusal(
            .tokenVoid,
            rule: .r33,
            "Token \(token.id) is void: it \(reason). Each renewal issues a new set of tokens.",
            facts: facts + ["redeemableThrough": token.redeemableThrough]
        )
    }
}
