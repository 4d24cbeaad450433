extension Schema {
    static let programTables = """
        CREATE TABLE programs (
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            document TEXT NOT NULL CHECK (json_valid(document)),
            recorded_at INTEGER NOT NULL,
            PRIMARY KEY (id, version)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE enrollments (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            organization INTEGER NOT NULL REFERENCES organizations,
            location INTEGER NOT NULL REFERENCES locations,
            program TEXT NOT NULL,
            program_kind TEXT NOT NULL,
            competency TEXT,
            starts_on TEXT NOT NULL,
            ends_on TEXT NOT NULL CHECK (ends_on >= starts_on),
            mints_tokens INTEGER NOT NULL CHECK (mints_tokens IN (0, 1)),
            predecessor INTEGER UNIQUE REFERENCES enrollments,
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX enrollments_by_organization ON enrollments (organization, starts_on);

        CREATE TABLE enrollment_endings (
            enrollment INTEGER PRIMARY KEY REFERENCES enrollments,
            kind TEXT NOT NULL CHECK (kind IN ('renewed', 'ended', 'lapsed', 'upgraded')),
            ended_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;

        -- What a programme named when it was enrolled in. What is granted of it follows, for a day, from all that is in
        -- force on that day (R12).
        CREATE TABLE enrollment_benefits (
            enrollment INTEGER NOT NULL REFERENCES enrollments,
            position INTEGER NOT NULL,
            product TEXT NOT NULL,
            quantity INTEGER NOT NULL CHECK (quantity >= 0),
            country_maximum INTEGER NOT NULL,
            worldwide_maximum INTEGER NOT NULL,
            -- How its tokens are cut; null where it comes without tokens.
            token_sku TEXT,
            token_seats INTEGER,
            CHECK ((token_sku IS NULL) = (token_seats IS NULL)),
            PRIMARY KEY (enrollment, position),
            UNIQUE (enrollment, product)
        ) STRICT, WITHOUT ROWID;

        """
        + appendOnly("programs", key: "id, version", because: "a change is a new version")
        + appendOnly(
            "enrollment_benefits",
            key: "enrollment, position",
            unique: ["enrollment, product"],
            because: "what an enrollment brings stays as it was"
        )
        + appendOnly(
            "enrollments",
            key: "number",
            unique: ["id", "predecessor"],
            because: "an enrollment gets an ending, and never changes"
        )
        + appendOnly("enrollment_endings", key: "enrollment", because: "an enrollment ends once")
}
