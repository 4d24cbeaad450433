extension StoredFact {
    /// Whether an enrollment carries nothing on a day, by its ending `n`: an upgrade may follow on the same day.
    static func isWithout(_ day: String) -> String {
        "(\(day) > n.ended_on OR \(day) = n.ended_on AND n.kind <> 'upgraded')"
    }

    /// Nothing happened before what it depends on, nor after what ended it. Redemptions stand with the tokens.
    static let order = [
        StoredFact(
            code: "redemption.before-issue",
            breaches: """
                SELECT 'T' || r.token, 'The token was redeemed on ' || r.redeemed_on || ', before it was issued on '
                    || t.issued_on || '.'
                FROM redemptions r JOIN tokens t ON t.number = r.token WHERE r.redeemed_on < t.issued_on
                """
        ),
        StoredFact(
            code: "replacement.before-redemption",
            breaches: """
                SELECT 'T' || p.token, 'The token was replaced on ' || p.replaced_on || ', before it was redeemed on '
                    || r.redeemed_on || ' (R46).'
                FROM token_replacements p JOIN redemptions r ON r.token = p.token WHERE p.replaced_on < r.redeemed_on
                """
        ),
        StoredFact(
            code: "replacement.after-ending",
            breaches: """
                SELECT 'T' || p.token, 'The token was replaced on ' || p.replaced_on
                    || ', when its enrollment had ended on ' || n.ended_on || ' (R33).'
                FROM token_replacements p JOIN tokens t ON t.number = p.token
                JOIN enrollment_endings n ON n.enrollment = t.enrollment WHERE \(isWithout("p.replaced_on"))
                """
        ),
        StoredFact(
            code: "signup.before-tenant",
            breaches: """
                SELECT a.domain, 'The tenant was signed up for ' || s.service || ' on ' || s.signed_up_on
                    || ', before its first sign-up on ' || a.signed_up_on || ' (R43).'
                FROM service_signups s JOIN tenants a ON a.number = s.tenant WHERE s.signed_up_on < a.signed_up_on
                """
        ),
        StoredFact(
            code: "signup.outside-enrollment",
            breaches: """
                SELECT a.domain, 'The tenant was signed up for ' || s.service || ' on ' || s.signed_up_on
                    || ', and the enrollment ' || e.id || ' that grants it '
                    || CASE WHEN s.signed_up_on < e.starts_on THEN 'began on ' || e.starts_on ELSE 'ended on ' || n.ended_on END || ' (R36).'
                FROM service_signups s JOIN tenants a ON a.number = s.tenant
                JOIN enrollments e ON e.number = s.enrollment LEFT JOIN enrollment_endings n ON n.enrollment = e.number
                WHERE s.signed_up_on < e.starts_on OR \(isWithout("s.signed_up_on"))
                """
        ),
        StoredFact(
            code: "seats.before-signup",
            breaches: """
                SELECT 'B' || b.number, 'The seats are there since ' || b.starts_on || ', and ' || a.domain
                    || ' was first signed up on ' || a.signed_up_on || '.'
                FROM seat_blocks b JOIN tenants a ON a.number = b.tenant
                WHERE b.starts_on < a.signed_up_on AND b.token IS NULL
                """
        ),
        StoredFact(
            code: "assignment.before-signup",
            breaches: """
                SELECT 'A' || s.number, 'The seat is held since ' || s.from_on || ', and ' || a.domain
                    || ' was first signed up on ' || a.signed_up_on || '.'
                FROM assignments s JOIN tenants a ON a.number = s.tenant WHERE s.from_on < a.signed_up_on
                """
        ),
        StoredFact(
            code: "key.used-before-enrollment",
            breaches: """
                SELECT 'K' || k.number, 'The key was used on ' || c.activated_on || ', before its enrollment ' || e.id
                    || ' began on ' || e.starts_on || '.'
                FROM key_activations c JOIN product_keys k ON k.number = c.product_key
                JOIN enrollments e ON e.number = k.enrollment
                WHERE k.source = 'program' AND c.activated_on < e.starts_on
                """
        ),
    ]
}
