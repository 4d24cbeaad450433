/// Redeems a token on a tenant: the main job. The seats that it makes stay there for ever (R31).
///
/// The token is named by its code or by its id.
public struct RedeemToken: RegistryCommand {
    public static let action = "token.redeem"
    public static let summary = "Record that a token is redeemed on a tenant; nothing happens at Microsoft"
    public static let alternatives = ["code", "token"]

    var code: ActivationCode?
    var token: TokenID?
    let tenant: TenantReference
    /// When it happened; nil for today.
    var on: CalendarDate?
    /// Nil for `add`.
    var intent: RedemptionIntent?

    public var subjectOfRefusal: String { (token?.description) ?? tenant.description }

    /// Every refused redemption is recorded, whatever refused it, but for what does not name a token.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.code != .inputInvalid }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> RedemptionResource {
        let transaction = context.transaction
        let token = try findToken(for: tenant, in: context)
        let organization = try transaction.requireOrganization(token.organizationID)
        let enrollment = try transaction.requireEnrollment(token.enrollmentID)
        let day = try context.day(stated: on, in: organization)
        let intent = intent ?? .add
        // Adding looks at what is there already only where the ends are merged (R55), or somebody asks before choosing; else
        // it costs the same on a tenant with years of blocks.
        let isPlain = intent == .add && enrollment.traits.adding == .separateEnds && !context.options.isDryRun
        let blocks = isPlain ? [] : try transaction.seatBlocks(on: tenant.domain, of: token.skuPartNumber)

        let decision = RedemptionDecision(
            token: token,
            tenant: tenant,
            organization: organization,
            enrollment: enrollment,
            day: day,
            intent: intent,
            overrides: context.options.overrides
        )
        try decision.check(seatsOnTenant: blocks)
        try decision.checkActivation(reading: transaction)
        try transaction.reservation(of: token, at: context.now)?.check(
            by: context.caller.principal,
            for: tenant.domain
        )
        let sku = try transaction.requireSKU(token.skuPartNumber)
        try transaction.checkSharing(
            adding: sku,
            isProgram: true,
            traits: enrollment.traits,
            label: "token \(token.id)",
            on: tenant,
            day: day
        )

        switch intent {
        case .add: return try addSeats(decision, blocks: blocks, in: context)
        case .extend: return try extendSeats(decision, blocks: blocks, in: context)
        }
    }

    /// R28: a code may be a product key's. A code that the caller may not know of is one that is not there.
    private func findToken(for tenant: Tenant, in context: CommandContext) throws -> Token {
        let transaction = context.transaction
        switch (token, code) {
        case (let id?, nil):
            guard let token = try transaction.token(id), try mayKnow(token, for: tenant, in: context) else {
                throw Refusal.tokenNotFound(id)
            }
            return token
        case (nil, let code?):
            let lookup = context.secrets.lookup(for: code)
            if let token = try transaction.token(withCode: lookup), try mayKnow(token, for: tenant, in: context) {
                return token
            }
            if let owner = try transaction.productKeyOwner(withCode: lookup), owner == tenant.organizationID {
                throw Refusal(
                    .tokenIsProductKey,
                    rule: .r28,
                    "The code ending in \(code.lastGroup) is a product key, not a token: it installs software and "
                        + "makes no seats.",
                    facts: ["maskedCode": code.masked]
                )
            }
            throw Refusal(
                .tokenNotFound,
                "The registry has no token with the code \(code.masked); import the portal's tokens, or check the code.",
                facts: ["maskedCode": code.masked]
            )
        default:
            throw Refusal(.inputInvalid, "Name the token either by its code or by its id.")
        }
    }

    private func mayKnow(_ token: Token, for tenant: Tenant, in context: CommandContext) throws -> Bool {
        try token.organizationID == tenant.organizationID || context.gate.holdsAnything(in: token.organizationID)
    }

    /// R31, R45, R47: all the token's seats, on this tenant, with both ends of their use.
    ///
    /// R55: in editions that merge them, the seats that are there get the same end.
    private func addSeats(
        _ decision: RedemptionDecision,
        blocks: [SeatBlock],
        in context: CommandContext
    ) throws -> RedemptionResource {
        let merged = decision.mergedEnd(with: blocks)
        let serviceEndsOn = merged?.endsOn ?? SeatBlockState.serviceEnd(redeemedOn: decision.day)
        let block = try context.transaction.insert(
            SeatBlockDraft(
                tenantDomain: decision.tenant.domain,
                skuPartNumber: decision.token.skuPartNumber,
                seats: decision.token.seats,
                source: .token(decision.token.id, enrollment: decision.enrollment.id),
                startsOn: decision.day,
                rightsEndOn: decision.enrollment.year.endsOn,
                serviceEndsOn: serviceEndsOn,
                recordedAt: context.now
            )
        )
        if merged != nil {
            for other in decision.extendedBlocks(blocks) {
                try context.transaction.extend(
                    other.id,
                    by: decision.token.id,
                    through: serviceEndsOn,
                    recordedAt: context.now
                )
            }
        }
        return try finish(
            decision,
            seatBlockID: block,
            serviceEndsOn: serviceEndsOn,
            outlook: context.options.isDryRun ? decision.outlook(on: blocks) : [],
            in: context
        )
    }

    /// R48: the number of seats stays, their service grows.
    private func extendSeats(
        _ decision: RedemptionDecision,
        blocks: [SeatBlock],
        in context: CommandContext
    ) throws -> RedemptionResource {
        let serviceExtension = try decision.serviceExtension(of: blocks)
        if decision.enrollment.traits.renewing == .add { _ = context.isOverridden(.r37) }
        var latest = decision.day
        for block in decision.extendedBlocks(blocks) {
            guard let end = block.serviceEndsOn.map(serviceExtension.serviceEnd) else { continue }
            try context.transaction.extend(block.id, by: decision.token.id, through: end, recordedAt: context.now)
            latest = max(latest, end)
        }
        return try finish(
            decision,
            seatBlockID: nil,
            serviceEndsOn: latest,
            outlook: context.options.isDryRun ? decision.outlook(on: blocks) : [],
            in: context
        )
    }

    private func finish(
        _ decision: RedemptionDecision,
        seatBlockID: SeatBlockID?,
        serviceEndsOn: CalendarDate,
        outlook: [Warning],
        in context: CommandContext
    ) throws -> RedemptionResource {
        let token = decision.token
        try context.transaction.insert(
            Redemption(
                tokenID: token.id,
                tenantDomain: decision.tenant.domain,
                intent: decision.intent,
                seatBlockID: seatBlockID,
                redeemedOn: decision.day,
                recordedAt: context.now
            )
        )
        let answer = RedemptionResource(
            tokenId: token.id,
            organizationId: token.organizationID,
            tenantId: decision.tenant.id,
            tenantDomain: decision.tenant.domain,
            skuPartNumber: token.skuPartNumber,
            seats: token.seats,
            intent: decision.intent,
            seatBlockId: seatBlockID,
            redeemedOn: decision.day,
            rightsEndOn: decision.enrollment.year.endsOn,
            serviceEndsOn: serviceEndsOn,
            warnings: (code?.alphabetWarning.map { [$0] } ?? []) + outlook
        )
        return try context.record(Self.action, answer, subject: token.id)
    }
}

/// What a redemption made.
public struct RedemptionResource: Hashable, Sendable, Codable, RecordedAnswer {
    public let tokenId: TokenID
    public let organizationId: OrganizationID
    @Nullable public var tenantId: TenantID?
    public let tenantDomain: DomainName
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    public let intent: RedemptionIntent
    /// The seats it made; null when it extended seats that were there.
    @Nullable public var seatBlockId: SeatBlockID?
    public let redeemedOn: CalendarDate
    public let rightsEndOn: CalendarDate
    public let serviceEndsOn: CalendarDate
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0
    public let warnings: [Warning]
}
