/// R29: reserves a token for somebody who carries its code to the portal.
///
/// What redeeming it there would be refused for, refuses this too. Reserved again by the same user, it is reserved anew.
public struct ReserveToken: RegistryCommand {
    public static let action = "token.reserve"
    public static let summary = "Reserve a token while its code is carried to the portal"

    let token: TokenID
    /// Where it is going to be redeemed.
    let tenant: TenantReference
    /// Nil for two hours.
    var `for`: ReservationTime?

    public var subjectOfRefusal: String { token.description }

    /// That two wanted the same token is worth a row.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.code == .tokenReserved }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .cloud)
    }

    public func run(on token: Token, in context: CommandContext) throws -> TokenReservationResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(token.organizationID)
        let tenant = try transaction.requireTenant(tenant, of: organization.id)
        let day = context.today(in: organization)
        let enrollment = try transaction.requireEnrollment(token.enrollmentID)
        let decision = RedemptionDecision(
            token: token,
            tenant: tenant,
            organization: organization,
            enrollment: enrollment,
            day: day,
            intent: .add,
            overrides: []
        )
        try decision.check(seatsOnTenant: [])
        try decision.checkActivation(reading: transaction)
        let sku = try transaction.requireSKU(token.skuPartNumber)
        try transaction.checkSharing(
            adding: sku,
            isProgram: true,
            traits: enrollment.traits,
            label: "token \(token.id)",
            on: tenant,
            day: day
        )

        if let earlier = try transaction.reservation(of: token, at: context.now) {
            try earlier.check(by: context.caller.principal)
            try transaction.release(earlier, by: context.caller.principal, at: context.now)
        }
        let end = context.now.adding(seconds: (self.for ?? .standard).seconds)
        try transaction.reserve(token.id, for: tenant.domain, by: context.caller.principal, at: context.now, until: end)
        let answer = TokenReservationResource(
            tokenId: token.id,
            organizationId: organization.id,
            tenantId: tenant.id,
            tenantDomain: tenant.domain,
            reservedBy: context.caller.principal.description,
            reservedUntil: end
        )
        return try context.record(Self.action, answer, subject: token.id)
    }
}

/// Whose a reserved token is, and until when.
public struct TokenReservationResource: Hashable, Sendable, Codable, RecordedAnswer {
    public let tokenId: TokenID
    public let organizationId: OrganizationID
    @Nullable public var tenantId: TenantID?
    /// Where it is going to be redeemed.
    public let tenantDomain: DomainName
    /// `user:NAME`.
    public let reservedBy: String
    /// From this instant on the reservation counts for nothing.
    public let reservedUntil: Instant
    public internal(set) var auditSequence: Int64 = 0
}
