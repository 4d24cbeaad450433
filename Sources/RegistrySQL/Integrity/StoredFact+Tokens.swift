extension StoredFact {
    static let tokens = [
        StoredFact(
            code: "token.other-organization",
            breaches: """
                SELECT 'T' || t.number, 'The token''s enrollment belongs to another organisation than the token.'
                FROM tokens t JOIN enrollments e ON e.number = t.enrollment WHERE e.organization <> t.organization
                """
        ),
        StoredFact(
            code: "redemption.other-organization",
            breaches: """
                SELECT 'T' || r.token, 'The token was redeemed on ' || a.domain || ', a tenant of another organisation (R30).'
                FROM redemptions r JOIN tokens t ON t.number = r.token JOIN tenants a ON a.number = r.tenant
                WHERE a.organization <> t.organization
                """
        ),
        StoredFact(
            code: "redemption.outside-year",
            breaches: """
                SELECT 'T' || r.token, 'The token was redeemed on ' || r.redeemed_on || ', outside its programme year from '
                    || e.starts_on || ' to ' || e.ends_on || ' (R33).'
                FROM redemptions r JOIN tokens t ON t.number = r.token JOIN enrollments e ON e.number = t.enrollment
                WHERE r.redeemed_on NOT BETWEEN e.starts_on AND e.ends_on
                """
        ),
        StoredFact(
            code: "redemption.after-ending",
            breaches: """
                SELECT 'T' || r.token, 'The token was redeemed on ' || r.redeemed_on || ', when its enrollment had ended on '
                    || n.ended_on || ' (R33).'
                FROM enrollment_endings n JOIN tokens t ON t.enrollment = n.enrollment
                    JOIN redemptions r ON r.token = t.number
                WHERE \(isWithout("r.redeemed_on"))
                """
        ),
        StoredFact(
            code: "redemption.in-future",
            breaches: """
                SELECT 'T' || token, 'The redemption of ' || redeemed_on || ' was recorded before that day.'
                FROM redemptions WHERE redeemed_on > date(recorded_at / 1000000, 'unixepoch', '+14 hours')
                """
        ),
        StoredFact(
            code: "redemption.before-signup",
            breaches: """
                SELECT 'T' || r.token, 'The token was redeemed on ' || r.redeemed_on || ', before ' || a.domain
                    || ' was signed up on ' || a.signed_up_on || '.'
                FROM redemptions r JOIN tenants a ON a.number = r.tenant WHERE r.redeemed_on < a.signed_up_on
                """
        ),
        StoredFact(
            code: "token.void-and-redeemed",
            breaches: """
                SELECT 'T' || v.token, 'The token is void since ' || v.voided_on || ' and redeemed on ' || r.redeemed_on
                    || ' (R33).'
                FROM token_voids v JOIN redemptions r ON r.token = v.token
                """
        ),
        StoredFact(
            code: "token.replacement-keeps-seats",
            breaches: """
                SELECT 'T' || p.token, 'The token was replaced on ' || p.replaced_on || ', and its seats did not end (R46).'
                FROM token_replacements p JOIN redemptions r ON r.token = p.token
                WHERE r.seat_block IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM seat_block_endings n WHERE n.seat_block = r.seat_block)
                """
        ),
        StoredFact(
            code: "code.token-and-key",
            breaches: """
                SELECT 'T' || t.number, 'The token has the code of a product key (R28).'
                FROM product_keys k JOIN tokens t ON t.code_lookup = k.code_lookup
                """
        ),
    ]
}
