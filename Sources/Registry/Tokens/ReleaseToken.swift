/// R29: gives up a token's reservation: whoever made it, or an administrator who takes the token over.
public struct ReleaseToken: RegistryCommand {
    public static let action = "token.release"
    public static let summary = "Release a reserved token"

    let token: TokenID

    public var subjectOfRefusal: String { token.description }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        let permitted = try gate.token(token, for: .cloud)
        guard let reservation = try gate.reading.reservation(of: permitted.subject, at: gate.now),
            reservation.principal != gate.caller.principal.description
        else { return permitted }
        return try gate.token(token, for: .administrator)
    }

    public func run(on token: Token, in context: CommandContext) throws -> TokenReservationResource {
        let transaction = context.transaction
        guard let reservation = try transaction.reservation(of: token, at: context.now) else {
            throw Refusal(
                .reservationNotFound,
                "Token \(token.id) is not reserved.",
                facts: ["tokenId": token.id, "organizationId": token.organizationID]
            )
        }
        try transaction.release(reservation, by: context.caller.principal, at: context.now)
        let answer = TokenReservationResource(
            tokenId: token.id,
            organizationId: token.organizationID,
            tenantId: reservation.tenantID,
            tenantDomain: reservation.tenantDomain,
            reservedBy: reservation.principal,
            reservedUntil: context.now
        )
        return try context.record(Self.action, answer, subject: token.id)
    }
}
