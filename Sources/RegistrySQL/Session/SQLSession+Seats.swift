package import Registry

extension Schema {
    static let seatTables = """
        CREATE TABLE seat_blocks (
            number INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            sku_part_number TEXT NOT NULL,
            seats INTEGER NOT NULL CHECK (seats > 0),
            -- R45: all seats of a token are one block.
            token INTEGER UNIQUE REFERENCES tokens,
            enrollment INTEGER REFERENCES enrollments,
            purchase_source TEXT,
            starts_on TEXT NOT NULL,
            rights_end_on TEXT,
            service_ends_on TEXT CHECK (service_ends_on >= starts_on),
            recorded_at INTEGER NOT NULL,
            CHECK ((enrollment IS NULL) = (purchase_source IS NOT NULL)),
            CHECK (token IS NULL OR enrollment IS NOT NULL),
            CHECK (enrollment IS NULL OR (rights_end_on IS NOT NULL AND service_ends_on IS NOT NULL))
        ) STRICT;
        CREATE INDEX seat_blocks_by_tenant ON seat_blocks (tenant, sku_part_number, (enrollment IS NULL));
        CREATE INDEX seat_blocks_by_enrollment ON seat_blocks (enrollment) WHERE enrollment IS NOT NULL;

        -- R36: what an enrollment grants of a service without tokens is activated once.
        CREATE TRIGGER seat_blocks_of_grant BEFORE INSERT ON seat_blocks
        WHEN NEW.token IS NULL AND NEW.enrollment IS NOT NULL AND EXISTS (
            SELECT 1 FROM seat_blocks
            WHERE enrollment = NEW.enrollment AND sku_part_number = NEW.sku_part_number AND token IS NULL
        )
        BEGIN SELECT RAISE(ABORT, 'seat_blocks: the enrollment''s grant is already activated (R36)'); END;

        -- R48, R55: another end of the service; the block itself stays as it was.
        CREATE TABLE seat_block_extensions (
            number INTEGER PRIMARY KEY,
            seat_block INTEGER NOT NULL REFERENCES seat_blocks,
            token INTEGER NOT NULL REFERENCES tokens,
            service_ends_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            UNIQUE (seat_block, token)
        ) STRICT;

        -- R46: the first day without the seats.
        CREATE TABLE seat_block_endings (
            seat_block INTEGER PRIMARY KEY REFERENCES seat_blocks,
            ended_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;

        CREATE TRIGGER redemptions_match_seat_block BEFORE INSERT ON redemptions
        WHEN NEW.seat_block IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM seat_blocks b JOIN tokens t ON t.number = b.token
            WHERE b.number = NEW.seat_block AND b.token = NEW.token AND b.tenant = NEW.tenant
                AND b.seats = t.seats AND b.sku_part_number = t.sku_part_number
        )
        BEGIN SELECT RAISE(ABORT, 'redemptions: all of the token''s seats go to its tenant (R45)'); END;

        """
        + appendOnly(
            "seat_blocks",
            key: "number",
            unique: ["token"],
            except: CorrectableTable.seatBlocks.isCorrected,
            because: "seats never move, and never change (R31)"
        )
        + appendOnly(
            "seat_block_extensions",
            key: "number",
            unique: ["seat_block, token"],
            because: "an extension is recorded once (R48)"
        )
        + appendOnly("seat_block_endings", key: "seat_block", because: "a seat block ends once (R46)")
}

extension SQLSession {
    /// A seat block as it stands today.
    private static let seatBlockSelection = """
        SELECT b.number AS id, t.domain AS tenant_domain, e.id AS enrollment_id, n.ended_on,
            CASE WHEN 1 IN (l.headquarters, l.associated) THEN NULL ELSE l.id END AS apart,
            -- R46: what a replaced token extended is not extended.
            -- R55: the latest may be earlier than one before it.
            coalesce((SELECT x.service_ends_on FROM seat_block_extensions x
                WHERE x.seat_block = b.number
                    AND NOT EXISTS (SELECT 1 FROM token_replacements r WHERE r.token = x.token)
                ORDER BY x.number DESC LIMIT 1), b.service_ends_on)
                AS service_ends_on, b.*
        FROM seat_blocks b
        JOIN tenants t ON t.number = b.tenant
        LEFT JOIN enrollments e ON e.number = b.enrollment
        LEFT JOIN locations l ON l.number = e.location
        LEFT JOIN seat_block_endings n ON n.seat_block = b.number
        """

    package func seatBlocks(on tenant: DomainName, of sku: SKUPartNumber?) throws -> [SeatBlock] {
        guard let sku else {
            return try database.all(
                "\(Self.seatBlockSelection) WHERE t.domain = ? ORDER BY b.number",
                [tenant.value]
            )
        }
        return try database.all(
            "\(Self.seatBlockSelection) WHERE t.domain = ? AND b.sku_part_number = ? ORDER BY b.number",
            [tenant.value, sku.description]
        )
    }

    package func seatBlock(_ id: SeatBlockID) throws -> SeatBlock? {
        try database.first("\(Self.seatBlockSelection) WHERE b.number = ?", [id.number])
    }

    package func seatBlocks(of enrollment: EnrollmentID) throws -> [SeatBlock] {
        try database.all("\(Self.seatBlockSelection) WHERE e.id = ? ORDER BY b.number", [enrollment.value])
    }

    package func newestSeatBlocks(on tenant: DomainName, presentOn day: CalendarDate) throws -> [SeatBlock] {
        // From one SKU to the next in the index, whatever number of blocks lies between.
        let skus = try database.all(
            """
            WITH RECURSIVE
                place (tenant) AS (SELECT number FROM tenants WHERE domain = ?),
                skus (sku) AS (
                    SELECT min(sku_part_number) FROM seat_blocks WHERE tenant = (SELECT tenant FROM place)
                    UNION ALL
                    SELECT (SELECT min(sku_part_number) FROM seat_blocks
                            WHERE tenant = (SELECT tenant FROM place) AND sku_part_number > sku)
                    FROM skus WHERE sku IS NOT NULL
                )
            SELECT sku FROM skus WHERE sku IS NOT NULL
            """,
            [tenant.value]
        ) { try $0[0] as String }
        return try skus.flatMap { sku in
            try [false, true].compactMap { isPurchase in
                try database.first(
                    """
                    \(Self.seatBlockSelection)
                    WHERE t.domain = ? AND b.sku_part_number = ? AND (b.enrollment IS NULL) = ? ORDER BY b.number DESC
                    """,
                    [tenant.value, sku, isPurchase],
                    where: { $0.status(on: day) != .deleted }
                ) { try $0.decode() as SeatBlock }
            }
        }
    }

    package func seatBlocks(on tenant: DomainName, asOf day: CalendarDate) throws -> [SeatBlock] {
        try database.all(
            """
            SELECT b.number AS id, t.domain AS tenant_domain, e.id AS enrollment_id,
                CASE WHEN 1 IN (l.headquarters, l.associated) THEN NULL ELSE l.id END AS apart,
                CASE WHEN n.ended_on <= ?2 THEN n.ended_on END AS ended_on,
                coalesce((SELECT x.service_ends_on FROM seat_block_extensions x
                    JOIN redemptions r ON r.token = x.token AND r.redeemed_on <= ?2
                    WHERE x.seat_block = b.number AND NOT EXISTS (
                        SELECT 1 FROM token_replacements p WHERE p.token = x.token AND p.replaced_on <= ?2)
                    ORDER BY x.number DESC LIMIT 1
                ), b.service_ends_on) AS service_ends_on, b.*
            FROM seat_blocks b
            JOIN tenants t ON t.number = b.tenant
            LEFT JOIN enrollments e ON e.number = b.enrollment
            LEFT JOIN locations l ON l.number = e.location
            LEFT JOIN seat_block_endings n ON n.seat_block = b.number
            WHERE t.domain = ?1 AND b.starts_on <= ?2 ORDER BY b.number
            """,
            [tenant.value, day.description]
        )
    }

    package func insert(_ draft: SeatBlockDraft) throws -> SeatBlockID {
        let purchase: String? = if case .purchase(let words) = draft.source { words } else { nil }
        return try database.insert(
            """
            INSERT INTO seat_blocks
                (tenant, sku_part_number, seats, token, enrollment, purchase_source, starts_on, rights_end_on,
                 service_ends_on, recorded_at)
            VALUES ((SELECT number FROM tenants WHERE domain = ?), ?, ?, ?,
                    (SELECT number FROM enrollments WHERE id = ?), ?, ?, ?, ?, ?)
            """,
            [
                draft.tenantDomain.value, draft.skuPartNumber.description, draft.seats, draft.source.tokenID?.number,
                draft.source.enrollmentID?.value, purchase, draft.startsOn.description,
                draft.rightsEndOn?.description, draft.serviceEndsOn?.description,
                draft.recordedAt.microsecondsSinceEpoch,
            ]
        )
    }

    package func extend(
        _ block: SeatBlockID,
        by token: TokenID,
        through serviceEndsOn: CalendarDate,
        recordedAt: Instant
    ) throws {
        try database.run(
            """
            INSERT INTO seat_block_extensions (seat_block, token, service_ends_on, recorded_at) VALUES (?, ?, ?, ?)
            """,
            [block.number, token.number, serviceEndsOn.description, recordedAt.microsecondsSinceEpoch]
        )
    }
}
