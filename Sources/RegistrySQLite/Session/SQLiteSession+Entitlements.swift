import GRDB
import Registry

extension SQLiteSession {
    func grants(
        of product: ProductLine?,
        held organization: OrganizationID,
        since day: CalendarDate
    ) throws -> [HeldGrant] {
        // A renewal window reaches at most 30 days beyond the year.
        try all(
            """
            SELECT e.*, o.id AS organization_id, l.id AS location_id, l.country, p.id AS predecessor_id,
                n.kind AS ending_kind, n.ended_on,
                (SELECT ended_on FROM enrollment_endings WHERE enrollment = e.predecessor) AS predecessor_ended_on,
                (l.headquarters OR l.associated) AS shared,
                g.product, g.quantity, g.granted, g.clipped, g.clipped_by, g.local, g.country AS grant_country,
                g.country_maximum, g.worldwide_maximum
            FROM enrollments e
            JOIN organizations o ON o.number = e.organization
            JOIN locations l ON l.number = e.location
            JOIN grants g ON g.enrollment = e.number
            LEFT JOIN enrollments p ON p.number = e.predecessor
            LEFT JOIN enrollment_endings n ON n.enrollment = e.number
            WHERE e.organization = (SELECT number FROM organizations WHERE id = ?1) AND e.ends_on >= ?2
                \(product == nil ? "" : "AND g.product = ?3")
            ORDER BY e.starts_on, e.id, g.position
            """,
            product.map { [organization.value, day.adding(days: -30).description, $0.rawValue] }
                ?? [organization.value, day.adding(days: -30).description]
        ) { row in
            HeldGrant(
                enrollment: try Self.enrollment(row),
                grant: try Self.grant(row, country: row["grant_country"]),
                isShared: try row["shared"]
            )
        }
    }

    func sharingCountries(of organization: OrganizationID, by instant: Instant) throws -> [CountryCode] {
        try all(
            """
            SELECT DISTINCT country FROM locations
            WHERE organization = (SELECT number FROM organizations WHERE id = ?) AND (headquarters OR associated)
                AND recorded_at <= ?
            ORDER BY country
            """,
            [organization.value, instant.microsecondsSinceEpoch]
        ) { try CountryCode(stored: $0[0]) }
    }

    func tokenCounts(of organization: OrganizationID, on day: CalendarDate) throws -> TokenCounts {
        let counts = try first(
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
            )
            """,
            [organization.value, day.description]
        ) { row in
            TokenCounts(
                unredeemed: try row["unredeemed"],
                redeemed: try row["redeemed"],
                void: try row["void"],
                replaced: try row["replaced"]
            )
        }
        return counts ?? TokenCounts(unredeemed: 0, redeemed: 0, void: 0, replaced: 0)
    }

    func firstAuditSequence(of subject: String, action: String?) throws -> Int64? {
        try first(
            """
            SELECT sequence FROM audit WHERE subject = ?1 AND (?2 IS NULL OR action = ?2) ORDER BY sequence LIMIT 1
            """,
            [subject, action]
        ) { try $0[0] }
    }
}
