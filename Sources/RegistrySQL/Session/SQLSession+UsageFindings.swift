package import Registry

extension SQLSession {
    package func usageFindings() throws -> [Finding] {
        try sumFindings() + assignmentFindings()
    }

    /// Recomputes every sum that is kept from the assignments.
    private func sumFindings() throws -> [Finding] {
        let checks: [(code: String, table: String, key: [String], history: String)] = [
            (
                "usage.sum-wrong", "use_sums", ["organization", "product", "apart", "country", "kind", "standing"],
                """
                SELECT organization, product, apart, country, kind, standing,
                    CASE WHEN to_on IS NULL THEN 1 ELSE 0 END AS units FROM assignments
                WHERE product IS NOT NULL
                """
            ),
            (
                "usage.day-wrong", "use_days",
                ["organization", "product", "apart", "day", "country", "kind", "standing"],
                """
                SELECT organization, product, apart, from_on AS day, country, kind, standing, 1 AS units
                FROM assignments WHERE product IS NOT NULL
                UNION ALL
                SELECT organization, product, apart, to_on, country, kind, standing, -1
                FROM assignments WHERE product IS NOT NULL AND to_on IS NOT NULL
                """
            ),
            (
                "seats.sum-wrong", "seat_sums", ["tenant", "sku_key", "source"],
                """
                SELECT tenant, sku_key, seat_source AS source,
                    CASE WHEN to_on IS NULL THEN 1 ELSE 0 END AS units FROM assignments
                WHERE tenant IS NOT NULL
                """
            ),
            (
                "seats.day-wrong", "seat_days", ["tenant", "sku_key", "source", "day"],
                """
                SELECT tenant, sku_key, seat_source AS source, from_on AS day, 1 AS units
                FROM assignments WHERE tenant IS NOT NULL
                UNION ALL
                SELECT tenant, sku_key, seat_source, to_on, -1
                FROM assignments WHERE tenant IS NOT NULL AND to_on IS NOT NULL
                """
            ),
        ]
        return try checks.flatMap { check in
            let key = check.key.joined(separator: ", ")
            return try database.all(
                """
                SELECT \(key), sum(kept) AS kept, sum(found) AS found FROM (
                    SELECT \(key), units AS kept, 0 AS found, 1 AS is_kept FROM \(check.table)
                    UNION ALL
                    SELECT \(key), 0, units, 0 FROM (\(check.history)) history
                ) sums GROUP BY \(key) HAVING sum(kept) <> sum(found) OR min(is_kept) = max(is_kept)
                """
            ) { row in
                Finding(
                    code: check.code,
                    subject: try subject(of: row, key: check.key),
                    detail: try "The table \(check.table) says \(row["kept"] as Int) and the assignments give "
                        + "\(row["found"] as Int)."
                )
            }
        }
    }

    private func subject(of row: StoredRow, key: [String]) throws -> String {
        try key.map { column in
            switch column {
            case "organization":
                try name("SELECT id FROM organizations WHERE number = ?", row[column])
            case "tenant":
                try name("SELECT domain FROM tenants WHERE number = ?", row[column])
            case "apart":
                try row[column] as Int64 == 0
                    ? "shared" : name("SELECT id FROM locations WHERE number = ?", row[column])
            default:
                try row[column] as String
            }
        }.joined(separator: " ")
    }

    private func name(_ sql: String, _ number: Int64) throws -> String {
        try database.first(sql, [number], { try $0[0] as String }) ?? "number \(number)"
    }

    /// Rules that are facts about stored assignments.
    private func assignmentFindings() throws -> [Finding] {
        let checks: [(code: String, detail: String, sql: String)] = [
            (
                "assignment.foreign-tenant", "Its tenant belongs to another organisation.",
                """
                SELECT a.number FROM assignments a JOIN tenants t ON t.number = a.tenant
                WHERE t.organization <> a.organization
                """
            ),
            (
                "assignment.foreign-location", "Its location is another organisation's, or in another country.",
                """
                SELECT a.number FROM assignments a JOIN locations l ON l.number = a.location
                WHERE l.organization <> a.organization OR l.country <> a.country
                """
            ),
            (
                "assignment.wrong-sharing",
                "It takes from an entitlement, or from seats, that its location has no part in (R03).",
                """
                SELECT a.number FROM assignments a JOIN locations l ON l.number = a.location
                WHERE a.apart <> CASE WHEN 1 IN (l.headquarters, l.associated) THEN 0 ELSE l.number END
                    OR a.tenant IS NOT NULL AND a.seat_source <> coalesce(
                        a.source, CASE WHEN a.apart = 0 THEN 'program' ELSE 'program (' || l.id || ')' END)
                """
            ),
            (
                "assignment.counted-twice",
                "The user had the same product line of the programme on the same day (R41).",
                """
                -- Not by an index on the product: without statistics SQLite would look through everybody with it.
                SELECT a.number FROM assignments a JOIN assignments b
                    ON b.organization = a.organization AND b.person = a.person
                    AND b.product || '' = a.product AND b.number < a.number
                WHERE a.source IS NULL AND b.source IS NULL
                    AND a.from_on < coalesce(b.to_on, '9999-12-31') AND b.from_on < coalesce(a.to_on, '9999-12-31')
                    AND a.from_on < coalesce(a.to_on, '9999-12-31') AND b.from_on < coalesce(b.to_on, '9999-12-31')
                """
            ),
            (
                "assignment.foreign-user", "Its user is another organisation's.",
                """
                SELECT a.number FROM assignments a JOIN people p ON p.number = a.person
                WHERE p.organization <> a.organization
                """
            ),
            (
                "assignment.without-ledger", "The ledger has no row about its beginning or its end.",
                """
                SELECT a.number FROM assignments a JOIN people p ON p.number = a.person
                WHERE NOT EXISTS (
                        SELECT 1 FROM audit WHERE ledger = a.organization AND sequence = a.from_sequence
                            AND subject = p.pseudonym)
                    OR (to_sequence IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM audit WHERE ledger = a.organization AND sequence = a.to_sequence
                            AND subject = p.pseudonym))
                """
            ),
        ]
        return try checks.flatMap { check in
            try database.all(check.sql) { row in
                Finding(
                    code: check.code,
                    subject: try AssignmentID(number: row[0]).description,
                    detail: check.detail
                )
            }
        }
    }
}
