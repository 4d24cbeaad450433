package import Registry

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
        WHEN OLD.redeemed_at IS NOT NULL OR NEW.answer IS NULL OR OLD.enrollment IS DISTINCT FROM NEW.enrollment
            OR OLD.asked_at IS DISTINCT FROM NEW.asked_at
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

extension SQLSession {
    package func enrollmentsWithoutEnding(
        endingIn days: ClosedRange<CalendarDate>,
        of organization: OrganizationID?,
        after key: RenewalKey?,
        limit: Int
    ) throws -> [HeldEnrollment] {
        var arguments: [any ColumnValue] = [
            key?.endsOn.description ?? days.lowerBound.description, key?.id.value ?? "", days.upperBound.description,
        ]
        if let organization { arguments.append(organization.value) }
        arguments.append(limit)
        return try held(
            """
            \(Self.enrollmentColumns)
            WHERE (e.ends_on, e.id) > (?, ?) AND e.ends_on <= ? AND n.enrollment IS NULL
                \(organization == nil ? "" : "AND e.organization = (SELECT number FROM organizations WHERE id = ?)")
            ORDER BY e.ends_on, e.id LIMIT ?
            """,
            arguments
        )
    }

    package func renewalsAwaitingRedemption(
        on day: CalendarDate,
        of organization: OrganizationID?,
        after id: EnrollmentID?,
        limit: Int
    ) throws -> [HeldEnrollment] {
        var arguments: [any ColumnValue] = [day.description, day.description, id?.value ?? ""]
        if let organization { arguments.append(organization.value) }
        arguments.append(limit)
        return try held(
            """
            \(Self.enrollmentColumns)
            JOIN renewals w ON w.enrollment = e.number
            JOIN renewal_redemptions x ON x.enrollment = e.number
            JOIN enrollments s ON s.number = w.successor
            WHERE x.redeemed_at IS NULL AND w.next_starts_on <= ? AND s.ends_on >= ? AND e.id > ?
                \(organization == nil ? "" : "AND e.organization = (SELECT number FROM organizations WHERE id = ?)")
            ORDER BY e.id LIMIT ?
            """,
            arguments
        )
    }

    private func held(_ sql: String, _ arguments: [any ColumnValue]) throws -> [HeldEnrollment] {
        let enrollments: [Enrollment] = try database.all(sql, arguments)
        return try enrollments.map { enrollment in
            guard let organization = try organization(enrollment.organizationID) else {
                throw Refusal(.registryDamaged, "The enrollment \(enrollment.id) belongs to no organisation.")
            }
            return HeldEnrollment(enrollment: enrollment, organization: organization)
        }
    }

    package func renewal(of enrollment: EnrollmentID) throws -> RecordedRenewal? {
        try database.first(
            """
            SELECT w.answer, x.enrollment IS NOT NULL AS asked, x.redeemed_at IS NOT NULL AS done,
                x.answer AS outcome
            FROM renewals w JOIN enrollments e ON e.number = w.enrollment
            LEFT JOIN renewal_redemptions x ON x.enrollment = w.enrollment
            WHERE e.id = ?
            """,
            [enrollment.value]
        ) { row in
            let outcome = try (row["outcome"] as String?).map { try CarriedOutRecord.value(in: $0) }
            return RecordedRenewal(
                applied: try RenewalRecord.value(in: row["answer"]),
                redemption: try row["done"]
                    ? .done(outcome ?? .nothing) : row["asked"] ? .awaited(outcome ?? .nothing) : .notAskedFor
            )
        }
    }

    package func voidUnredeemedTokens(
        of enrollment: EnrollmentID,
        on day: CalendarDate,
        recordedAt: Instant
    ) throws -> [TokenID] {
        let number = try number(of: "enrollments", id: enrollment.value)
        let tokens: [TokenID] = try database.all(
            """
            SELECT t.number FROM tokens t
            WHERE t.enrollment = ? AND NOT EXISTS (SELECT 1 FROM redemptions WHERE token = t.number)
                AND NOT EXISTS (SELECT 1 FROM token_voids WHERE token = t.number)
            ORDER BY t.number
            """,
            [number]
        )
        try database.run(
            """
            INSERT INTO recorded_voids (token, voided_on, recorded_at)
            SELECT t.number, ?2, ?3 FROM tokens t
            WHERE t.enrollment = ?1 AND NOT EXISTS (SELECT 1 FROM redemptions WHERE token = t.number)
                AND NOT EXISTS (SELECT 1 FROM token_voids WHERE token = t.number)
            """,
            [number, day.description, recordedAt.microsecondsSinceEpoch]
        )
        return tokens
    }

    package func insert(_ renewal: AppliedRenewal, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO renewals (enrollment, successor, applied_on, next_starts_on, answer, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                try number(of: "enrollments", id: renewal.answer.enrollmentId.value),
                try number(of: "enrollments", id: renewal.answer.successorId.value),
                renewal.answer.appliedOn.description,
                renewal.answer.nextYear.startsOn.description, try RenewalRecord.text(of: renewal),
                recordedAt.microsecondsSinceEpoch,
            ]
        )
    }

    package func awaitRedemption(of enrollment: EnrollmentID, recordedAt: Instant) throws {
        let number = try number(of: "enrollments", id: enrollment.value)
        guard try !database.exists("SELECT 1 FROM renewal_redemptions WHERE enrollment = ?", [number]) else { return }
        try database.run(
            "INSERT INTO renewal_redemptions (enrollment, asked_at) VALUES (?, ?)",
            [number, recordedAt.microsecondsSinceEpoch]
        )
    }

    package func recordRedemption(
        of enrollment: EnrollmentID,
        _ outcome: CarriedOut,
        isFinished: Bool,
        recordedAt: Instant
    ) throws {
        try database.run(
            "UPDATE renewal_redemptions SET redeemed_at = ?, answer = ? WHERE enrollment = ?",
            [
                isFinished ? recordedAt.microsecondsSinceEpoch : nil, try CarriedOutRecord.text(of: outcome),
                try number(of: "enrollments", id: enrollment.value),
            ]
        )
    }

}

// MARK: Replacements

extension SQLSession {
    package func replace(_ token: TokenID, by replacement: TokenID, on day: CalendarDate, recordedAt: Instant) throws {
        if let earlier = try database.first(
            "SELECT replacement FROM token_replacements WHERE token = ?",
            [token.number],
            { try $0[0] as TokenID }
        ) {
            throw Refusal(
                .tokenAlreadyReplaced,
                rule: .r46,
                "Token \(token) was replaced by \(earlier); a token can be replaced once.",
                facts: ["token": token, "replacedBy": earlier]
            )
        }
        try database.run(
            "INSERT INTO token_replacements (token, replacement, replaced_on, recorded_at) VALUES (?, ?, ?, ?)",
            [token.number, replacement.number, day.description, recordedAt.microsecondsSinceEpoch]
        )
    }

    package func end(_ block: SeatBlockID, on day: CalendarDate, recordedAt: Instant) throws {
        try database.run(
            "INSERT INTO seat_block_endings (seat_block, ended_on, recorded_at) VALUES (?, ?, ?)",
            [block.number, day.description, recordedAt.microsecondsSinceEpoch]
        )
    }
}
