package import Registry

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

        CREATE TABLE recorded_voids (
            number INTEGER PRIMARY KEY,
            token INTEGER NOT NULL REFERENCES tokens,
            voided_on TEXT NOT NULL,
            -- Whether a correction took it back.
            withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX recorded_voids_once ON recorded_voids (token) WHERE withdrawn = 0;
        CREATE VIEW token_voids AS SELECT number, token, voided_on, recorded_at FROM recorded_voids WHERE withdrawn = 0;

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
        CREATE TRIGGER recorded_voids_of_redeemed BEFORE INSERT ON recorded_voids
        WHEN EXISTS (SELECT 1 FROM redemptions WHERE token = NEW.token)
        BEGIN SELECT RAISE(ABORT, 'recorded_voids: the token is redeemed (R29)'); END;
        CREATE TRIGGER recorded_voids_once_more BEFORE INSERT ON recorded_voids
        WHEN EXISTS (SELECT 1 FROM recorded_voids WHERE token = NEW.token AND withdrawn = 0)
        BEGIN SELECT RAISE(ABORT, 'recorded_voids: a void token stays void (R33)'); END;

        """
        + appendOnly(
            "tokens",
            key: "number",
            unique: ["code_lookup"],
            except: CorrectableTable.tokens.orResealed,
            because: "a token is issued once, and corrected by entries"
        )
        + appendOnly(
            "redemptions",
            key: "token",
            unique: ["seat_block"],
            except: CorrectableTable.redemptions.isCorrected,
            because: "a token is redeemed at most once, for ever (R29)"
        )
        + appendOnly(
            "recorded_voids",
            key: "number",
            except: CorrectableTable.voids.isCorrected,
            because: "a void token stays void (R33)"
        )
        + appendOnly(
            "token_replacements",
            key: "token",
            unique: ["replacement"],
            because: "a token is replaced once (R46)"
        )
}

extension SQLSession {
    package func token(_ id: TokenID) throws -> Token? {
        try database.first("\(Self.tokenColumns) WHERE t.number = ?", [id.number])
    }

    package func token(withCode lookup: CodeLookup) throws -> Token? {
        try database.first("\(Self.tokenColumns) WHERE t.code_lookup = ?", [lookup.bytes])
    }

    package func tokens(_ filter: TokenFilter, after id: TokenID?, limit: Int) throws -> [Token] {
        var conditions = [
            filter.enrollmentID == nil
                ? "t.organization = (SELECT number FROM organizations WHERE id = ?)"
                : "t.enrollment = (SELECT number FROM enrollments WHERE id = ?)",
            "t.number > ?",
        ]
        var arguments: [any ColumnValue] = [
            filter.enrollmentID?.value ?? filter.organizationID.value, id?.number ?? 0,
        ]
        if let status = filter.status {
            let day = filter.asOf.description
            switch status {
            case .unredeemed:
                conditions.append("r.token IS NULL AND \(Self.lastDay) >= ? AND (v.token IS NULL OR v.voided_on > ?)")
                arguments += [day, day]
            case .redeemed:
                conditions.append("r.token IS NOT NULL AND p.token IS NULL")
            case .void:
                conditions.append("r.token IS NULL AND (\(Self.lastDay) < ? OR v.voided_on <= ?)")
                arguments += [day, day]
            case .replaced:
                conditions.append("p.token IS NOT NULL")
            }
        }
        arguments.append(limit)
        return try database.all(
            "\(Self.tokenColumns) WHERE \(conditions.joined(separator: " AND ")) ORDER BY t.number LIMIT ?",
            arguments
        )
    }

    package func tokenIDs(of enrollment: EnrollmentID) throws -> [TokenID] {
        try database.all(
            """
            SELECT number FROM tokens WHERE enrollment = (SELECT number FROM enrollments WHERE id = ?) ORDER BY number
            """,
            [enrollment.value]
        )
    }

    package func unredeemedTokens(of organization: OrganizationID, on day: CalendarDate) throws -> [UnredeemedTokens] {
        try database.all(
            """
            SELECT enrollment_id, sku_part_number, redeemable_through, count(*) AS tokens, sum(seats) AS seats
            FROM (
                SELECT e.id AS enrollment_id, t.sku_part_number, t.seats, \(Self.lastDay) AS redeemable_through
                FROM tokens t JOIN enrollments e ON e.number = t.enrollment
                LEFT JOIN enrollment_endings n ON n.enrollment = e.number
                LEFT JOIN redemptions r ON r.token = t.number
                LEFT JOIN token_voids v ON v.token = t.number
                WHERE t.organization = (SELECT number FROM organizations WHERE id = ?1)
                    AND r.token IS NULL AND (v.token IS NULL OR v.voided_on > ?2)
            ) unredeemed
            WHERE redeemable_through >= ?2
            GROUP BY enrollment_id, sku_part_number, redeemable_through
            ORDER BY redeemable_through, enrollment_id, sku_part_number
            """,
            [organization.value, day.description]
        )
    }

    package func sealedCode(of token: TokenID) throws -> SealedCode? {
        try database.first(
            "\(Self.sealedCode) FROM tokens WHERE number = ?",
            [token.number]
        )
    }

    package func insert(_ draft: TokenDraft) throws -> TokenID {
        let number = try reserveNumbers(of: "tokens")
        try database.run(
            """
            INSERT INTO tokens
                (number, organization, enrollment, sku_part_number, seats, code_lookup, code_sealed, code_last_group,
                 issued_on, origin, recorded_at)
            SELECT ?1, organization, number, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM enrollments
            WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM tokens WHERE code_lookup = ?5)
            """,
            [
                number, draft.enrollmentID, draft.skuPartNumber, draft.seats, draft.code.lookup, draft.code.bytes,
                draft.code.lastGroup, draft.issuedOn, draft.origin, draft.recordedAt,
            ]
        )
        if database.changes == 1 {
            try requireNewestKey(draft.code)
            return TokenID(number: number)
        }
        guard let enrollment = try enrollment(draft.enrollmentID) else {
            throw Refusal(
                .enrollmentNotFound,
                "There is no enrollment \(draft.enrollmentID).",
                facts: ["enrollmentId": draft.enrollmentID]
            )
        }
        let holder = try token(withCode: draft.code.lookup)
        let isOwn = enrollment.organizationID == holder?.organizationID
        throw Refusal.codeTaken(lastGroup: draft.code.lastGroup, by: isOwn ? holder?.id : nil)
    }

    package func insert(_ redemption: Redemption) throws {
        try database.run(
            """
            INSERT INTO redemptions (token, tenant, intent, seat_block, redeemed_on, recorded_at)
            SELECT ?1, number, ?3, ?4, ?5, ?6 FROM tenants
            WHERE domain = ?2 AND NOT EXISTS (SELECT 1 FROM redemptions WHERE token = ?1)
            """,
            [
                redemption.tokenID, redemption.tenantDomain, redemption.intent, redemption.seatBlockID,
                redemption.redeemedOn, redemption.recordedAt,
            ]
        )
        guard database.changes != 1 else { return }
        guard let earlier = try token(redemption.tokenID)?.fate.redemption else {
            throw Refusal(
                .registryDamaged,
                "The registry refers to a tenant \(redemption.tenantDomain) that does not exist."
            )
        }
        throw Refusal(
            .tokenAlreadyRedeemed,
            rule: .r29,
            "Token \(redemption.tokenID) was redeemed on \(earlier.on) for \(earlier.tenantDomain); a token can be "
                + "redeemed once.",
            facts: ["tokenId": redemption.tokenID, "redeemedOn": earlier.on, "tenantDomain": earlier.tenantDomain]
        )
    }

    package func void(_ token: TokenID, on day: CalendarDate, recordedAt: Instant) throws {
        try database.run(
            "INSERT INTO recorded_voids (token, voided_on, recorded_at) VALUES (?, ?, ?)",
            [token.number, day.description, recordedAt.microsecondsSinceEpoch]
        )
    }

    /// R33: the last day on which a token can be redeemed: its year's last, or the day before its enrollment's ending.
    static let lastDay = "CASE WHEN n.last_day < e.ends_on THEN n.last_day ELSE e.ends_on END"

    private static let tokenColumns = """
        SELECT t.*, t.number AS id, t.code_last_group AS last_group, o.id AS organization_id, e.id AS enrollment_id,
            \(lastDay) AS redeemable_through, r.redeemed_on AS "on", a.id AS tenant_id, a.domain AS tenant_domain,
            v.voided_on, p.replacement, p.replaced_on, q.token AS replaces
        FROM tokens t
        JOIN organizations o ON o.number = t.organization
        JOIN enrollments e ON e.number = t.enrollment
        LEFT JOIN enrollment_endings n ON n.enrollment = e.number
        LEFT JOIN redemptions r ON r.token = t.number
        LEFT JOIN tenants a ON a.number = r.tenant
        LEFT JOIN token_voids v ON v.token = t.number
        LEFT JOIN token_replacements p ON p.token = t.number
        LEFT JOIN token_replacements q ON q.replacement = t.number
        """
}
