/// R33: the portal's tokens that came since a renewal was applied, held against those that it was planned with.
struct ArrivedTokens {
    let applied: AppliedRenewal
    /// The successor's, without those that replace another one (R46).
    let tokens: [Token]
}

extension ArrivedTokens {
    /// Nil for a renewal whose tokens were issued with it.
    init?(for applied: AppliedRenewal, in reading: any RegistryReading) throws {
        guard applied.answer.issued.isEmpty, !applied.planned.isEmpty else { return nil }
        self.init(applied: applied, tokens: try Self.tokens(of: applied, in: reading))
    }

    /// Whether they are worth all the seats that were planned, in whatever sizes.
    var isComplete: Bool {
        let seats = IssuedTokens.seats(tokens.map(\.issue))
        return IssuedTokens.seats(applied.planned).allSatisfy { seats[$0.key, default: 0] >= $0.value }
    }

    var issued: [RenewalResource.Issued] {
        tokens.map { RenewalResource.Issued(tokenId: $0.id, skuPartNumber: $0.skuPartNumber, seats: $0.seats) }
    }

    /// R45: each placement with a token of its SKU and seats: one that was redeemed on its tenant, or else the first that
    /// nobody has redeemed.
    var placements: [RenewalResource.Placement] {
        var free = tokens
        var placements = applied.answer.placements
        func take(where isFit: (Token, RenewalResource.Placement) -> Bool) {
            for (index, placement) in placements.enumerated() where placement.tokenId == nil {
                let found = free.firstIndex { $0.issue == placement.issue && isFit($0, placement) }
                placements[index].tokenId = found.map { free.remove(at: $0).id }
            }
        }
        take { token, placement in token.fate.redemption?.tenantDomain == placement.tenantDomain }
        take { token, _ in token.fate == .unredeemed }
        return placements
    }

    /// Imports the portal's codes for a renewal that was applied before; a code that came already is passed over.
    ///
    /// - Throws: `import.invalid` when there are more seats of a SKU than were planned, `code.taken` for a code that
    ///   belongs elsewhere, `token.is-product-key` (R28), and `enrollment.ended` when the successor has an ending.
    static func receive(_ codes: [IssuedCode], for applied: AppliedRenewal, in context: CommandContext) throws {
        let transaction = context.transaction
        let present = try tokens(of: applied, in: transaction)
        let new = try codes.filter { code in
            let token = try transaction.token(withCode: context.secrets.lookup(for: code.code))
            return token?.enrollmentID != applied.answer.successorId || token?.issue != code.issue
        }
        guard !new.isEmpty else { return }
        let successor = try transaction.requireEnrollment(applied.answer.successorId)
        if let ending = successor.ending {
            throw Refusal(
                .enrollmentEnded,
                rule: .r33,
                "The enrollment \(successor.id) has been \(ending.kind.rawValue) since \(ending.on); "
                    + "it takes no more tokens.",
                facts: ["enrollmentId": successor.id]
            )
        }
        let given = present.map(\.issue) + new.map(\.issue)
        let planned = IssuedTokens.seats(applied.planned)
        guard
            IssuedTokens.seats(given).allSatisfy({ $0.value <= planned[$0.key, default: 0] })
                || context.isOverridden(.r12)
        else {
            throw IssuedTokens.mismatch(
                IssuedTokens.differences(expected: applied.planned, given: given),
                enrollmentID: applied.answer.enrollmentId
            )
        }
        let mint = TokenMint(context: context)
        let ids = try new.map { code in
            try mint.checkIsNoProductKey(code.code, of: successor.organizationID)
            return try transaction.insert(
                TokenDraft(
                    enrollmentID: successor.id,
                    skuPartNumber: code.skuPartNumber,
                    seats: code.seats,
                    code: try context.seal(code.code),
                    issuedOn: successor.year.startsOn,
                    recordedAt: context.now,
                    origin: .imported
                )
            )
        }
        try context.record(
            ImportTokens.action,
            subject: successor.id.value,
            changes: [
                "tokens": .number(ids.count),
                "seats": .number(new.reduce(0) { $0 + $1.seats }),
                "first": .optional(ids.first),
                "last": .optional(ids.last),
            ]
        )
    }

    private static func tokens(of applied: AppliedRenewal, in reading: any RegistryReading) throws -> [Token] {
        try reading.tokens(
            TokenFilter(
                organizationID: applied.answer.organizationId,
                enrollmentID: applied.answer.successorId,
                asOf: applied.answer.nextYear.startsOn
            ),
            after: nil,
            limit: .max
        ).filter { $0.replaces == nil }
    }
}

extension Token {
    fileprivate var issue: RenewalPlan.Issue { RenewalPlan.Issue(skuPartNumber: skuPartNumber, seats: seats) }
}
