/// R13, R16: shows a token's code to who may see it; that it was shown is a ledger row.
///
/// A token that somebody else reserved keeps its code until then (R29).
public struct RevealToken: RevealingUseCase {
    public static let action = "token.reveal"
    public static let summary = "Show a token's code; that it was shown is recorded"

    let token: TokenID
    /// The tenant to reserve it for, in the same step; nil to show the code alone.
    var reserveFor: TenantReference?
    /// For how long, with ``reserveFor``; nil for two hours.
    var `for`: ReservationTime?

    public var subjectOfRefusal: String { token.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { true }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        let permitted = try gate.token(token, for: .keys)
        return reserveFor == nil ? permitted : try gate.token(token, for: .cloud)
    }

    public func run(on token: Token, in context: CommandContext) throws -> RevealedTokenResource {
        let transaction = context.transaction
        if let reservation = try transaction.reservation(of: token, at: context.now) {
            try reservation.check(by: context.caller.principal)
        }
        guard let sealed = try transaction.sealedCode(of: token.id) else { throw Refusal.tokenNotFound(token.id) }
        if let reserveFor {
            _ = try ReserveToken(token: token.id, tenant: reserveFor, for: self.for).run(on: token, in: context)
        } else if self.for != nil {
            throw Refusal(
                .inputInvalid,
                "\"for\" says how long to reserve the token; say for which tenant with \"reserveFor\"."
            )
        }
        let code = try context.secrets.open(sealed)
        let reservation = try transaction.reservation(of: token, at: context.now)
        let sequence = try context.record(Self.action, subject: token.id, changes: [:])
        return RevealedTokenResource(
            id: token.id,
            code: code,
            reservedUntil: reservation?.reservedUntil,
            reservedFor: reservation?.tenantDomain,
            auditSequence: sequence
        )
    }
}

/// A token's code.
public struct RevealedTokenResource: Hashable, Sendable, Codable {
    public let id: TokenID
    public let code: ActivationCode
    /// Until when the caller has reserved it; null when they have not.
    @Nullable public var reservedUntil: Instant?
    /// The tenant that they reserved it for.
    @Nullable public var reservedFor: DomainName?
    public let auditSequence: Int64
}
