/// R19: what of a table's rows a correction may change, and nothing else ever.
///
/// A row has the values that are right, and each value that was there before stands in `corrections`, with the row of
/// the ledger that changed it.
package struct CorrectableTable: Sendable {
    package let name: String
    /// The columns that name a row.
    let key: [String]
    /// Texts that can be corrected.
    let texts: [String]
    /// Numbers that can be corrected: truth, counts, and the rows that are referred to.
    let numbers: [String]
    /// Columns that stay as they were written.
    let fixed: [String]

    private init(_ name: String, key: [String] = ["number"], texts: [String], numbers: [String], fixed: [String]) {
        self.name = name
        self.key = key
        self.texts = texts
        self.numbers = numbers
        self.fixed = fixed
    }

    package var columns: [String] { fixed + texts + numbers }

    /// The expression for what names a row in `corrections`.
    package func rowKey(of row: String) -> String {
        key.map { "CAST(\(row).\($0) AS TEXT)" }.joined(separator: " || ' ' || ")
    }

    /// Whether an update changes something, and each change is what the latest correction of the field says.
    var isCorrected: String {
        let kept = fixed.map { "NEW.\($0) IS NOT DISTINCT FROM OLD.\($0)" }
        let corrected = (texts + numbers).map { field in
            """
            (NEW.\(field) IS NOT DISTINCT FROM OLD.\(field) OR EXISTS (
                SELECT 1 FROM corrections c WHERE c.number = (
                    SELECT max(d.number) FROM corrections d
                    WHERE d.row_table = '\(name)' AND d.row_key = \(rowKey(of: "OLD")) AND d.field = '\(field)'
                ) AND c.was_value IS NOT DISTINCT FROM CAST(OLD.\(field) AS TEXT)
                    AND c.becomes_value IS NOT DISTINCT FROM CAST(NEW.\(field) AS TEXT)
            ))
            """
        }
        let changed = (texts + numbers).map { "NEW.\($0) IS DISTINCT FROM OLD.\($0)" }
        return (kept + corrected + ["(\(changed.joined(separator: " OR ")))"]).joined(separator: " AND ")
    }
}

extension CorrectableTable {
    package static let all = [
        organizations, locations, enrollments, endings, tokens, voids, redemptions, seatBlocks, tenants, domains,
        productKeys, activations, productVersions,
    ]

    static let organizations = CorrectableTable(
        "organizations",
        texts: [
            "name", "country", "time_zone", "portal", "former_portal", "portal_since", "year_length",
            "anniversary_basis",
        ],
        numbers: [],
        fixed: ["number", "id", "recorded_at"]
    )
    static let locations = CorrectableTable(
        "locations",
        texts: ["name", "country", "closed_on"],
        numbers: ["associated"],
        fixed: ["number", "organization", "id", "headquarters", "recorded_at"]
    )
    static let enrollments = CorrectableTable(
        "enrollments",
        texts: ["program", "program_kind", "edition", "program_traits", "competency", "starts_on", "ends_on"],
        numbers: ["location"],
        fixed: ["number", "id", "organization", "mints_tokens", "predecessor", "recorded_at"]
    )
    static let endings = CorrectableTable(
        "recorded_endings",
        texts: [],
        numbers: ["withdrawn"],
        fixed: ["number", "enrollment", "kind", "ended_on", "last_day", "recorded_at"]
    )
    static let tokens = CorrectableTable(
        "tokens",
        texts: ["sku_part_number"],
        numbers: ["enrollment", "seats"],
        fixed: [
            "number", "organization", "code_lookup", "code_sealed", "code_last_group", "issued_on", "origin",
            "recorded_at",
        ]
    )
    static let voids = CorrectableTable(
        "recorded_voids",
        texts: [],
        numbers: ["withdrawn"],
        fixed: ["number", "token", "voided_on", "recorded_at"]
    )
    static let redemptions = CorrectableTable(
        "redemptions",
        key: ["token"],
        texts: ["intent", "redeemed_on"],
        numbers: ["tenant", "seat_block"],
        fixed: ["token", "recorded_at"]
    )
    static let seatBlocks = CorrectableTable(
        "seat_blocks",
        texts: ["sku_part_number", "purchase_source", "starts_on", "rights_end_on", "service_ends_on"],
        numbers: ["tenant", "seats", "enrollment"],
        fixed: ["number", "token", "recorded_at"]
    )
    static let tenants = CorrectableTable(
        "tenants",
        texts: ["id", "domain", "left_on"],
        numbers: ["administrator"],
        fixed: ["number", "organization", "signed_up_on", "id_recorded_at", "recorded_at"]
    )
    static let domains = CorrectableTable(
        "tenant_domains",
        key: ["tenant", "position"],
        texts: ["domain"],
        numbers: [],
        fixed: ["tenant", "position", "recorded_at"]
    )
    static let productKeys = CorrectableTable(
        "product_keys",
        texts: [],
        numbers: ["activations"],
        fixed: [
            "number", "organization", "enrollment", "product", "product_version", "source", "kms", "code_lookup",
            "code_sealed", "code_last_group", "recorded_at",
        ]
    )
    static let activations = CorrectableTable(
        "recorded_activations",
        texts: [],
        numbers: ["withdrawn"],
        fixed: [
            "number", "product_key", "machine", "hardware", "consumed", "product_version", "qualifying_license", "host",
            "activated_on", "recorded_at",
        ]
    )
    static let productVersions = CorrectableTable(
        "product_versions",
        texts: ["came_on"],
        numbers: [],
        fixed: ["number", "product", "version", "recorded_at"]
    )
}
