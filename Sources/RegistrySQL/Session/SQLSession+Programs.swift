package import Registry

extension Schema {
    static let programTables = """
        CREATE TABLE programs (
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            -- The licence table that it stands in. Of each, the latest version is the one that holds.
            edition TEXT NOT NULL,
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
            -- The licence table that it was made from, and what the rules told its programme apart by then.
            edition TEXT,
            program_traits TEXT,
            competency TEXT,
            starts_on TEXT NOT NULL,
            ends_on TEXT NOT NULL CHECK (ends_on >= starts_on),
            mints_tokens INTEGER NOT NULL CHECK (mints_tokens IN (0, 1)),
            predecessor INTEGER UNIQUE REFERENCES enrollments,
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX enrollments_by_organization ON enrollments (organization, starts_on);

        CREATE TABLE recorded_endings (
            number INTEGER PRIMARY KEY,
            enrollment INTEGER NOT NULL REFERENCES enrollments,
            kind TEXT NOT NULL CHECK (kind IN ('renewed', 'ended', 'lapsed', 'upgraded')),
            ended_on TEXT NOT NULL,
            -- The day before: the last one with it.
            last_day TEXT NOT NULL,
            -- Whether a correction took it back.
            withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX recorded_endings_once ON recorded_endings (enrollment) WHERE withdrawn = 0;
        CREATE VIEW enrollment_endings AS
            SELECT number, enrollment, kind, ended_on, last_day, recorded_at FROM recorded_endings WHERE withdrawn = 0;
        CREATE TRIGGER recorded_endings_once_more BEFORE INSERT ON recorded_endings
        WHEN EXISTS (SELECT 1 FROM recorded_endings WHERE enrollment = NEW.enrollment AND withdrawn = 0)
        BEGIN SELECT RAISE(ABORT, 'recorded_endings: an enrollment ends once'); END;

        -- What a programme named when it was enrolled in. What is granted of it follows, for a day, from all that is in
        -- force on that day (R12).
        CREATE TABLE enrollment_benefits (
            enrollment INTEGER NOT NULL REFERENCES enrollments,
            -- The enrollment's when they were granted: a corrected one brings others.
            program TEXT NOT NULL,
            position INTEGER NOT NULL,
            product TEXT NOT NULL,
            quantity INTEGER NOT NULL CHECK (quantity >= 0),
            country_maximum INTEGER NOT NULL,
            worldwide_maximum INTEGER NOT NULL,
            -- How its tokens are cut; a SKU alone is ordered without a code (R54).
            token_sku TEXT,
            token_seats INTEGER,
            -- Its unit, other SKUs and limits; null where it has none.
            terms TEXT,
            CHECK (token_sku IS NOT NULL OR token_seats IS NULL),
            PRIMARY KEY (enrollment, program, position),
            UNIQUE (enrollment, program, product)
        ) STRICT, WITHOUT ROWID;

        """
        + appendOnly("programs", key: "id, version", because: "a change is a new version")
        + appendOnly(
            "enrollment_benefits",
            key: "enrollment, program, position",
            unique: ["enrollment, program, product"],
            because: "what an enrollment brings stays as it was"
        )
        + appendOnly(
            "enrollments",
            key: "number",
            unique: ["id", "predecessor"],
            except: CorrectableTable.enrollments.isCorrected,
            because: "an enrollment gets an ending, and is corrected by entries"
        )
        + appendOnly(
            "recorded_endings",
            key: "number",
            except: CorrectableTable.endings.isCorrected,
            because: "an ending is recorded once, and taken back by an entry"
        )
}

extension SQLSession {
    package func editions(of id: ProgramID) throws -> [Program] {
        try database.all(
            """
            SELECT document FROM programs p WHERE id = ?
                AND version = (SELECT max(version) FROM programs WHERE id = p.id AND edition = p.edition)
            """,
            [id.value],
            Self.program
        ).sorted { $0.edition < $1.edition }
    }

    package func programs() throws -> [Program] {
        try database.all(
            """
            SELECT document FROM programs p
            WHERE version = (SELECT max(version) FROM programs WHERE id = p.id AND edition = p.edition)
            """,
            [],
            Self.program
        ).sorted { ($0.id, $0.edition) < ($1.id, $1.edition) }
    }

    package func enrollment(_ id: EnrollmentID) throws -> Enrollment? {
        try database.first("\(Self.enrollmentColumns) WHERE e.id = ?", [id.value])
    }

    package func enrollments(of organization: OrganizationID) throws -> [Enrollment] {
        try database.all(
            "\(Self.enrollmentColumns) WHERE o.id = ? ORDER BY e.starts_on, e.id",
            [organization.value]
        )
    }

    package func latestFact(carriedBy enrollment: EnrollmentID) throws -> CarriedFact? {
        try fact(carriedBy: enrollment, order: "\"on\" DESC")
    }

    package func firstFact(carriedBy enrollment: EnrollmentID) throws -> CarriedFact? {
        try fact(carriedBy: enrollment, order: "\"on\"")
    }

    package func firstKeyUse(of enrollment: EnrollmentID) throws -> CalendarDate? {
        let first: CalendarDate?? = try database.value(
            """
            SELECT min(a.activated_on) FROM key_activations a JOIN product_keys k ON k.number = a.product_key
            WHERE k.enrollment = (SELECT number FROM enrollments WHERE id = ?)
            """,
            [enrollment.value]
        )
        return first ?? nil
    }

    private func fact(carriedBy enrollment: EnrollmentID, order: String) throws -> CarriedFact? {
        try database.first(
            """
            WITH carrier (number) AS (SELECT number FROM enrollments WHERE id = ?)
            SELECT 'token T' || r.token || ' was redeemed' AS what, r.redeemed_on AS "on"
            FROM tokens t JOIN redemptions r ON r.token = t.number WHERE t.enrollment = (SELECT number FROM carrier)
            UNION ALL
            SELECT 'token T' || p.token || ' was replaced', p.replaced_on
            FROM tokens t JOIN token_replacements p ON p.token = t.number
            WHERE t.enrollment = (SELECT number FROM carrier)
            UNION ALL
            SELECT a.domain || ' was signed up for ' || s.service, s.signed_up_on
            FROM service_signups s JOIN tenants a ON a.number = s.tenant
            WHERE s.enrollment = (SELECT number FROM carrier)
            UNION ALL
            SELECT b.product || ' was redeemed', b.redeemed_on FROM benefit_redemptions b
            WHERE b.enrollment = (SELECT number FROM carrier)
            ORDER BY \(order), what LIMIT 1
            """,
            [enrollment.value]
        )
    }

    package func enrollmentCount() throws -> Int {
        try database.value("SELECT coalesce(max(number), 0) FROM enrollments") ?? 0
    }

    package func put(_ program: Program, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO programs (id, version, edition, document, recorded_at)
            VALUES (?1, (SELECT coalesce(max(version), 0) + 1 FROM programs WHERE id = ?1), ?2, ?3, ?4)
            """,
            [
                program.id.value, program.edition.id.value, try ProgramRecord.text(of: program),
                recordedAt.microsecondsSinceEpoch,
            ]
        )
    }

    package func insert(_ enrollment: Enrollment, benefits: [Benefit]) throws {
        let organization = try number(of: "organizations", id: enrollment.organizationID.value)
        try database.run(
            """
            INSERT INTO enrollments
                (id, organization, location, program, program_kind, competency, starts_on, ends_on, mints_tokens,
                 predecessor, recorded_at, edition, program_traits)
            VALUES (?1, ?2, (SELECT number FROM locations WHERE organization = ?2 AND id = ?3), ?4, ?5, ?6, ?7, ?8,
                    ?9, (SELECT number FROM enrollments WHERE id = ?10), ?11, ?12, ?13)
            """,
            [
                enrollment.id.value, organization, enrollment.locationID.value, enrollment.programID.value,
                enrollment.programKind.rawValue, enrollment.competency, enrollment.year.startsOn.description,
                enrollment.year.endsOn.description, enrollment.mintsTokens, enrollment.predecessor?.value,
                enrollment.recordedAt.microsecondsSinceEpoch, enrollment.edition, enrollment.programTraits,
            ]
        )
        try add(benefits, of: enrollment.programID, to: enrollment.id)
    }

    package func add(_ benefits: [Benefit], of program: ProgramID, to enrollment: EnrollmentID) throws {
        let number = try number(of: "enrollments", id: enrollment.value)
        let known = "SELECT 1 FROM enrollment_benefits WHERE enrollment = ? AND program = ?"
        // A programme that is put right and wrong and right again brings what it brought.
        guard try !database.exists(known, [number, program.value]) else { return }
        for (position, benefit) in benefits.enumerated() {
            try database.run(
                """
                INSERT INTO enrollment_benefits
                    (enrollment, program, position, product, quantity, country_maximum, worldwide_maximum, token_sku,
                     token_seats, terms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    number, program.value, position, benefit.product.rawValue, benefit.quantity,
                    benefit.maximum.country,
                    benefit.maximum.worldwide, benefit.skuPartNumber?.text, benefit.tokens?.seats,
                    benefit.terms == BenefitTerms() ? nil : benefit.terms,
                ]
            )
        }
    }

    package func end(_ enrollment: EnrollmentID, _ ending: Enrollment.Ending, recordedAt: Instant) throws {
        let number = try number(of: "enrollments", id: enrollment.value)
        guard try !database.exists("SELECT 1 FROM enrollment_endings WHERE enrollment = ?", [number]) else {
            throw Refusal(
                .enrollmentEnded,
                "The enrollment \(enrollment) has already ended.",
                facts: ["enrollmentId": enrollment]
            )
        }
        try database.run(
            "INSERT INTO recorded_endings (enrollment, kind, ended_on, last_day, recorded_at) VALUES (?, ?, ?, ?, ?)",
            [
                number, ending.kind, ending.on, ending.on.adding(days: -1), recordedAt,
            ]
        )
    }

    static let enrollmentColumns = "SELECT \(enrollmentFields) \(enrollmentTables)"

    /// Those of an ``Enrollment``, before others that are called like one of them.
    static let enrollmentFields = """
        o.id AS organization_id, l.id AS location_id, l.country, p.id AS predecessor, e.program AS program_id,
            n.kind, n.ended_on AS "on",
            (SELECT ended_on FROM enrollment_endings WHERE enrollment = e.predecessor) AS predecessor_ended_on, e.*
        """

    static let enrollmentTables = """
        FROM enrollments e
        JOIN organizations o ON o.number = e.organization
        JOIN locations l ON l.number = e.location
        LEFT JOIN enrollments p ON p.number = e.predecessor
        LEFT JOIN enrollment_endings n ON n.enrollment = e.number
        """

    private static func program(_ row: StoredRow) throws -> Program {
        try ProgramRecord.value(in: row[0])
    }
}
