package import Registry

/// What is staged stands in temporary tables of the writer's connection, one for each import: in no file of the registry,
/// in a nameless one that is gone when the connection is, and outside the sums of the ledger.
extension SQLSession {
    package func codeMark() throws -> CodeMark {
        // Rows are never removed.
        try database.only(
            """
            SELECT (SELECT coalesce(max(number), 0) FROM tokens) AS token,
                (SELECT coalesce(max(number), 0) FROM product_keys) AS product_key
            """
        )
    }

    package func stage(_ tokens: [StagedToken], in area: StagingArea) throws {
        try makeTable(area, "sku_part_number TEXT NOT NULL, seats INTEGER NOT NULL")
        for token in tokens {
            try database.run(
                """
                INSERT INTO \(Self.table(area)) (code_lookup, code_sealed, code_last_group, sku_part_number, seats)
                VALUES (?, ?, ?, ?, ?)
                """,
                [
                    token.code.lookup.bytes, token.code.bytes, token.code.lastGroup, token.skuPartNumber.description,
                    token.seats,
                ]
            )
        }
    }

    package func stage(_ keys: [StagedKey], in area: StagingArea) throws {
        try makeTable(
            area,
            """
            product TEXT NOT NULL, product_version TEXT, source TEXT NOT NULL, kms INTEGER NOT NULL, activations INTEGER
            """
        )
        for key in keys {
            try database.run(
                """
                INSERT INTO \(Self.table(area))
                    (code_lookup, code_sealed, code_last_group, product, product_version, source, kms, activations)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    key.code.lookup.bytes, key.code.bytes, key.code.lastGroup, key.product, key.version,
                    key.source.rawValue, key.isKMS, key.activations,
                ]
            )
        }
    }

    package func holdsRecordedCode(_ area: StagingArea, after mark: CodeMark) throws -> Bool {
        let table = Self.table(area)
        // Gone with the connection, which is given up after an I/O error.
        guard try database.hasTemporaryTable(table) else {
            throw StoreFailure.transactionLost
        }
        return try database.exists(
            """
            SELECT 1 FROM tokens t WHERE t.number > ?1
                AND EXISTS (SELECT 1 FROM \(table) s WHERE s.code_lookup = t.code_lookup)
            UNION ALL
            SELECT 1 FROM product_keys k WHERE k.number > ?2
                AND EXISTS (SELECT 1 FROM \(table) s WHERE s.code_lookup = k.code_lookup)
            """,
            [mark.token.number, mark.productKey.number]
        )
    }

    package func issueStaged(in area: StagingArea, as origin: StagedTokenOrigin) throws -> ClosedRange<TokenID>? {
        let first = try reserveNumbers(of: "tokens")
        // One statement for all of them takes a fifth of the time of one for each.
        try database.run(
            """
            INSERT INTO tokens
                (number, organization, enrollment, sku_part_number, seats, code_lookup, code_sealed, code_last_group,
                 issued_on, origin, recorded_at)
            SELECT ?1 + row_number() OVER (ORDER BY s.number) - 1, e.organization, e.number, s.sku_part_number, s.seats,
                s.code_lookup, s.code_sealed, s.code_last_group, ?3, 'imported', ?4
            FROM \(Self.table(area)) s JOIN enrollments e ON e.id = ?2 ORDER BY s.number
            """,
            [first, origin.enrollmentID, origin.issuedOn, origin.recordedAt]
        )
        return try requireNewestKey(numbers(from: first), of: .tokens)
    }

    package func recordStagedKeys(
        in area: StagingArea,
        of enrollment: EnrollmentID,
        recordedAt: Instant
    ) throws -> ClosedRange<ProductKeyID>? {
        let first = try reserveNumbers(of: "product_keys")
        try database.run(
            """
            INSERT INTO product_keys
                (number, organization, enrollment, product, product_version, source, kms, activations, code_lookup,
                 code_sealed, code_last_group, recorded_at)
            SELECT ?1 + row_number() OVER (ORDER BY s.number) - 1, e.organization, e.number, s.product,
                s.product_version, s.source, s.kms, s.activations, s.code_lookup, s.code_sealed, s.code_last_group, ?3
            FROM \(Self.table(area)) s JOIN enrollments e ON e.id = ?2 ORDER BY s.number
            """,
            [first, enrollment, recordedAt]
        )
        return try requireNewestKey(numbers(from: first), of: .productKeys)
    }

    package func clear(_ area: StagingArea) throws {
        try database.run("DROP TABLE IF EXISTS \(Self.table(area))")
    }

    private static func table(_ area: StagingArea) -> String {
        "staged_\(String(area.number, radix: 16))"
    }

    /// - Parameter columns: those beside the code's.
    private func makeTable(_ area: StagingArea, _ columns: String) throws {
        try database.define(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS \(Self.table(area)) (
                number INTEGER PRIMARY KEY,
                code_lookup BLOB NOT NULL UNIQUE,
                code_sealed BLOB NOT NULL,
                code_last_group TEXT NOT NULL,
                \(columns)
            ) STRICT
            """
        )
    }

    /// Of the rows that the last statement inserted.
    private func numbers<Subject>(from first: Int64) -> ClosedRange<NumberedIdentifier<Subject>>? {
        let count = database.changes
        guard count > 0 else { return nil }
        return NumberedIdentifier(number: first)...NumberedIdentifier(number: first + count - 1)
    }
}
