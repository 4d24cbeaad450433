extension StoredFact {
    static let renewals = [
        StoredFact(
            code: "renewal.without-successor",
            breaches: """
                SELECT e.id, 'The enrollment was renewed on ' || n.ended_on || ', and the renewal or its successor is missing '
                    || '(R33).'
                FROM enrollment_endings n JOIN enrollments e ON e.number = n.enrollment
                LEFT JOIN renewals w ON w.enrollment = n.enrollment
                LEFT JOIN enrollments s ON s.predecessor = n.enrollment AND (s.number = w.successor OR n.kind = 'upgraded')
                WHERE n.kind IN ('renewed', 'upgraded') AND s.number IS NULL
                """
        ),
        StoredFact(
            code: "renewal.not-ended",
            breaches: """
                SELECT e.id, 'The enrollment has a successor, and was not renewed (R33).'
                FROM enrollments s JOIN enrollments e ON e.number = s.predecessor
                LEFT JOIN enrollment_endings n ON n.enrollment = e.number AND n.kind IN ('renewed', 'upgraded')
                WHERE n.enrollment IS NULL
                """
        ),
        StoredFact(
            code: "renewal.years-overlap",
            breaches: """
                SELECT s.id, 'The year begins on ' || s.starts_on || ', before the anniversary of ' || e.id
                    || ', whose year ends on ' || e.ends_on || '.'
                FROM enrollments s JOIN enrollments e ON e.number = s.predecessor
                LEFT JOIN enrollment_endings n ON n.enrollment = e.number
                WHERE s.starts_on <= e.ends_on AND n.kind IS DISTINCT FROM 'upgraded'
                """
        ),
        StoredFact(
            // Before the year's end a renewal voids nothing; after it the tokens are void by their dates as well.
            // A token that was imported for an earlier year after the renewal is void by its dates.
            code: "renewal.token-not-void",
            breaches: """
                SELECT 'T' || t.number, 'The token was not redeemed when its enrollment was renewed, and is not void (R33).'
                FROM renewals w JOIN enrollments e ON e.number = w.enrollment AND e.ends_on < w.applied_on
                JOIN tokens t ON t.enrollment = w.enrollment AND t.recorded_at < w.recorded_at
                LEFT JOIN redemptions r ON r.token = t.number LEFT JOIN token_voids v ON v.token = t.number
                WHERE r.token IS NULL AND v.token IS NULL
                """
        ),
        StoredFact(
            code: "token.replaced-by-other-seats",
            breaches: """
                SELECT 'T' || p.token, 'The token was replaced by T' || p.replacement || ', which is not worth the same seats '
                    || 'of the same enrollment (R46).'
                FROM token_replacements p JOIN tokens t ON t.number = p.token JOIN tokens r ON r.number = p.replacement
                WHERE r.enrollment <> t.enrollment OR r.seats <> t.seats OR r.sku_part_number <> t.sku_part_number
                """
        ),
    ]
}
