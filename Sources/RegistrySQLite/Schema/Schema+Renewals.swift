extension Schema {
    static let renewalTables = """
        CREATE INDEX enrollments_by_end ON enrollments (ends_on, id);

        -- R33: once for an enrollment and its year.
        CREATE TABLE renewals (
            enrollment INTEGER PRIMARY KEY REFERENCES enrollments,
            successor INTEGER NOT NULL UNIQUE REFERENCES enrollments,
            applied_on TEXT NOT NULL,
            next_starts_on TEXT NOT NULL,
            answer TEXT NOT NULL CHECK (json_valid(answer)),
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER renewals_of_predecessor BEFORE INSERT ON renewals
        WHEN NOT EXISTS (
            SELECT 1 FROM enrollments e
            JOIN enrollment_endings n ON n.enrollment = e.predecessor AND n.kind = 'renewed'
            WHERE e.number = NEW.successor AND e.predecessor = NEW.enrollment AND e.starts_on = NEW.next_starts_on
        )
        BEGIN SELECT RAISE(ABORT, 'renewals: the successor takes the place of the enrollment that was renewed'); END;

        -- R46: for the same enrollment and the same seats; what replaces is not replaced again.
        CREATE TRIGGER token_replacements_match BEFORE INSERT ON token_replacements
        WHEN NOT EXISTS (
            SELECT 1 FROM tokens t JOIN tokens r ON r.number = NEW.replacement
            JOIN redemptions d ON d.token = t.number
            WHERE t.number = NEW.token AND r.number <> t.number AND r.enrollment = t.enrollment
                AND r.sku_part_number = t.sku_part_number AND r.seats = t.seats
        ) OR EXISTS (SELECT 1 FROM token_replacements WHERE replacement = NEW.token)
        BEGIN SELECT RAISE(ABORT, 'token_replacements: a redeemed token is replaced by one like it (R46)'); END;

        -- A placement that was asked for, and what it became.
        CREATE TABLE renewal_redemptions (
            enrollment INTEGER PRIMARY KEY REFERENCES renewals,
            asked_at INTEGER NOT NULL,
            -- Set once, when nothing is left to carry out.
            redeemed_at INTEGER,
            -- What was carried out; it grows while the portal's codes are awaited.
            answer TEXT CHECK (answer IS NULL OR json_valid(answer)),
            CHECK (redeemed_at IS NULL OR answer IS NOT NULL)
        ) STRICT;
        CREATE INDEX renewal_redemptions_awaited ON renewal_redemptions (enrollment) WHERE redeemed_at IS NULL;

        CREATE TRIGGER renewal_redemptions_no_update BEFORE UPDATE ON renewal_redemptions
        WHEN OLD.redeemed_at IS NOT NULL OR NEW.answer IS NULL OR OLD.enrollment IS NOT NEW.enrollment
            OR OLD.asked_at IS NOT NEW.asked_at
        BEGIN SELECT RAISE(ABORT, 'renewal_redemptions: a placement is carried out once'); END;
        CREATE TRIGGER renewal_redemptions_no_delete BEFORE DELETE ON renewal_redemptions
        BEGIN SELECT RAISE(ABORT, 'renewal_redemptions: a placement is carried out once'); END;
        CREATE TRIGGER renewal_redemptions_no_replace BEFORE INSERT ON renewal_redemptions
        WHEN EXISTS (SELECT 1 FROM renewal_redemptions WHERE enrollment = NEW.enrollment)
        BEGIN SELECT RAISE(ABORT, 'renewal_redemptions: a placement is carried out once'); END;

        """
        + appendOnly(
            "renewals",
            key: "enrollment",
            unique: ["successor"],
            because: "an enrollment is renewed once (R33)"
        )
}
