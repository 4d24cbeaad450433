import Registry

extension SQLiteSession {
    func productKey(_ id: ProductKeyID) throws -> ProductKey? {
        try database.first("\(Self.keyColumns) WHERE k.number = ?", [id.number])
    }

    func productKey(withCode lookup: CodeLookup) throws -> ProductKey? {
        try database.first("\(Self.keyColumns) WHERE k.code_lookup = ?", [lookup.bytes])
    }

    func productKeys(of organization: OrganizationID, after id: ProductKeyID?, limit: Int) throws -> [ProductKey] {
        try database.all(
            """
            \(Self.keyColumns)
            WHERE k.organization = (SELECT number FROM organizations WHERE id = ?) AND k.number > ?
            ORDER BY k.number LIMIT ?
            """,
            [organization.value, id?.number ?? 0, limit]
        )
    }

    func productKeyOwner(withCode lookup: CodeLookup) throws -> OrganizationID? {
        try database.first(
            """
            SELECT o.id FROM product_keys k JOIN organizations o ON o.number = k.organization WHERE k.code_lookup = ?
            """,
            [lookup.bytes]
        )
    }

    func sealedCode(of key: ProductKeyID) throws -> SealedCode? {
        try database.first(
            "\(Self.sealedCode) FROM product_keys WHERE number = ?",
            [key.number]
        )
    }

    func keyUse(of key: ProductKeyID, since day: CalendarDate) throws -> KeyUse {
        try database.only(
            """
            SELECT count(*) AS consumed, count(*) FILTER (WHERE activated_on >= ?) AS consumed_lately,
                min(activated_on) AS first_consumed_on
            FROM key_activations WHERE product_key = ? AND consumed = 1
            """,
            [day, key]
        )
    }

    private static let keyColumns = """
        SELECT k.*, k.number AS id, k.product_version AS version, k.code_last_group AS last_group,
            o.id AS organization_id, e.id AS enrollment_id, e.program_kind
        FROM product_keys k
        JOIN organizations o ON o.number = k.organization
        JOIN enrollments e ON e.number = k.enrollment
        """
}
