package import Registry

extension Schema {
    static let correctionTables = """
        -- R19: what was recorded wrongly, and what is right. The row itself has what is right.
        CREATE TABLE corrections (
            number INTEGER PRIMARY KEY,
            -- Null for what belongs to the registry itself.
            organization INTEGER REFERENCES organizations,
            -- What the ledger calls it, and the ledger's row.
            subject TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            row_table TEXT NOT NULL,
            row_key TEXT NOT NULL,
            field TEXT NOT NULL,
            -- As they are stored, and as they are published.
            was_value TEXT,
            becomes_value TEXT,
            was TEXT,
            becomes TEXT,
            published_field TEXT NOT NULL,
            -- The day from which the right value holds; null where it was right from the start.
            holds_on TEXT,
            reason TEXT NOT NULL CHECK (reason <> ''),
            recorded_at INTEGER NOT NULL,
            CHECK (was_value IS DISTINCT FROM becomes_value)
        ) STRICT;
        CREATE INDEX corrections_by_row ON corrections (row_table, row_key, field, number);
        CREATE INDEX corrections_by_organization ON corrections (organization, sequence);

        """
        + appendOnly("corrections", key: "number", because: "a correction is corrected by another (R19)")
}

extension SQLSession {
    package func corrections(of organization: OrganizationID, subject: String?) throws -> [Correction] {
        try database.all(
            """
            SELECT sequence AS audit_sequence, recorded_at, subject, published_field AS field, was, becomes,
                holds_on AS "on", reason
            FROM corrections
            WHERE organization = (SELECT number FROM organizations WHERE id = ?1)
                AND (CAST(?2 AS TEXT) IS NULL OR subject = ?2)
            ORDER BY number
            """,
            [organization.value, subject]
        )
    }

    package func correct(_ draft: CorrectionDraft) throws {
        let place = try place(of: draft.row)
        let changes = try draft.changes.map { change in
            (change: change, column: Self.column(of: change.field), value: try stored(change.becomes))
        }
        for (change, column, value) in changes {
            try database.run(
                """
                INSERT INTO corrections
                    (organization, subject, sequence, row_table, row_key, field, was_value, becomes_value, was, becomes,
                     published_field, holds_on, reason, recorded_at)
                SELECT (SELECT number FROM organizations WHERE id = ?1), ?2, ?3, '\(place.table.name)',
                    \(place.table.rowKey(of: "x")), '\(column)', CAST(x.\(column) AS TEXT), ?4, ?5, ?6, ?7, ?8, ?9, ?10
                FROM \(place.table.name) x WHERE \(place.condition(from: 11))
                """,
                [
                    draft.organizationID?.value, draft.subject, draft.sequence, Self.text(value),
                    try published(change.was), try published(change.becomes), change.field, draft.on?.description,
                    draft.reason, draft.recordedAt.microsecondsSinceEpoch,
                ] + place.arguments
            )
            guard database.changes == 1 else { throw missing(draft) }
        }
        let assignments = changes.indices.map { "\(changes[$0].column) = ?\($0 + 1)" }
        try database.run(
            """
            UPDATE \(place.table.name) SET \(assignments.joined(separator: ", "))
            WHERE \(place.condition(from: changes.count + 1))
            """,
            changes.map { RawValue(sqlValue: $0.value) } + place.arguments
        )
        guard database.changes == 1 else { throw missing(draft) }
    }

    package func recordedLater(
        of organization: OrganizationID,
        through day: CalendarDate,
        after instant: Instant
    ) throws -> RecordedLater {
        try database.only(
            """
            WITH place (number) AS (SELECT number FROM organizations WHERE id = ?1)
            SELECT
                (SELECT count(*) FROM enrollments
                    WHERE organization = (SELECT number FROM place) AND starts_on <= ?2 AND recorded_at > ?3)
                + (SELECT count(*) FROM enrollment_endings n JOIN enrollments e ON e.number = n.enrollment
                    WHERE e.organization = (SELECT number FROM place) AND n.ended_on <= ?2 AND n.recorded_at > ?3)
                + (SELECT count(*) FROM redemptions r JOIN tokens t ON t.number = r.token
                    WHERE t.organization = (SELECT number FROM place) AND r.redeemed_on <= ?2 AND r.recorded_at > ?3)
                + (SELECT count(*) FROM seat_blocks b JOIN tenants t ON t.number = b.tenant
                    WHERE t.organization = (SELECT number FROM place) AND b.token IS NULL AND b.starts_on <= ?2
                        AND b.recorded_at > ?3)
                + (SELECT count(*) FROM assignments
                    WHERE organization = (SELECT number FROM place) AND from_on <= ?2 AND from_at > ?3)
                + (SELECT count(*) FROM assignments
                    WHERE organization = (SELECT number FROM place) AND to_on <= ?2 AND to_at > ?3) AS facts,
                (SELECT count(*) FROM corrections
                    WHERE organization = (SELECT number FROM place) AND recorded_at > ?3) AS corrections
            """,
            [organization.value, day.description, instant.microsecondsSinceEpoch]
        )
    }

    private func missing(_ draft: CorrectionDraft) -> Refusal {
        Refusal(.registryDamaged, "The registry has no row to correct for \(draft.subject).")
    }

    /// Where a row stands: its table, and the columns that find it.
    private struct Place {
        let table: CorrectableTable
        let columns: [String]
        let arguments: [any ColumnValue]

        /// - Parameter first: the number of the first argument.
        func condition(from first: Int) -> String {
            columns.indices.map { "\(columns[$0]) = ?\(first + $0)" }.joined(separator: " AND ")
        }
    }

    private func place(of row: CorrectableRow) throws -> Place {
        switch row {
        case .organization(let id): Place(table: .organizations, columns: ["id"], arguments: [id.value])
        case .location(let id, let organization):
            Place(
                table: .locations,
                columns: ["organization", "id"],
                arguments: [try number(of: "organizations", id: organization.value), id.value]
            )
        case .enrollment(let id): Place(table: .enrollments, columns: ["id"], arguments: [id.value])
        case .ending(let id):
            Place(
                table: .endings,
                columns: ["enrollment", "withdrawn"],
                arguments: [try number(of: "enrollments", id: id.value), 0]
            )
        case .token(let id): Place(table: .tokens, columns: ["number"], arguments: [id.number])
        case .void(let id): Place(table: .voids, columns: ["token", "withdrawn"], arguments: [id.number, 0])
        case .redemption(let id): Place(table: .redemptions, columns: ["token"], arguments: [id.number])
        case .seatBlock(let id): Place(table: .seatBlocks, columns: ["number"], arguments: [id.number])
        case .tenant(let domain): Place(table: .tenants, columns: ["domain"], arguments: [domain.value])
        case .domain(let domain): Place(table: .domains, columns: ["domain"], arguments: [domain.value])
        case .productKey(let id): Place(table: .productKeys, columns: ["number"], arguments: [id.number])
        case .activation(let number):
            Place(table: .activations, columns: ["number", "withdrawn"], arguments: [number, 0])
        case .productVersion(let product, let version):
            Place(table: .productVersions, columns: ["product", "version"], arguments: [product, version])
        }
    }

    /// The column of a published field: its name in snake case, but what it refers to stands under the name of that.
    private static func column(of field: String) -> String {
        switch field {
        case "locationId": "location"
        case "enrollmentId": "enrollment"
        case "tenantDomain": "tenant"
        case "seatBlockId": "seat_block"
        case "source": "purchase_source"
        default: field.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
        }
    }

    private func stored(_ value: CorrectedValue) throws -> SQLValue {
        switch value {
        case .none: .null
        case .text(let text): .text(text)
        case .number(let number): .integer(Int64(number))
        case .flag(let flag): .integer(flag ? 1 : 0)
        case .location(let id, let organization):
            .integer(
                try database.value(
                    "SELECT number FROM locations WHERE organization = ? AND id = ?",
                    [try number(of: "organizations", id: organization.value), id.value]
                ) ?? 0
            )
        case .enrollment(let id): .integer(try number(of: "enrollments", id: id.value))
        case .tenant(let domain):
            .integer(try database.value("SELECT number FROM tenants WHERE domain = ?", [domain.value]) ?? 0)
        case .traits(let traits): traits.sqlValue
        case .person(let name, let organization): .integer(try personNumber(name, in: organization))
        }
    }

    /// As it is published, a person by the pseudonym.
    private func published(_ value: CorrectedValue) throws -> String? {
        guard case .person(let name, let organization) = value else { return value.text }
        return try ledgerName(name, in: organization).value
    }

    private static func text(_ value: SQLValue) -> String? {
        switch value {
        case .integer(let number): String(number)
        case .text(let text): text
        case .null, .blob: nil
        }
    }
}

/// A value of whichever kind its column has.
private struct RawValue: ColumnValue {
    let sqlValue: SQLValue

    init(sqlValue: SQLValue) {
        self.sqlValue = sqlValue
    }

    init?(column: Column) {
        nil
    }
}
