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

        -- A placement that was asked for, and what it became.
        CREATE TABLE renewal_redemptions (
            enrollment INTEGER PRIMARY KEY REFERENCES renewals,
            asked_at INTEGER NOT NULL,
            -- Set once, together.
            redeemed_at INTEGER,
            answer TEXT CHECK (json_valid(answer)),
            CHECK ((redeemed_at IS NULL) = (answer IS NULL))
        ) STRICT;
        CREATE INDEX renewal_redemptions_awaited ON renewal_redemptions (enrollment) WHERE redeemed_at IS NULL;

        CREATE TRIGGER renewal_redemptions_no_update BEFORE UPDATE ON renewal_redemptions
        WHEN OLD.redeemed_at IS NOT NULL OR NEW.redeemed_at IS NULL OR OLD.enrollment IS NOT NEW.enrollment
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
