extension Schema {
    static let tokenTables = """
        CREATE TABLE tokens (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            enrollment INTEGER NOT NULL REFERENCES enrollments,
            sku_part_number TEXT NOT NULL,
            seats INTEGER NOT NULL CHECK (seats > 0),
            code_lookup BLOB NOT NULL UNIQUE,
            code_sealed BLOB NOT NULL,
            code_last_group TEXT NOT NULL CHECK (length(code_last_group) = 5),
            issued_on TEXT NOT NULL,
            origin TEXT NOT NULL CHECK (origin IN ('minted', 'imported')),
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX tokens_by_organization ON tokens (organization);
        CREATE INDEX tokens_by_enrollment ON tokens (enrollment);

        -- R29: unique by token.
        CREATE TABLE redemptions (
            token INTEGER PRIMARY KEY REFERENCES tokens,
            tenant INTEGER NOT NULL REFERENCES tenants,
            intent TEXT NOT NULL CHECK (intent IN ('add', 'extend')),
            seat_block INTEGER UNIQUE REFERENCES seat_blocks,
            redeemed_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            CHECK ((intent = 'add') = (seat_block IS NOT NULL))
        ) STRICT;

        CREATE TABLE token_voids (
            token INTEGER PRIMARY KEY REFERENCES tokens,
            voided_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;

        -- R46: a token is replaced once, by one token.
        CREATE TABLE token_replacements (
            token INTEGER PRIMARY KEY REFERENCES tokens,
            replacement INTEGER NOT NULL UNIQUE REFERENCES tokens,
            replaced_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;

        CREATE TRIGGER redemptions_of_void BEFORE INSERT ON redemptions
        WHEN EXISTS (SELECT 1 FROM token_voids WHERE token = NEW.token)
        BEGIN SELECT RAISE(ABORT, 'redemptions: the token is void (R33)'); END;
        CREATE TRIGGER token_voids_of_redeemed BEFORE INSERT ON token_voids
        WHEN EXISTS (SELECT 1 FROM redemptions WHERE token = NEW.token)
        BEGIN SELECT RAISE(ABORT, 'token_voids: the token is redeemed (R29)'); END;

        """
        + appendOnly(
            "tokens",
            key: "number",
            unique: ["code_lookup"],
            because: "a token is issued once, and never changes"
        )
        + appendOnly(
            "redemptions",
            key: "token",
            unique: ["seat_block"],
            because: "a token is redeemed at most once, for ever (R29)"
        )
        + appendOnly("token_voids", key: "token", because: "a void token stays void (R33)")
        + appendOnly(
            "token_replacements",
            key: "token",
            unique: ["replacement"],
            because: "a token is replaced once (R46)"
        )
}
