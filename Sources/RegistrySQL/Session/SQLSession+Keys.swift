package import Registry

extension Schema {
    static let keyTables = """
        CREATE TABLE product_keys (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            enrollment INTEGER NOT NULL REFERENCES enrollments,
            product TEXT NOT NULL CHECK (product <> ''),
            product_version TEXT,
            source TEXT NOT NULL CHECK (source IN ('program', 'volume-licensing')),
            kms INTEGER NOT NULL CHECK (kms IN (0, 1)),
            -- Null where the key has no count.
            activations INTEGER CHECK (activations > 0),
            code_lookup BLOB NOT NULL UNIQUE,
            code_sealed BLOB NOT NULL,
            code_last_group TEXT NOT NULL CHECK (length(code_last_group) = 5),
            recorded_at INTEGER NOT NULL,
            -- R27: the programme has no KMS keys.
            CHECK (kms = 0 OR source <> 'program')
        ) STRICT;
        CREATE INDEX product_keys_by_organization ON product_keys (organization);

        CREATE TRIGGER product_keys_of_token BEFORE INSERT ON product_keys
        WHEN EXISTS (SELECT 1 FROM tokens WHERE code_lookup = NEW.code_lookup)
        BEGIN SELECT RAISE(ABORT, 'product_keys: the code is a token''s (R28)'); END;

        CREATE TABLE recorded_activations (
            number INTEGER PRIMARY KEY,
            product_key INTEGER NOT NULL REFERENCES product_keys,
            -- A machine's name is the same in either case.
            machine TEXT NOT NULL COLLATE NOCASE CHECK (machine <> ''),
            -- Null where no fingerprint was stated.
            hardware TEXT,
            -- Whether it took one from the key's count (R25, R26).
            consumed INTEGER NOT NULL CHECK (consumed IN (0, 1)),
            product_version TEXT,
            qualifying_license TEXT,
            host TEXT CHECK (host IN ('azure', 'mobility-partner')),
            activated_on TEXT NOT NULL,
            -- Whether a correction took it back.
            withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX recorded_activations_by_machine ON recorded_activations (product_key, machine, activated_on, number);
        CREATE INDEX recorded_activations_consumed ON recorded_activations (product_key, activated_on)
            WHERE consumed = 1 AND withdrawn = 0;
        CREATE VIEW key_activations AS
            SELECT number, product_key, machine, hardware, consumed, product_version, qualifying_license, host,
                activated_on, recorded_at
            FROM recorded_activations WHERE withdrawn = 0;

        -- R24: a finite count is never passed.
        CREATE TRIGGER recorded_activations_within_count BEFORE INSERT ON recorded_activations
        WHEN NEW.consumed = 1 AND (
            SELECT count(*) FROM key_activations WHERE product_key = NEW.product_key AND consumed = 1
        ) >= (SELECT activations FROM product_keys WHERE number = NEW.product_key)
        BEGIN SELECT RAISE(ABORT, 'recorded_activations: the key has no activation left (R24)'); END;

        -- R07: the day on which each version of a product came into the programme.
        CREATE TABLE product_versions (
            number INTEGER PRIMARY KEY,
            product TEXT NOT NULL COLLATE NOCASE CHECK (product <> ''),
            version TEXT NOT NULL COLLATE NOCASE CHECK (version <> ''),
            came_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            UNIQUE (product, version)
        ) STRICT;

        """
        + appendOnly(
            "product_keys",
            key: "number",
            unique: ["code_lookup"],
            except: CorrectableTable.productKeys.orResealed,
            because: "a key is recorded once, and corrected by entries"
        )
        + appendOnly(
            "recorded_activations",
            key: "number",
            except: CorrectableTable.activations.isCorrected,
            because: "an activation is recorded once, and taken back by an entry (R24)"
        )
        + appendOnly(
            "product_versions",
            key: "number",
            unique: ["product, version"],
            except: CorrectableTable.productVersions.isCorrected,
            because: "a version comes into the programme once (R07)"
        )
}

extension SQLSession {
    package func productKey(_ id: ProductKeyID) throws -> ProductKey? {
        try database.first("\(Self.keyColumns) WHERE k.number = ?", [id.number])
    }

    package func productKey(withCode lookup: CodeLookup) throws -> ProductKey? {
        try database.first("\(Self.keyColumns) WHERE k.code_lookup = ?", [lookup.bytes])
    }

    package func productKeys(of organization: OrganizationID, after id: ProductKeyID?, limit: Int) throws
        -> [ProductKey]
    {
        try database.all(
            """
            \(Self.keyColumns)
            WHERE k.organization = (SELECT number FROM organizations WHERE id = ?) AND k.number > ?
            ORDER BY k.number LIMIT ?
            """,
            [organization.value, id?.number ?? 0, limit]
        )
    }

    package func productKeyOwner(withCode lookup: CodeLookup) throws -> OrganizationID? {
        try database.first(
            """
            SELECT o.id FROM product_keys k JOIN organizations o ON o.number = k.organization WHERE k.code_lookup = ?
            """,
            [lookup.bytes]
        )
    }

    package func sealedCode(of key: ProductKeyID) throws -> SealedCode? {
        try database.first(
            "\(Self.sealedCode) FROM product_keys WHERE number = ?",
            [key.number]
        )
    }

    package func keyUse(of key: ProductKeyID, since day: CalendarDate) throws -> KeyUse {
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
            o.id AS organization_id, e.id AS enrollment_id, e.program_kind, e.program_traits
        FROM product_keys k
        JOIN organizations o ON o.number = k.organization
        JOIN enrollments e ON e.number = k.enrollment
        """
}
