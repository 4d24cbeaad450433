/// Corrects what was recorded of a token, voids it, or takes back that it is void.
public struct CorrectToken: RegistryCommand {
    public static let action = "token.correct"
    public static let summary = "Correct a token"

    let token: TokenID
    var enrollment: EnrollmentID?
    var skuPartNumber: SKUPartNumber?
    /// 1 to 1,000,000.
    var seats: Int?
    /// True voids it, false gives it back.
    var void: Bool?
    /// The day from which it is right: of a void token, the first day on which it is; nil for today, or from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { token.description }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .administrator)
    }

    public func run(on token: Token, in context: CommandContext) throws -> CorrectionResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(token.organizationID)
        if case .replaced(_, let other, _) = token.fate { throw bound(token, to: other) }
        if let other = token.replaces { throw bound(token, to: other) }
        let new = try target(of: token, in: context)
        var rows: [(CorrectableRow, [FieldChange])] = [
            (
                .token(token.id),
                [
                    FieldChange("enrollmentId", .enrollment(token.enrollmentID), .enrollment(new.enrollment.id)),
                    FieldChange("skuPartNumber", .init(token.skuPartNumber), .init(new.sku)),
                    FieldChange("seats", .number(token.seats), .number(new.seats)),
                ]
            )
        ]
        if let redemption = token.fate.redemption { rows += try blockRows(of: token, redemption, new, in: context) }
        switch void {
        case true?: return try voiding(token, organization, rows, in: context)
        case false?:
            guard case .void = token.fate else {
                throw Refusal.uncorrectable("Token \(token.id) was not voided; there is nothing to take back.")
            }
            rows.append((.void(of: token.id), [FieldChange("withdrawn", .flag(false), .flag(true))]))
        case nil: break
        }
        return try context.correct(
            token.id.description,
            of: organization,
            action: Self.action,
            rows,
            on: on,
            reason: reason,
            warnings: warnings(of: token, new, in: context)
        )
    }

    private typealias Target = (enrollment: Enrollment, sku: SKUPartNumber, seats: Int)

    private func target(of token: Token, in context: CommandContext) throws -> Target {
        let transaction = context.transaction
        if let seats, !(1...1_000_000).contains(seats) {
            throw Refusal.invalidField("seats", String(seats), "it is a number from 1 to 1000000")
        }
        let sku = try skuPartNumber.map { try transaction.requireSKU($0).partNumber } ?? token.skuPartNumber
        if sku == ProgramSKUs.intune {
            throw Refusal(.tokenNotGranted, rule: .r36, "\(sku) has no tokens; it is activated by a sign-up.")
        }
        return (
            try transaction.requireEnrollment(enrollment ?? token.enrollmentID, of: token.organizationID), sku,
            seats ?? token.seats
        )
    }

    /// R12: told, not refused: what the portal issued is what it issued.
    private func warnings(of token: Token, _ new: Target, in context: CommandContext) throws -> [Warning] {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(token.organizationID)
        let history = try GrantHistory(of: organization, reading: transaction)
        var issued = history.issuedSeats(of: new.enrollment, on: [context.today(in: organization)])
        for id in try transaction.tokenIDs(of: new.enrollment.id) where id != token.id {
            if let other = try transaction.token(id), other.status(on: context.today(in: organization)) != .void {
                issued.add(other.seats, of: other.skuPartNumber)
            }
        }
        issued.add(new.seats, of: new.sku)
        return issued.warnings(of: new.enrollment.id)
    }

    /// R33, R39, R45: the seats that it made are what it is worth, of its SKU, with the rights of its year.
    private func blockRows(
        of token: Token,
        _ redemption: RedemptionSummary,
        _ new: Target,
        in context: CommandContext
    ) throws -> [(CorrectableRow, [FieldChange])] {
        let transaction = context.transaction
        guard new.enrollment.year.startsOn <= redemption.on, redemption.on <= new.enrollment.tokensRedeemableThrough
        else {
            throw Refusal.uncorrectable(
                "Token \(token.id) was redeemed on \(redemption.on), and tokens of \(new.enrollment.id) could be redeemed from "
                    + "\(new.enrollment.year.startsOn) through \(new.enrollment.tokensRedeemableThrough).",
                rule: .r33,
                facts: ["tokenId": token.id, "enrollmentId": new.enrollment.id]
            )
        }
        for enrollment in [try transaction.requireEnrollment(token.enrollmentID), new.enrollment] {
            try enrollment.checkSeparateEnds(of: token.id)
        }
        let tenant = try transaction.requireTenant(.domain(redemption.tenantDomain), of: token.organizationID)
        guard
            let block = try transaction.seatBlocks(on: tenant.domain, of: token.skuPartNumber)
                .first(where: { $0.source.tokenID == token.id })
        else {
            throw Refusal.uncorrectable(
                "Token \(token.id) extended seats that were there: how far follows from its seats and SKU (R48).",
                rule: .r48
            )
        }
        if new.sku != token.skuPartNumber {
            try transaction.checkSharing(
                adding: transaction.requireSKU(new.sku),
                isProgram: true,
                traits: new.enrollment.traits,
                label: "token \(token.id)",
                on: tenant,
                day: redemption.on
            )
            try SeatCorrection(tenant: tenant, context: context).checkUnused(block)
        }
        return [
            (
                .seatBlock(block.id),
                [
                    FieldChange("skuPartNumber", .init(block.skuPartNumber), .init(new.sku)),
                    FieldChange("seats", .number(block.seats), .number(new.seats)),
                    FieldChange("enrollmentId", .enrollment(token.enrollmentID), .enrollment(new.enrollment.id)),
                    FieldChange("rightsEndOn", .init(block.rightsEndOn), .init(new.enrollment.year.endsOn)),
                ]
            )
        ]
    }

    private func voiding(
        _ token: Token,
        _ organization: Organization,
        _ rows: [(CorrectableRow, [FieldChange])],
        in context: CommandContext
    ) throws -> CorrectionResource {
        guard case .unredeemed = token.fate else {
            throw Refusal.uncorrectable(
                token.fate.redemption.map {
                    "Token \(token.id) was redeemed on \($0.on); a redeemed token is not voided (R29)."
                } ?? "Token \(token.id) is void already.",
                rule: token.fate.redemption == nil ? nil : .r29,
                facts: ["tokenId": token.id]
            )
        }
        let day = try context.day(stated: on, in: organization)
        guard day >= token.issuedOn else {
            throw Refusal(
                .dateTooEarly,
                "Token \(token.id) was issued on \(token.issuedOn); it cannot be void on \(day).",
                facts: ["earliest": token.issuedOn]
            )
        }
        let answer = try context.correct(
            token.id.description,
            of: organization,
            action: Self.action,
            rows,
            stating: [FieldChange("status", .text("unredeemed"), .text("void"))],
            on: day,
            reason: reason
        )
        try context.transaction.void(token.id, on: day, recordedAt: context.now)
        return answer
    }

    private func bound(_ token: Token, to other: TokenID) -> Refusal {
        .uncorrectable(
            "Token \(token.id) and \(other) stand for each other (R46): one replaced the other.",
            rule: .r46,
            facts: ["tokenId": token.id]
        )
    }
}
