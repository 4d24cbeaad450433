extension Schema {
    static let accessTables = """
        CREATE TABLE access_grants (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            principal TEXT NOT NULL,
            permission TEXT NOT NULL,
            valid_from INTEGER NOT NULL,
            valid_until INTEGER,
            granted_by TEXT NOT NULL,
            -- Set once, when the grant is taken back.
            revoked_at INTEGER
        ) STRICT;
        CREATE INDEX access_grants_by_organization ON access_grants (organization, principal);
        CREATE INDEX access_grants_by_principal ON access_grants (principal, organization);

        CREATE TRIGGER access_grants_no_update BEFORE UPDATE ON access_grants
        WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
            OR OLD.number IS DISTINCT FROM NEW.number OR OLD.organization IS DISTINCT FROM NEW.organization
            OR OLD.principal IS DISTINCT FROM NEW.principal OR OLD.permission IS DISTINCT FROM NEW.permission
            OR OLD.valid_from IS DISTINCT FROM NEW.valid_from OR OLD.valid_until IS DISTINCT FROM NEW.valid_until
            OR OLD.granted_by IS DISTINCT FROM NEW.granted_by
        BEGIN SELECT RAISE(ABORT, 'access_grants: a grant can only be revoked, and only once'); END;
        CREATE TRIGGER access_grants_no_delete BEFORE DELETE ON access_grants
        BEGIN SELECT RAISE(ABORT, 'access_grants: who could see what is kept (R19)'); END;
        CREATE TRIGGER access_grants_no_replace BEFORE INSERT ON access_grants
        WHEN EXISTS (SELECT 1 FROM access_grants WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'access_grants: who could see what is kept (R19)'); END;

        """

    static let auditTables = """
        -- R19: the ledger. Each row bears a SHA-256 over its predecessor's and itself.
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            -- Whose affair it is, by id; null for the registry's own.
            organization TEXT REFERENCES organizations (id),
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            changes TEXT NOT NULL CHECK (json_valid(changes)),
            request_id TEXT NOT NULL,
            -- What was done to the rows of each table since the row before: a sum of keyed digests.
            rows TEXT NOT NULL CHECK (json_valid(rows)),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX audit_by_subject ON audit (subject, sequence);
        CREATE INDEX audit_by_organization ON audit (organization, sequence) WHERE organization IS NOT NULL;
        CREATE INDEX audit_by_instant ON audit (at);

        CREATE TRIGGER audit_no_gap BEFORE INSERT ON audit
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
        BEGIN SELECT RAISE(ABORT, 'audit: rows have no gaps (R19)'); END;

        CREATE TABLE remembered_answers (
            principal TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            -- Of the request, keyed.
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            answer TEXT NOT NULL,
            PRIMARY KEY (principal, idempotency_key)
        ) STRICT, WITHOUT ROWID;

        """
        + appendOnly("audit", key: "sequence", because: "the ledger is only appended to (R19)")
        + appendOnly(
            "remembered_answers",
            key: "principal, idempotency_key",
            because: "the first answer is given for ever"
        )
}
