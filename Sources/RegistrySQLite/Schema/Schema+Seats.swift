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

        -- R48: a later end of the service; the block itself stays as it was.
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
