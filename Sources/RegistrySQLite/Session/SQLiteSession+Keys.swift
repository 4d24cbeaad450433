import Registry

extension SQLiteSession {
    func productKey(_ id: ProductKeyID) throws -> ProductKey? {
        try database.first("\(Self.keyColumns) WHERE k.number = ?", [id.number], Self.productKey)
    }

    func productKey(withCode lookup: CodeLookup) throws -> ProductKey? {
        try database.first("\(Self.keyColumns) WHERE k.code_lookup = ?", [lookup.bytes], Self.productKey)
    }

    func productKeys(of organization: OrganizationID, after id: ProductKeyID?, limit: Int) throws -> [ProductKey] {
        try database.all(
            """
            \(Self.keyColumns)
            WHERE k.organization = (SELECT number FROM organizations WHERE id = ?) AND k.number > ?
            ORDER BY k.number LIMIT ?
            """,
            [organization.value, id?.number ?? 0, limit],
            Self.productKey
        )
    }

    func productKeyOwner(withCode lookup: CodeLookup) throws -> OrganizationID? {
        try database.first(
            """
            SELECT o.id FROM product_keys k JOIN organizations o ON o.number = k.organization WHERE k.code_lookup = ?
            """,
            [lookup.bytes]
        ) { try OrganizationID(stored: $0[0]) }
    }

    func sealedCode(of key: ProductKeyID) throws -> SealedCode? {
        try database.first(
            "SELECT code_sealed, code_lookup, code_last_group FROM product_keys WHERE number = ?",
            [key.number]
        ) {
            SealedCode(
                bytes: try $0[0] as [UInt8],
                lookup: try CodeLookup(bytes: $0[1] as [UInt8]),
                lastGroup: try $0[2]
            )
        }
    }

    func keyUse(of key: ProductKeyID, since day: CalendarDate) throws -> KeyUse {
        let recorded = try database.first("SELECT count(*) FROM key_activations WHERE product_key = ?", [key.number]) {
            try $0[0] as Int
        }
        let use = try database.first(
            """
            SELECT count(*) AS consumed, count(*) FILTER (WHERE activated_on >= ?) AS lately,
                min(activated_on) AS first_on
            FROM key_activations WHERE product_key = ? AND consumed = 1
            """,
            [day.description, key.number]
        ) { row in
            KeyUse(
                recorded: recorded ?? 0,
                consumed: try row["consumed"],
                consumedLately: try row["lately"],
                firstConsumedOn: try row.optionalDate("first_on")
            )
        }
        return use ?? KeyUse(recorded: 0, consumed: 0, consumedLately: 0, firstConsumedOn: nil)
    }

    private static let keyColumns = """
        SELECT k.*, o.id AS organization_id, e.id AS enrollment_id, e.program_kind
        FROM product_keys k
        JOIN organizations o ON o.number = k.organization
        JOIN enrollments e ON e.number = k.enrollment
        """

    private static func productKey(_ row: StoredRow) throws -> ProductKey {
        ProductKey(
            id: try ProductKeyID(number: row["number"]),
            organizationID: try OrganizationID(stored: row["organization_id"]),
            enrollmentID: try EnrollmentID(stored: row["enrollment_id"]),
            programKind: try row.stored("program_kind"),
            product: try row["product"],
            version: try row["product_version"],
            source: try row.stored("source"),
            isKMS: try row["kms"],
            activations: try row["activations"],
            lastGroup: try row["code_last_group"],
            recordedAt: try row.instant("recorded_at")
        )
    }
}
