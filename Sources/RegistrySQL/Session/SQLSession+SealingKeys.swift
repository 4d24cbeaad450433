package import Registry

extension Schema {
    static let sealingKeyTable = """
        -- The keys that codes are sealed with, after the first, which is the registry's own.
        CREATE TABLE sealing_keys (
            number INTEGER PRIMARY KEY CHECK (number > 1),
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            begun_at INTEGER NOT NULL,
            -- Null while codes are sealed with an earlier one.
            ended_at INTEGER
        ) STRICT;

        """
        + appendOnly(
            "sealing_keys",
            key: "number",
            except: """
                NEW.number = OLD.number AND NEW.fingerprint = OLD.fingerprint AND NEW.begun_at = OLD.begun_at
                AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
                """,
            because: "a rotation of the key ends once"
        )
}

extension CorrectableTable {
    /// Whether an update is a correction, or seals the same code with another key while the key is rotated.
    var orResealed: String {
        let kept = columns.filter { $0 != "code_sealed" }.map { "NEW.\($0) IS NOT DISTINCT FROM OLD.\($0)" }
        let resealed = kept + ["EXISTS (SELECT 1 FROM sealing_keys WHERE ended_at IS NULL)"]
        return "(\(isCorrected)) OR (\(resealed.joined(separator: " AND ")))"
    }
}

extension SQLSession {
    package func sealingKeys() throws -> [SealingKey] {
        try database.all("SELECT number, fingerprint, begun_at, ended_at FROM sealing_keys ORDER BY number")
    }

    package func sealingKey() throws -> Int {
        try database.value("SELECT coalesce(max(number), 1) FROM sealing_keys") ?? 1
    }

    package func sealedCodes(of owner: CodeOwner, after number: Int64, limit: Int) throws -> [OwnedCode] {
        try database.all(
            "\(Self.sealedCode), number FROM \(owner.rawValue) WHERE number > ? ORDER BY number LIMIT ?",
            [number, limit]
        ) { OwnedCode(number: try $0["number"] as Int64, code: try $0.decode()) }
    }

    package func begin(_ key: SealingKey) throws {
        // Writers take turns on either engine, so every code that is sealed with an earlier key is there by now.
        try database.run(
            "INSERT INTO sealing_keys (number, fingerprint, begun_at) VALUES (?, ?, ?)",
            [key.number, key.fingerprint, key.begunAt]
        )
    }

    package func end(sealingKey number: Int, at now: Instant) throws {
        try database.run("UPDATE sealing_keys SET ended_at = ? WHERE number = ?", [now, number])
    }

    package func reseal(_ code: OwnedCode, of owner: CodeOwner) throws {
        try database.run(
            "UPDATE \(owner.rawValue) SET code_sealed = ? WHERE number = ?",
            [code.code.bytes, code.number]
        )
    }

    /// Refuses a code, just inserted, that is sealed with another key than the registry's newest.
    func requireNewestKey(_ code: SealedCode) throws {
        guard try code.sealingKey == sealingKey() else { throw StoreFailure.sealedWithEarlierKey }
    }

    /// The same for rows that were just inserted.
    func requireNewestKey<Subject>(
        _ numbers: ClosedRange<NumberedIdentifier<Subject>>?,
        of owner: CodeOwner
    ) throws -> ClosedRange<NumberedIdentifier<Subject>>? {
        guard let numbers else { return nil }
        let range: [any ColumnValue] = [numbers.lowerBound.number, numbers.upperBound.number]
        let (newest, table) = (try sealingKey(), "\(owner.rawValue) WHERE number BETWEEN ? AND ?")
        let hasOther =
            newest == 1
            ? try database.exists(
                "SELECT 1 FROM \(table) AND length(code_sealed) <> ?",
                range + [SealedCode.lengthWithFirstKey]
            )
            : try database.exists(
                "SELECT 1 FROM \(table) AND (length(code_sealed) = ? OR substr(code_sealed, 1, 4) <> ?)",
                range + [SealedCode.lengthWithFirstKey, SealedCode.prefix(ofSealingKey: newest)]
            )
        guard !hasOther else { throw StoreFailure.sealedWithEarlierKey }
        return numbers
    }
}
