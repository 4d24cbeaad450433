extension StoredFact {
    static let seats = [
        StoredFact(
            code: "redemption.differs-from-seats",
            breaches: """
                SELECT 'T' || r.token, 'The redemption does not have one seat block with all of the token''s seats of its SKU '
                    || 'on its tenant (R31, R45).'
                FROM redemptions r JOIN tokens t ON t.number = r.token LEFT JOIN seat_blocks b ON b.number = r.seat_block
                WHERE r.intent = 'add' AND (
                    b.token IS DISTINCT FROM r.token OR b.tenant IS DISTINCT FROM r.tenant OR b.seats IS DISTINCT FROM t.seats
                    OR b.sku_part_number IS DISTINCT FROM t.sku_part_number OR b.enrollment IS DISTINCT FROM t.enrollment
                    OR b.starts_on IS DISTINCT FROM r.redeemed_on
                )
                """
        ),
        StoredFact(
            code: "seats.without-redemption",
            breaches: """
                SELECT 'B' || b.number, 'The seats come from token T' || b.token || ', which has no redemption that made them '
                    || '(R29).'
                FROM seat_blocks b LEFT JOIN redemptions r ON r.token = b.token
                WHERE b.token IS NOT NULL AND r.seat_block IS DISTINCT FROM b.number
                """
        ),
        StoredFact(
            code: "seats.other-organization",
            breaches: """
                SELECT 'B' || b.number, 'The seats on ' || a.domain || ' come from an enrollment of another organisation '
                    || '(R03).'
                FROM seat_blocks b JOIN tenants a ON a.number = b.tenant JOIN enrollments e ON e.number = b.enrollment
                WHERE e.organization <> a.organization
                """
        ),
        StoredFact(
            code: "seats.wrong-ends",
            // A year from 29 February ends on the 28th.
            breaches: """
                SELECT 'B' || b.number, 'The seats have rights through ' || b.rights_end_on || ' and service through '
                    || b.service_ends_on || '; their programme year ends on ' || e.ends_on
                    || ', and service lasts 12 months from ' || b.starts_on || ' (R32, R47).'
                FROM seat_blocks b JOIN enrollments e ON e.number = b.enrollment
                WHERE b.token IS NOT NULL AND (
                    b.rights_end_on <> e.ends_on
                    OR b.service_ends_on <> (CAST(substr(b.starts_on, 1, 4) AS INTEGER) + 1)
                        || CASE substr(b.starts_on, 5) WHEN '-02-29' THEN '-02-28' ELSE substr(b.starts_on, 5) END
                )
                -- R55: some editions merge the ends.
                AND NOT (b.rights_end_on = e.ends_on AND coalesce(e.program_traits, '') LIKE '%"adding":"merged-ends"%')
                """
        ),
        StoredFact(
            code: "seats.wrong-extension",
            breaches: """
                SELECT 'B' || x.seat_block, 'The seats'' service was extended by token T' || x.token
                    || ', which was not redeemed on their tenant to extend (R48).'
                FROM seat_block_extensions x JOIN seat_blocks b ON b.number = x.seat_block
                JOIN tokens t ON t.number = x.token JOIN enrollments e ON e.number = t.enrollment
                LEFT JOIN redemptions r ON r.token = x.token AND r.tenant = b.tenant
                    AND (r.intent = 'extend' OR coalesce(e.program_traits, '') LIKE '%"adding":"merged-ends"%')
                WHERE r.token IS NULL
                """
        ),
        StoredFact(
            code: "benefit.differs-from-seats",
            breaches: """
                SELECT 'B' || r.seat_block, 'The benefit ' || r.product || ' of ' || e.id || ' does not have one seat block on '
                    || 'its tenant that ends with its offer (R54).'
                FROM benefit_redemptions r JOIN enrollments e ON e.number = r.enrollment
                LEFT JOIN seat_blocks b ON b.number = r.seat_block
                WHERE b.enrollment IS DISTINCT FROM r.enrollment OR b.tenant IS DISTINCT FROM r.tenant
                    OR b.token IS NOT NULL OR b.starts_on IS DISTINCT FROM r.redeemed_on
                    OR b.rights_end_on IS DISTINCT FROM e.ends_on OR r.redeemed_on > e.ends_on
                """
        ),
    ]
}
