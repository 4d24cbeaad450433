extension StoredFact {
    /// R29: who had reserved a token, and where it went.
    static let reservations = [
        StoredFact(
            code: "reservation.other-organization",
            breaches: """
                SELECT 'T' || s.token, 'The token was reserved for ' || a.domain || ', a tenant of another organisation (R30).'
                FROM token_reservations s JOIN tokens t ON t.number = s.token JOIN tenants a ON a.number = s.tenant
                WHERE a.organization <> t.organization OR s.organization <> t.organization
                """
        ),
        StoredFact(
            code: "redemption.against-reservation",
            breaches: """
                SELECT 'T' || r.token, 'The token was redeemed for ' || a.domain || ' while it was reserved for '
                    || b.domain || ' (R29).'
                FROM token_reservations s JOIN redemptions r ON r.token = s.token
                    JOIN tenants a ON a.number = r.tenant JOIN tenants b ON b.number = s.tenant
                WHERE r.tenant <> s.tenant AND r.recorded_at >= s.reserved_at AND r.recorded_at < s.reserved_until
                    AND NOT EXISTS (SELECT 1 FROM token_releases WHERE reservation = s.number)
                """
        ),
        StoredFact(
            code: "ledger.differs-from-reservation",
            breaches: """
                SELECT 'T' || s.token, 'The ledger has no row of this reservation that agrees on its tenant and on who made '
                    || 'it (R19).'
                FROM token_reservations s JOIN tenants a ON a.number = s.tenant
                WHERE \(isUncorrected(.tenants, "a.number")) AND NOT EXISTS (
                    SELECT 1 FROM audit u
                    WHERE u.subject = 'T' || s.token AND u.action = 'token.reserve' AND u.at = s.reserved_at
                        AND u.changes ->> 'tenantDomain' = a.domain AND u.changes ->> 'reservedBy' = s.principal
                )
                """
        ),
    ]
}
