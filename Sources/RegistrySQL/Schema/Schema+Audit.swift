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
        -- R19: each organisation has a ledger, and the registry has one for what belongs to none.
        CREATE TABLE ledgers (
            -- The organisation's; 0 for the registry's own.
            number INTEGER PRIMARY KEY,
            organization INTEGER REFERENCES organizations CHECK (number = coalesce(organization, 0)),
            -- Its last row's, after each commit; 0 and zeros while there is none.
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;

        -- Each commit that appends to ledgers leaves one: a SHA-256 over its predecessor's and the heads that it moved.
        CREATE TABLE seals (
            number INTEGER PRIMARY KEY,
            -- The latest of any row up to here, since the clock was last accepted.
            at INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;

        -- The rows of all ledgers. Each bears a SHA-256 over its predecessor's in its ledger and itself.
        CREATE TABLE audit (
            ledger INTEGER NOT NULL REFERENCES ledgers,
            sequence INTEGER NOT NULL,
            -- Of its commit, which is sealed at its end.
            seal INTEGER NOT NULL REFERENCES seals DEFERRABLE INITIALLY DEFERRED,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            changes TEXT NOT NULL CHECK (json_valid(changes)),
            request_id TEXT NOT NULL,
            -- What was done to the rows of each table since the row before, of whichever ledger: a sum of keyed digests.
            rows TEXT NOT NULL CHECK (json_valid(rows)),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (ledger, sequence)
        ) STRICT;
        CREATE INDEX audit_by_seal ON audit (seal);
        CREATE INDEX audit_by_subject ON audit (subject, seal);
        CREATE INDEX audit_by_instant ON audit (at);

        CREATE TRIGGER audit_no_gap BEFORE INSERT ON audit
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit WHERE ledger = NEW.ledger)
        BEGIN SELECT RAISE(ABORT, 'audit: a ledger''s rows have no gaps (R19)'); END;
        CREATE TRIGGER audit_next_seal BEFORE INSERT ON audit
        WHEN NEW.seal <> (SELECT coalesce(max(number), 0) + 1 FROM seals)
        BEGIN SELECT RAISE(ABORT, 'audit: a commit that is sealed has no more rows (R19)'); END;
        CREATE TRIGGER seals_no_gap BEFORE INSERT ON seals
        WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM seals)
        BEGIN SELECT RAISE(ABORT, 'seals: seals have no gaps (R19)'); END;
        CREATE TRIGGER ledgers_begin_empty BEFORE INSERT ON ledgers WHEN NEW.sequence <> 0 OR NEW.hash <> zeroblob(32)
        BEGIN SELECT RAISE(ABORT, 'ledgers: a ledger begins empty (R19)'); END;

        -- Where the registry went, once it was copied: then it is closed, and its copy has no such row.
        CREATE TABLE registry_successor (
            number INTEGER PRIMARY KEY CHECK (number = 1),
            place TEXT NOT NULL,
            -- The last seal, which says so, and which the copy ends with as well.
            seal INTEGER NOT NULL REFERENCES seals
        ) STRICT;

        CREATE TRIGGER seals_end_with_successor BEFORE INSERT ON seals WHEN EXISTS (SELECT 1 FROM registry_successor)
        BEGIN SELECT RAISE(ABORT, 'seals: the registry was copied to another place and closed'); END;

        CREATE TABLE remembered_answers (
            principal TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            -- Of the request, keyed.
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            answer TEXT NOT NULL,
            PRIMARY KEY (principal, idempotency_key)
        ) STRICT, WITHOUT ROWID;

        """
        + appendOnly("audit", key: "ledger, sequence", because: "the ledger is only appended to (R19)")
        + appendOnly("seals", key: "number", because: "what was committed stays so (R19)")
        + appendOnly(
            "ledgers",
            key: "number",
            except: """
                NEW.number = OLD.number AND NEW.organization IS NOT DISTINCT FROM OLD.organization
                AND NEW.sequence > OLD.sequence AND EXISTS (
                    SELECT 1 FROM audit WHERE ledger = NEW.number AND sequence = NEW.sequence AND hash = NEW.hash
                )
                """,
            because: "a ledger is kept, and its head is one of its later rows (R19)"
        )
        + appendOnly(
            "registry_successor",
            key: "number",
            because: "a registry that was copied to another place stays closed"
        )
        + appendOnly(
            "remembered_answers",
            key: "principal, idempotency_key",
            because: "the first answer is given for ever"
        )
}
