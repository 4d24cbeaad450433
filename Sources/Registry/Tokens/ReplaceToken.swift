/// R46: replaces a token that was redeemed on the wrong tenant, or with the wrong intent.
///
/// What the original gave ends that day. The replacement belongs to the same enrollment, and is worth the same.
public struct ReplaceToken: RegistryCommand {
    public static let action = "token.replace"
    public static let summary = "Replace a token that was redeemed wrongly"

    let token: TokenID
    /// The replacement's code, as the support gave it.
    let code: ActivationCode
    /// When it happened; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { token.description }

    /// R46: that a replacement was refused is a ledger row.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .cloud)
    }

    public func run(on token: Token, in context: CommandContext) throws -> ReplacementResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(token.organizationID)
        let enrollment = try transaction.requireEnrollment(token.enrollmentID)
        let day = try context.day(stated: on, in: organization)
        try Replacement.check(
            Replacement.Original(
                token: token.id.description,
                activatedOn: token.fate.redemption?.on,
                replacedBy: replacement(of: token)?.description,
                replaces: token.replaces?.description
            ),
            on: day
        ).get()
        guard let redemption = token.fate.redemption else {
            throw Refusal(.replacementNotAllowed, rule: .r46, "Token \(token.id) is not redeemed.")
        }
        try checkUseful(token, enrollment, on: day)
        try TokenMint(context: context).checkIsNoProductKey(code, of: enrollment.organizationID)
        let block = try transaction.seatBlocks(on: redemption.tenantDomain, of: token.skuPartNumber)
            .first { $0.source.tokenID == token.id }
        if let block { try transaction.end(block.id, on: day, recordedAt: context.now) }
        let replacement = try transaction.insert(
            TokenDraft(
                enrollmentID: enrollment.id,
                skuPartNumber: token.skuPartNumber,
                seats: token.seats,
                code: context.seal(code),
                issuedOn: day,
                recordedAt: context.now,
                origin: .imported,
                replaces: token.id
            )
        )
        try transaction.replace(token.id, by: replacement, on: day, recordedAt: context.now)
        let answer = ReplacementResource(
            tokenId: token.id,
            organizationId: organization.id,
            replacementId: replacement,
            enrollmentId: enrollment.id,
            skuPartNumber: token.skuPartNumber,
            seats: token.seats,
            replacedOn: day,
            tenantId: redemption.tenantID,
            tenantDomain: redemption.tenantDomain,
            seatBlockId: block?.id,
            redeemableThrough: enrollment.tokensRedeemableThrough,
            warnings: try warnings(token, on: redemption, organization: organization, day: day, in: context)
        )
        return try context.record(Self.action, answer, subject: token.id)
    }

    private func replacement(of token: Token) -> TokenID? {
        if case .replaced(_, let replacement, _) = token.fate { replacement } else { nil }
    }

    /// R33: a replacement that nobody could redeem any more would only end the original's seats.
    private func checkUseful(_ token: Token, _ enrollment: Enrollment, on day: CalendarDate) throws {
        let lastDay = enrollment.tokensRedeemableThrough
        guard day > lastDay else { return }
        throw Refusal(
            .replacementNotAllowed,
            rule: .r33,
            "Token \(token.id) belongs to \(enrollment.id), whose tokens could be redeemed through \(lastDay): its "
                + "replacement would be void, and the seats lost. The renewal brings new tokens.",
            facts: ["token": token.id, "redeemableThrough": lastDay]
        )
    }

    /// R32: who is left on the tenant without a licensed seat.
    private func warnings(
        _ token: Token,
        on redemption: RedemptionSummary,
        organization: Organization,
        day: CalendarDate,
        in context: CommandContext
    ) throws -> [Warning] {
        var warnings: [Warning] = []
        if let warning = code.alphabetWarning { warnings.append(warning) }
        let tenant = try context.transaction.requireTenant(.domain(redemption.tenantDomain), of: organization.id)
        let holding = try context.transaction.seatHoldings(on: tenant, organization: organization, day: day).first {
            $0.blocks.contains { $0.block.source.tokenID == token.id }
        }
        if let holding, holding.summary.unlicensedUnits > 0 {
            let users = holding.summary.unlicensedUnits
            warnings.append(
                Warning(
                    code: "seats.unlicensed",
                    rule: .r32,
                    detail:
                        "\(users) \(users == 1 ? "user is" : "users are") left on \(tenant.domain) without a licensed "
                        + "seat of \(token.skuPartNumber). Assign them elsewhere, or redeem another token there."
                )
            )
        }
        return warnings
    }
}

/// What a replacement changed.
public struct ReplacementResource: Hashable, Sendable, Codable, RecordedAnswer {
    public let tokenId: TokenID
    public let organizationId: OrganizationID
    public let replacementId: TokenID
    public let enrollmentId: EnrollmentID
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    /// The first day without what the original gave.
    public let replacedOn: CalendarDate
    /// The original's tenant.
    @Nullable public var tenantId: TenantID?
    public let tenantDomain: DomainName
    /// The seats that ended; null when the original had extended others.
    @Nullable public var seatBlockId: SeatBlockID?
    /// R33: the last day on which the replacement can be redeemed.
    public let redeemableThrough: CalendarDate
    public internal(set) var auditSequence: Int64 = 0
    public let warnings: [Warning]
}
