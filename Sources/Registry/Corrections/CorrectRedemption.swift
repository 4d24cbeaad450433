/// R31: corrects the record of a redemption that was done rightly at the portal and recorded wrongly.
///
/// No seats move: the entry stays in the ledger, and this one says what the portal shows.
public struct CorrectRedemption: RegistryCommand {
    public static let action = "redemption.correct"
    public static let summary = "Correct the record of a redemption; no seats move"

    let token: TokenID
    /// Where the portal shows the seats.
    var tenant: TenantReference?
    /// When the portal shows that they were activated.
    var redeemedOn: CalendarDate?
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { token.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .administrator)
    }

    public func run(on token: Token, in context: CommandContext) throws -> CorrectionResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(token.organizationID)
        guard case .redeemed(let redemption) = token.fate else {
            throw Refusal.uncorrectable(
                "Token \(token.id) is not redeemed, or was replaced since: there is no redemption to correct.",
                facts: ["tokenId": token.id]
            )
        }
        let old = try transaction.requireTenant(.domain(redemption.tenantDomain), of: organization.id)
        let new = try tenant.map { try transaction.requireTenant($0, of: organization.id) } ?? old
        let day = try context.day(stated: redeemedOn ?? redemption.on, in: organization)
        let enrollment = try transaction.requireEnrollment(token.enrollmentID)
        let block = try movableBlock(of: token, enrollment, on: old, in: context)
        let decision = RedemptionDecision(
            token: token,
            tenant: new,
            organization: organization,
            enrollment: enrollment,
            day: day,
            intent: .add,
            overrides: []
        )
        try decision.checkOwner()
        try decision.checkDates()
        try decision.checkActivation(reading: transaction)
        if new.domain != old.domain {
            try transaction.checkSharing(
                adding: transaction.requireSKU(token.skuPartNumber),
                isProgram: true,
                traits: enrollment.traits,
                label: "token \(token.id)",
                on: new,
                day: day
            )
        }
        let place = FieldChange("tenantDomain", .tenant(old.domain), .tenant(new.domain))
        let serviceEnd = SeatBlockState.serviceEnd(redeemedOn: day)
        var answer = try context.correct(
            token.id.description,
            of: organization,
            action: Self.action,
            [
                // The seats first: a redemption is where its seats are.
                (
                    .seatBlock(block.id),
                    [
                        place, FieldChange("startsOn", .init(block.startsOn), .init(day)),
                        FieldChange("serviceEndsOn", .init(block.serviceEndsOn), .init(serviceEnd)),
                    ]
                ),
                (.redemption(of: token.id), [place, FieldChange("redeemedOn", .init(redemption.on), .init(day))]),
            ],
            on: on,
            reason: reason
        )
        answer.warnings += try SeatCorrection(tenant: old, context: context).warnings(
            of: token.skuPartNumber,
            in: organization
        )
        return answer
    }

    /// R48, R55: seats that were extended, those that only extended others, and those whose ends were merged depend on what
    /// was there.
    private func movableBlock(
        of token: Token,
        _ enrollment: Enrollment,
        on tenant: Tenant,
        in context: CommandContext
    ) throws -> SeatBlock {
        try enrollment.checkSeparateEnds(of: token.id)
        let blocks = try context.transaction.seatBlocks(on: tenant.domain, of: token.skuPartNumber)
        guard let block = blocks.first(where: { $0.source.tokenID == token.id }) else {
            throw Refusal.uncorrectable(
                "Token \(token.id) was redeemed to extend seats on \(tenant.domain), and what it extended follows from what "
                    + "was there on that day. Replace the token (tokenctl token replace), and record the replacement.",
                rule: .r48,
                facts: ["tokenId": token.id]
            )
        }
        guard block.serviceEndsOn == SeatBlockState.serviceEnd(redeemedOn: block.startsOn) else {
            throw Refusal.uncorrectable(
                "The seats of token \(token.id) were extended on \(tenant.domain) since, so their record cannot be "
                    + "corrected.",
                rule: .r48,
                facts: ["tokenId": token.id]
            )
        }
        return block
    }
}
