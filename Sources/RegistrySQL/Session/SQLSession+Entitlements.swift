package import Registry

extension SQLSession {
    package func benefits(
        of product: ProductLine?,
        held organization: OrganizationID,
        since day: CalendarDate?
    ) throws -> [HeldBenefit] {
        // A renewal window reaches at most 30 days beyond the year.
        try database.all(
            """
            SELECT \(Self.enrollmentFields), CASE WHEN 1 IN (l.headquarters, l.associated) THEN NULL ELSE l.id END AS apart,
                \(Self.turn) AS turn, b.product, b.quantity, b.country_maximum, b.worldwide_maximum, b.token_sku, b.token_seats, b.terms
            \(Self.enrollmentTables)
            JOIN enrollment_benefits b ON b.enrollment = e.number AND b.program = e.program
            WHERE e.organization = (SELECT number FROM organizations WHERE id = ?1) AND e.ends_on >= ?2
                \(product == nil ? "" : "AND b.product = ?3")
            ORDER BY e.starts_on, e.id, b.position
            """,
            [organization.value, day?.adding(days: -30).description ?? ""] + (product.map { [$0.rawValue] } ?? [])
        ) { row in
            let sku: SKUPartNumber? = try row["token_sku"]
            return HeldBenefit(
                enrollment: try row.decode(),
                benefit: Benefit(
                    product: try row["product"],
                    quantity: try row["quantity"],
                    countryMaximum: try row["country_maximum"],
                    worldwideMaximum: try row["worldwide_maximum"],
                    tokens: try sku.flatMap { sku in
                        try (row["token_seats"] as Int?).map { TokenDenomination(skuPartNumber: sku, seats: $0) }
                    },
                    ordered: sku,
                    terms: try (row["terms"] as BenefitTerms?) ?? BenefitTerms()
                ),
                sharing: try row.decode(),
                turn: try row["turn"]
            )
        }
    }

    /// The first day and the id of the enrollment that `e` goes back to by renewals.
    private static let turn = """
        (
            WITH RECURSIVE chain (predecessor, turn) AS (
                SELECT e.predecessor, e.starts_on || ' ' || e.id
                UNION
                SELECT f.predecessor, f.starts_on || ' ' || f.id
                FROM chain c JOIN enrollments f ON f.number = c.predecessor
            )
            SELECT turn FROM chain WHERE predecessor IS NULL
        )
        """

    package func sharingCountries(of organization: OrganizationID, by instant: Instant) throws -> [CountryCode] {
        try database.all(
            """
            SELECT DISTINCT country FROM locations
            WHERE organization = (SELECT number FROM organizations WHERE id = ?) AND 1 IN (headquarters, associated)
                AND recorded_at <= ?
            ORDER BY country
            """,
            [organization.value, instant.microsecondsSinceEpoch]
        )
    }

    package func tokenSeats(of enrollment: EnrollmentID, asOf day: CalendarDate?) throws -> [SKUPartNumber: Int] {
        var seats: [SKUPartNumber: Int] = [:]
        _ = try database.all(
            """
            SELECT t.sku_part_number, sum(t.seats) FROM tokens t
            LEFT JOIN token_voids v ON v.token = t.number AND v.voided_on <= ?2
            LEFT JOIN token_replacements p ON p.token = t.number AND p.replaced_on <= ?2
            WHERE t.enrollment = (SELECT number FROM enrollments WHERE id = ?1) AND t.issued_on <= ?2
                AND v.token IS NULL AND p.token IS NULL
            GROUP BY t.sku_part_number
            """,
            [enrollment.value, day?.description ?? "9999-12-31"]
        ) { seats[try $0[0]] = try $0[1] as Int }
        return seats
    }

    package func tokenCounts(of organization: OrganizationID, on day: CalendarDate) throws -> TokenCounts {
        try database.only(
            """
            SELECT
                count(*) FILTER (WHERE replaced) AS replaced,
                count(*) FILTER (WHERE redeemed AND NOT replaced) AS redeemed,
                count(*) FILTER (WHERE void AND NOT redeemed AND NOT replaced) AS void,
                count(*) FILTER (WHERE NOT void AND NOT redeemed AND NOT replaced) AS unredeemed
            FROM (
                SELECT p.replaced_on IS NOT NULL AND p.replaced_on <= ?2 AS replaced,
                    r.redeemed_on IS NOT NULL AND r.redeemed_on <= ?2 AS redeemed,
                    \(Self.lastDay) < ?2 OR (v.voided_on IS NOT NULL AND v.voided_on <= ?2) AS void
                FROM tokens t
                JOIN enrollments e ON e.number = t.enrollment
                LEFT JOIN enrollment_endings n ON n.enrollment = e.number
                LEFT JOIN redemptions r ON r.token = t.number
                LEFT JOIN token_voids v ON v.token = t.number
                LEFT JOIN token_replacements p ON p.token = t.number
                WHERE t.organization = (SELECT number FROM organizations WHERE id = ?1) AND t.issued_on <= ?2
            ) counted
            """,
            [organization.value, day.description]
        )
    }

    package func firstAuditSequence(of subject: String, in organization: OrganizationID) throws -> Int64? {
        try database.value(
            """
            SELECT sequence FROM audit WHERE subject = ? AND ledger = (SELECT number FROM organizations WHERE id = ?)
            ORDER BY seal, sequence LIMIT 1
            """,
            [subject, organization.value]
        )
    }
}
