/// That somebody carries a token to the portal: until then nobody else redeems it or sees its code.
///
/// A token's last reservation counts; the earlier ones are over.
public struct TokenReservation: Hashable, Sendable, Decodable {
    public let number: Int64
    public let tokenID: TokenID
    /// Where the token is going to be redeemed.
    public let tenantDomain: DomainName
    public let tenantID: TenantID?
    /// Who reserved it.
    public let principal: String
    public let reservedAt: Instant
    /// The first instant at which it counts for nothing.
    public let reservedUntil: Instant
    /// When it was given up; nil while it was not.
    public let releasedAt: Instant?

    public func isInForce(at now: Instant) -> Bool {
        releasedAt == nil && now < reservedUntil
    }

    /// R29: two administrators do not carry one code to the portal at the same time, and whoever reserved it redeems it
    /// where they said. An administrator can take it over by releasing it.
    /// - Parameter tenant: where it is to be redeemed; nil where only its code is asked for.
    /// - Throws: `Refusal` with `token.reserved`.
    func check(by caller: Principal, for tenant: DomainName? = nil) throws {
        guard principal == caller.description else {
            throw refusal(
                "is reserved by \(principal) for \(tenantDomain) until \(reservedUntil.minuteText); until then nobody else "
                    + "can redeem it or see its code. \(principal) or an administrator can release it."
            )
        }
        if let tenant, tenant != tenantDomain {
            throw refusal(
                "is reserved for \(tenantDomain) until \(reservedUntil.minuteText), not for \(tenant); its seats could never "
                    + "be moved. Reserve it for \(tenant) if that is where it goes, or release it."
            )
        }
    }

    private func refusal(_ what: String) -> Refusal {
        Refusal(
            .tokenReserved,
            rule: .r29,
            "Token \(tokenID) \(what)",
            facts: [
                "subject": tokenID, "tokenId": tokenID, "reservedBy": principal, "reservedUntil": reservedUntil,
                "tenantId": tenantID, "tenantDomain": tenantDomain,
            ]
        )
    }
}

public protocol ReservationReading {
    /// The token's last reservation, in force or not.
    func lastReservation(of token: TokenID) throws -> TokenReservation?
    /// The reservations that are in force, of an organisation's tokens with these ids.
    func reservations(
        in organization: OrganizationID,
        of tokens: ClosedRange<TokenID>,
        at now: Instant
    ) throws -> [TokenReservation]
}

public protocol ReservationWriting {
    func reserve(
        _ token: TokenID,
        for tenant: DomainName,
        by principal: Principal,
        at now: Instant,
        until end: Instant
    ) throws
    func release(_ reservation: TokenReservation, by principal: Principal, at now: Instant) throws
}

extension ReservationReading {
    /// The reservation that keeps others from the token; nil for a token that was redeemed.
    func reservation(of token: Token, at now: Instant) throws -> TokenReservation? {
        guard token.fate == .unredeemed else { return nil }
        return try lastReservation(of: token.id).flatMap { $0.isInForce(at: now) ? $0 : nil }
    }
}

extension Instant {
    /// To the minute, for a sentence: `2026-03-02 11:30 UTC`, rounded up.
    var minuteText: String {
        let text = adding(seconds: 59).description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}
