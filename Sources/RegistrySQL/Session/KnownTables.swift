/// What stands in for the registry's tables, to tell what was known at an instant.
struct KnownTables {
    private let schema: String
    private let instant: String
    /// `table.column` of what was corrected after the instant.
    private let correctedLater: Set<String>
    /// Each in the order in which it may be named by those after it.
    private let standIns: [(table: String, query: String)]

    /// - Parameters:
    ///   - schema: where the tables themselves are.
    ///   - instant: in microseconds.
    init(schema: String, instant: String, correctedLater: Set<String>) {
        self.schema = schema
        self.instant = instant
        self.correctedLater = correctedLater
        var standIns: [(table: String, query: String)] = []
        for table in Self.recorded {
            standIns.append((table, "SELECT * FROM \(schema).\(table) WHERE recorded_at <= \(instant)"))
        }
        standIns.append(("audit", "SELECT * FROM \(schema).audit WHERE at <= \(instant)"))
        for table in CorrectableTable.all {
            let columns = table.columns.map { Self.column($0, of: table, schema, instant, correctedLater) }
            standIns.append(
                (
                    table.name,
                    """
                    SELECT \(columns.joined(separator: ", ")) FROM \(schema).\(table.name) x
                    WHERE x.recorded_at <= \(instant)
                    """
                )
            )
        }
        for (view, table) in Self.views {
            standIns.append((view, "SELECT * FROM \(table) WHERE withdrawn = 0"))
        }
        standIns.append(("person_names", Self.names(schema, instant)))
        standIns.append(("assignments", Self.assignments(schema, instant)))
        standIns += Self.sums
        self.standIns = standIns
    }

    /// The tables that something stands in for.
    var names: Set<String> { Set(standIns.map(\.table)) }

    /// `sql`, preceded by what stands in for the tables that it names. What does not read is left as it is.
    func standingIn(for sql: String) -> String {
        guard sql.firstMatch(of: /^\s*(?:SELECT|WITH)\b/) != nil else { return sql }
        var words = Set(sql.matches(of: /\w+/).map { $0.0 })
        var wanted: [String] = []
        for (table, query) in standIns.reversed() where words.contains(table[...]) {
            words.formUnion(query.matches(of: /\w+/).map { $0.0 })
            wanted.append("\(table) AS (\(query))")
        }
        guard !wanted.isEmpty else { return sql }
        let list = wanted.reversed().joined(separator: ", ")
        guard let own = sql.firstMatch(of: /^\s*WITH(?: RECURSIVE)?\s/) else { return "WITH RECURSIVE \(list) \(sql)" }
        return "WITH RECURSIVE \(list), \(sql[own.range.upperBound...])"
    }

    /// Tables whose rows are recorded once and never change.
    private static let recorded = [
        "corrections", "programs", "service_signups", "token_replacements", "seat_block_extensions",
        "seat_block_endings", "renewals", "benefit_redemptions", "billing_accounts", "tenant_billing_accounts",
    ]

    /// What a correction can take back, and where it was recorded.
    private static let views = [
        ("enrollment_endings", "recorded_endings"), ("token_voids", "recorded_voids"),
        ("key_activations", "recorded_activations"),
    ]

    /// A column with the value that it had before the first correction after the instant.
    private static func column(
        _ field: String,
        of table: CorrectableTable,
        _ schema: String,
        _ instant: String,
        _ correctedLater: Set<String>
    ) -> String {
        var value = "x.\(field)"
        if correctedLater.contains("\(table.name).\(field)") {
            let later = """
                FROM \(schema).corrections c WHERE c.row_table = '\(table.name)' AND c.row_key = \(table.rowKey(of: "x"))
                    AND c.field = '\(field)' AND c.recorded_at > \(instant)
                """
            let type = table.numbers.contains(field) ? "BIGINT" : "TEXT"
            value = """
                CASE WHEN EXISTS (SELECT 1 \(later))
                THEN CAST((SELECT c.was_value \(later) ORDER BY c.number LIMIT 1) AS \(type)) ELSE \(value) END
                """
        }
        // A directory's GUID may have become known later.
        if table.name == "tenants", field == "id" {
            value = "CASE WHEN x.id_recorded_at <= \(instant) THEN \(value) END"
        }
        return "\(value) AS \(field)"
    }

    /// With what people were called then.
    private static func names(_ schema: String, _ instant: String) -> String {
        """
        SELECT person, organization, salt, coalesce((
            SELECT f.user_principal_name FROM \(schema).former_names f
            WHERE f.person = x.person AND f.renamed_at > \(instant) ORDER BY f.number LIMIT 1
        ), user_principal_name) AS user_principal_name
        FROM \(schema).person_names x
        """
    }

    private static func assignments(_ schema: String, _ instant: String) -> String {
        """
        SELECT number, organization, person, kind, product, tenant, sku_key, sku_part_number, location, country, apart,
            purpose, source, seat_source, counted, from_on, from_at, from_sequence, standing,
            CASE WHEN to_at <= \(instant) THEN to_on END AS to_on,
            CASE WHEN to_at <= \(instant) THEN to_at END AS to_at,
            CASE WHEN to_at <= \(instant) THEN to_sequence END AS to_sequence
        FROM \(schema).assignments WHERE from_at <= \(instant)
        """
    }

    /// The sums that are kept, from the history.
    private static let sums = [
        (
            "use_sums",
            """
            SELECT organization, product, apart, country, kind, standing, count(*) AS units
            FROM assignments WHERE product IS NOT NULL AND to_on IS NULL
            GROUP BY organization, product, apart, country, kind, standing
            """
        ),
        (
            "use_days",
            """
            SELECT organization, product, apart, day, country, kind, standing, sum(change) AS units FROM (
                SELECT organization, product, apart, from_on AS day, country, kind, standing, 1 AS change FROM assignments
                UNION ALL
                SELECT organization, product, apart, to_on, country, kind, standing, -1 FROM assignments
                WHERE to_on IS NOT NULL
            ) moved WHERE product IS NOT NULL GROUP BY organization, product, apart, day, country, kind, standing
            """
        ),
        (
            "seat_sums",
            """
            SELECT tenant, sku_key, seat_source AS source, count(*) AS units FROM assignments
            WHERE tenant IS NOT NULL AND to_on IS NULL GROUP BY tenant, sku_key, seat_source
            """
        ),
        (
            "seat_days",
            """
            SELECT tenant, sku_key, seat_source AS source, day, sum(change) AS units FROM (
                SELECT tenant, sku_key, seat_source, from_on AS day, 1 AS change FROM assignments
                UNION ALL
                SELECT tenant, sku_key, seat_source, to_on, -1 FROM assignments WHERE to_on IS NOT NULL
            ) moved WHERE tenant IS NOT NULL GROUP BY tenant, sku_key, seat_source, day
            """
        ),
    ]
}
