/// Redeems a token on a tenant: the main job. The seats that it makes stay there for ever (R31).
public struct RedeemToken: RegistryCommand {
    public static let action = "token.redeem"

    public let token: TokenReference
    public let tenant: TenantReference
    /// When it happened; nil for today.
    public let on: CalendarDate?
    public let intent: RedemptionIntent

    public init(token: TokenReference, tenant: TenantReference, on: CalendarDate?, intent: RedemptionIntent) {
        self.token = token
        self.tenant = tenant
        self.on = on
        self.intent = intent
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let tokenID: TokenID
        public let organizationID: OrganizationID
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        public let intent: RedemptionIntent
        /// The seats it made; nil when it extended seats that were there.
        public let seatBlockID: SeatBlockID?
        public let redeemedOn: CalendarDate
        public let rightsEndOn: CalendarDate
        public let serviceEndsOn: CalendarDate
        /// The ledger's row.
        public let auditSequence: Int64
        public let warnings: [Warning]
    }

    public var subjectOfRefusal: String {
        switch token {
        case .id(let id): id.description
        case .code: tenant.description
        }
    }

    /// Every refused redemption is recorded, whatever refused it; what could not be read never gets here.
    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        let token = try findToken(for: tenant, in: context)
        let organization = try transaction.requireOrganization(token.organizationID)
        let enrollment = try transaction.requireEnrollment(token.enrollmentID)
        let day = try context.day(stated: on, in: organization)
        // Only extending looks at what is there already; adding costs the same on a tenant with years of blocks.
        let blocks = intent == .extend ? try transaction.seatBlocks(on: tenant.domain, of: token.skuPartNumber) : []

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
        let sku = try transaction.requireSKU(token.skuPartNumber)
        try transaction.checkSharing(
            adding: sku,
            isProgram: true,
            label: "token \(token.id)",
            on: tenant,
            day: day
        )

        switch intent {
        case .add: return try addSeats(decision, in: context)
        case .extend: return try extendSeats(decision, blocks: blocks, in: context)
        }
    }

    /// R28: a code may be a product key's. A code that the caller may not know of is one that is not there.
    private func findToken(for tenant: Tenant, in context: CommandContext) throws -> Token {
        let transaction = context.transaction
        switch token {
        case .id(let id):
            guard let token = try transaction.token(id), try mayKnow(token, for: tenant, in: context) else {
                throw Refusal.tokenNotFound(id)
            }
            return token
        case .code(let code):
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
                    facts: [.init("maskedCode", .text(code.masked))]
                )
            }
            throw Refusal(
                .tokenNotFound,
                "The registry has no token with the code \(code.masked); import the portal's tokens, or check the code.",
                facts: [.init("maskedCode", .text(code.masked))]
            )
        }
    }

    private func mayKnow(_ token: Token, for tenant: Tenant, in context: CommandContext) throws -> Bool {
        try token.organizationID == tenant.organizationID || context.gate.holdsAnything(in: token.organizationID)
    }

    /// R31, R45, R47: all the token's seats, on this tenant, with both ends of their use.
    private func addSeats(_ decision: RedemptionDecision, in context: CommandContext) throws -> Answer {
        let serviceEndsOn = SeatBlockState.serviceEnd(redeemedOn: decision.day)
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
        return try finish(decision, seatBlockID: block, serviceEndsOn: serviceEndsOn, in: context)
    }

    /// R48: the number of seats stays, their service grows.
    private func extendSeats(
        _ decision: RedemptionDecision,
        blocks: [SeatBlock],
        in context: CommandContext
    ) throws -> Answer {
        let serviceExtension = try decision.serviceExtension(of: blocks)
        _ = context.isOverridden(.r37)
        var latest = decision.day
        for block in decision.extendedBlocks(blocks) {
            guard let end = block.serviceEndsOn.map(serviceExtension.serviceEnd) else { continue }
            try context.transaction.extend(block.id, by: decision.token.id, through: end, recordedAt: context.now)
            latest = max(latest, end)
        }
        return try finish(decision, seatBlockID: nil, serviceEndsOn: latest, in: context)
    }

    private func finish(
        _ decision: RedemptionDecision,
        seatBlockID: SeatBlockID?,
        serviceEndsOn: CalendarDate,
        in context: CommandContext
    ) throws -> Answer {
        let token = decision.token
        try context.transaction.insert(
            Redemption(
                tokenID: token.id,
                tenantDomain: decision.tenant.domain,
                intent: intent,
                seatBlockID: seatBlockID,
                redeemedOn: decision.day,
                recordedAt: context.now
            )
        )
        let sequence = try context.record(
            Self.action,
            subject: token.id.description,
            changes: [
                "tenantId": .optional(decision.tenant.id),
                "tenantDomain": .text(decision.tenant.domain.value),
                "skuPartNumber": .text(token.skuPartNumber.description),
                "seats": .number(token.seats),
                "intent": .text(intent.rawValue),
                "seatBlockId": .optional(seatBlockID),
                "redeemedOn": .text(decision.day.description),
                "rightsEndOn": .text(decision.enrollment.year.endsOn.description),
                "serviceEndsOn": .text(serviceEndsOn.description),
            ]
        )
        var warnings: [Warning] = []
        if case .code(let code) = self.token, let warning = code.alphabetWarning { warnings.append(warning) }
        return Answer(
            tokenID: token.id,
            organizationID: token.organizationID,
            tenantID: decision.tenant.id,
            tenantDomain: decision.tenant.domain,
            skuPartNumber: token.skuPartNumber,
            seats: token.seats,
            intent: intent,
            seatBlockID: seatBlockID,
            redeemedOn: decision.day,
            rightsEndOn: decision.enrollment.year.endsOn,
            serviceEndsOn: serviceEndsOn,
            auditSequence: sequence,
            warnings: warnings
        )
    }
}

/// How a person names a token: by its id, or by its code.
public enum TokenReference: Hashable, Sendable, Encodable {
    case id(TokenID)
    case code(ActivationCode)

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .id(let id): try container.encode(id)
        case .code(let code): try container.encode(code)
        }
    }
}
