package import Registry

extension Schema {
    static let assignmentTables = """
        CREATE TABLE assignments (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            person INTEGER NOT NULL REFERENCES people,
            kind TEXT NOT NULL CHECK (kind IN ('cloud', 'on-premises')),
            -- Null for a SKU that no product line counts.
            product TEXT,
            tenant INTEGER REFERENCES tenants,
            sku_key TEXT,
            sku_part_number TEXT,
            location INTEGER NOT NULL REFERENCES locations,
            country TEXT NOT NULL CHECK (length(country) = 2),
            -- R03: 0 for what the organisation shares; the location that shares nothing otherwise.
            apart INTEGER NOT NULL DEFAULT 0 CHECK (apart IN (0, location)),
            -- R01.
            purpose TEXT NOT NULL CHECK (purpose IN ('internal-use', 'demonstration', 'training', 'evaluation')),
            -- R42: where it was bought outside the programme; null for the programme's own.
            source TEXT,
            -- Which seats of the SKU on the tenant it takes one of.
            seat_source TEXT CHECK ((tenant IS NULL) = (seat_source IS NULL)),
            -- R06, R42: whether it takes from the entitlement.
            counted INTEGER NOT NULL
                CHECK (counted = CASE WHEN product IS NOT NULL AND source IS NULL
                    AND purpose IN ('internal-use', 'evaluation') THEN 1 ELSE 0 END),
            from_on TEXT NOT NULL,
            from_at INTEGER NOT NULL,
            from_sequence INTEGER NOT NULL,
            -- The first day without it. Set once, together with the next two.
            to_on TEXT CHECK (to_on >= from_on),
            to_at INTEGER,
            to_sequence INTEGER,
            -- Why it counts or does not, as the sums tell it.
            standing TEXT NOT NULL GENERATED ALWAYS AS (
                CASE WHEN counted = 1 THEN 'counted' WHEN source IS NULL THEN 'exempt' ELSE 'outside' END
            ) STORED,
            CHECK ((to_on IS NULL) = (to_at IS NULL) AND (to_on IS NULL) = (to_sequence IS NULL)),
            CHECK ((kind = 'cloud') = (tenant IS NOT NULL)),
            CHECK ((kind = 'cloud') = (sku_key IS NOT NULL) AND (kind = 'cloud') = (sku_part_number IS NOT NULL)),
            CHECK (kind = 'cloud' OR product IS NOT NULL)
        ) STRICT;
        -- R41: nobody is counted twice.
        CREATE UNIQUE INDEX assignments_once_in_program ON assignments (organization, person, product)
            WHERE to_on IS NULL AND source IS NULL AND product IS NOT NULL;
        CREATE UNIQUE INDEX assignments_once_on_tenant ON assignments (tenant, sku_key, person)
            WHERE to_on IS NULL AND tenant IS NOT NULL;
        CREATE UNIQUE INDEX assignments_once_from_outside ON assignments (organization, person, product)
            WHERE to_on IS NULL AND source IS NOT NULL AND tenant IS NULL;
        CREATE INDEX assignments_by_person ON assignments (organization, person);
        CREATE INDEX assignments_open ON assignments (organization, kind) WHERE to_on IS NULL;
        CREATE INDEX assignments_by_seat ON assignments (tenant, sku_key, seat_source) WHERE tenant IS NOT NULL;
        CREATE INDEX assignments_by_product ON assignments (organization, product);

        -- Sums that are kept, so that no assignment and no statement looks at all assignments. What is open:
        CREATE TABLE use_sums (
            organization INTEGER NOT NULL,
            product TEXT NOT NULL,
            apart INTEGER NOT NULL,
            country TEXT NOT NULL,
            kind TEXT NOT NULL,
            standing TEXT NOT NULL,
            units INTEGER NOT NULL,
            PRIMARY KEY (organization, product, apart, country, kind, standing)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE seat_sums (
            tenant INTEGER NOT NULL,
            sku_key TEXT NOT NULL,
            source TEXT NOT NULL,
            units INTEGER NOT NULL,
            PRIMARY KEY (tenant, sku_key, source)
        ) STRICT, WITHOUT ROWID;
        -- And by how much each day changed it:
        CREATE TABLE use_days (
            organization INTEGER NOT NULL,
            product TEXT NOT NULL,
            apart INTEGER NOT NULL,
            day TEXT NOT NULL,
            country TEXT NOT NULL,
            kind TEXT NOT NULL,
            standing TEXT NOT NULL,
            units INTEGER NOT NULL,
            PRIMARY KEY (organization, product, apart, day, country, kind, standing)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE seat_days (
            tenant INTEGER NOT NULL,
            sku_key TEXT NOT NULL,
            source TEXT NOT NULL,
            day TEXT NOT NULL,
            units INTEGER NOT NULL,
            PRIMARY KEY (tenant, sku_key, source, day)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER assignments_begin_open BEFORE INSERT ON assignments WHEN NEW.to_on IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'assignments: an assignment begins without an end'); END;
        CREATE TRIGGER assignments_no_update BEFORE UPDATE ON assignments
        WHEN OLD.to_on IS NOT NULL OR NEW.to_on IS NULL
            OR OLD.number IS DISTINCT FROM NEW.number OR OLD.organization IS DISTINCT FROM NEW.organization
            OR OLD.person IS DISTINCT FROM NEW.person OR OLD.kind IS DISTINCT FROM NEW.kind
            OR OLD.product IS DISTINCT FROM NEW.product OR OLD.tenant IS DISTINCT FROM NEW.tenant OR OLD.sku_key IS DISTINCT FROM NEW.sku_key
            OR OLD.sku_part_number IS DISTINCT FROM NEW.sku_part_number OR OLD.location IS DISTINCT FROM NEW.location
            OR OLD.country IS DISTINCT FROM NEW.country OR OLD.apart IS DISTINCT FROM NEW.apart
            OR OLD.seat_source IS DISTINCT FROM NEW.seat_source OR OLD.purpose IS DISTINCT FROM NEW.purpose OR OLD.source IS DISTINCT FROM NEW.source
            OR OLD.counted IS DISTINCT FROM NEW.counted OR OLD.from_on IS DISTINCT FROM NEW.from_on OR OLD.from_at IS DISTINCT FROM NEW.from_at
            OR OLD.from_sequence IS DISTINCT FROM NEW.from_sequence
        BEGIN SELECT RAISE(ABORT, 'assignments: an assignment gets an end once, and never changes'); END;
        CREATE TRIGGER assignments_no_delete BEFORE DELETE ON assignments
        BEGIN SELECT RAISE(ABORT, 'assignments: what was used is kept (R19)'); END;
        -- A REPLACE that hits any unique key would remove the row that has it.
        CREATE TRIGGER assignments_no_replace BEFORE INSERT ON assignments
        WHEN EXISTS (SELECT 1 FROM assignments WHERE number = NEW.number)
            OR NEW.source IS NULL AND NEW.product IS NOT NULL AND EXISTS (
                SELECT 1 FROM assignments
                WHERE organization = NEW.organization AND person = NEW.person
                    AND product = NEW.product AND to_on IS NULL AND source IS NULL AND product IS NOT NULL
            )
            OR NEW.tenant IS NOT NULL AND EXISTS (
                SELECT 1 FROM assignments
                WHERE tenant = NEW.tenant AND sku_key = NEW.sku_key AND person = NEW.person
                    AND to_on IS NULL AND tenant IS NOT NULL
            )
            OR NEW.source IS NOT NULL AND NEW.tenant IS NULL AND EXISTS (
                SELECT 1 FROM assignments
                WHERE organization = NEW.organization AND person = NEW.person
                    AND product = NEW.product AND to_on IS NULL AND source IS NOT NULL AND tenant IS NULL
            )
        BEGIN SELECT RAISE(ABORT, 'assignments: what was used is kept (R19)'); END;

        CREATE TRIGGER assignments_count_use AFTER INSERT ON assignments WHEN NEW.product IS NOT NULL
        BEGIN
            INSERT INTO use_sums VALUES
                (NEW.organization, NEW.product, NEW.apart, NEW.country, NEW.kind, NEW.standing, 1)
                ON CONFLICT (organization, product, apart, country, kind, standing)
                DO UPDATE SET units = use_sums.units + 1;
            INSERT INTO use_days
                VALUES (NEW.organization, NEW.product, NEW.apart, NEW.from_on, NEW.country, NEW.kind, NEW.standing, 1)
                ON CONFLICT (organization, product, apart, day, country, kind, standing)
                DO UPDATE SET units = use_days.units + 1;
        END;
        CREATE TRIGGER assignments_count_seat AFTER INSERT ON assignments WHEN NEW.tenant IS NOT NULL
        BEGIN
            INSERT INTO seat_sums VALUES (NEW.tenant, NEW.sku_key, NEW.seat_source, 1)
                ON CONFLICT (tenant, sku_key, source)
                DO UPDATE SET units = seat_sums.units + 1;
            INSERT INTO seat_days VALUES (NEW.tenant, NEW.sku_key, NEW.seat_source, NEW.from_on, 1)
                ON CONFLICT (tenant, sku_key, source, day)
                DO UPDATE SET units = seat_days.units + 1;
        END;
        CREATE TRIGGER assignments_uncount_use AFTER UPDATE OF to_on ON assignments WHEN NEW.product IS NOT NULL
        BEGIN
            INSERT INTO use_sums VALUES
                (NEW.organization, NEW.product, NEW.apart, NEW.country, NEW.kind, NEW.standing, -1)
                ON CONFLICT (organization, product, apart, country, kind, standing)
                DO UPDATE SET units = use_sums.units - 1;
            INSERT INTO use_days
                VALUES (NEW.organization, NEW.product, NEW.apart, NEW.to_on, NEW.country, NEW.kind, NEW.standing, -1)
                ON CONFLICT (organization, product, apart, day, country, kind, standing)
                DO UPDATE SET units = use_days.units - 1;
        END;
        CREATE TRIGGER assignments_uncount_seat AFTER UPDATE OF to_on ON assignments WHEN NEW.tenant IS NOT NULL
        BEGIN
            INSERT INTO seat_sums VALUES (NEW.tenant, NEW.sku_key, NEW.seat_source, -1)
                ON CONFLICT (tenant, sku_key, source)
                DO UPDATE SET units = seat_sums.units - 1;
            INSERT INTO seat_days VALUES (NEW.tenant, NEW.sku_key, NEW.seat_source, NEW.to_on, -1)
                ON CONFLICT (tenant, sku_key, source, day)
                DO UPDATE SET units = seat_days.units - 1;
        END;

        """
}

extension SQLSession {
    package func assignments(of user: UserPrincipalName, in organization: OrganizationID) throws -> [Assignment] {
        guard let person = try person(user, in: organization)?.number else { return [] }
        return try database.all(
            """
            \(Self.assignmentColumns)
            WHERE a.organization = (SELECT number FROM organizations WHERE id = ?) AND a.person = ? ORDER BY a.number
            """,
            [organization.value, person]
        )
    }

    package func openAssignments(_ filter: AssignmentFilter, after id: AssignmentID?, limit: Int) throws -> [Assignment]
    {
        // The index has each kind in the order of the numbers.
        let kinds = filter.kind.map { [$0] } ?? AssignmentKind.allCases
        let found = try kinds.flatMap { try openAssignments(filter, of: $0, after: id, limit: limit) }
        return kinds.count == 1 ? found : Array(found.sorted { $0.id < $1.id }.prefix(limit))
    }

    private func openAssignments(
        _ filter: AssignmentFilter,
        of kind: AssignmentKind,
        after id: AssignmentID?,
        limit: Int
    ) throws -> [Assignment] {
        try database.all(
            """
            \(Self.assignmentColumns)
            WHERE a.organization = (SELECT number FROM organizations WHERE id = ?1) AND a.kind = ?2 AND a.to_on IS NULL
                AND a.number > ?3 AND (CAST(?4 AS TEXT) IS NULL OR a.product = ?4)
                AND (CAST(?5 AS TEXT) IS NULL OR t.domain = ?5)
                AND (CAST(?6 AS TEXT) IS NULL OR a.sku_key = ?6) AND (CAST(?7 AS TEXT) IS NULL OR l.id = ?7)
            ORDER BY a.number LIMIT ?8
            """,
            [
                filter.organizationID.value, kind.rawValue, id?.number ?? 0, filter.product?.rawValue,
                filter.tenant?.value, filter.skuPartNumber?.key, filter.locationID?.value, limit,
            ]
        )
    }

    package func hasAssignments(at location: LocationID, of organization: OrganizationID) throws -> Bool {
        try database.exists(
            """
            SELECT 1 FROM assignments a JOIN locations l ON l.number = a.location
            WHERE a.organization = (SELECT number FROM organizations WHERE id = ?) AND l.id = ?
            """,
            [organization.value, location.value]
        )
    }

    package func insert(_ draft: AssignmentDraft, recordedAt: Instant, sequence: Int64) throws -> AssignmentID {
        var tenant: String?
        var sku: SKUPartNumber?
        if case .cloud(_, let domain, let partNumber) = draft.holding {
            tenant = domain.value
            sku = partNumber
        }
        return try database.insert(
            """
            INSERT INTO assignments
                (organization, person, kind, product, tenant, sku_key, sku_part_number, location, country,
                 purpose, source, counted, from_on, from_at, from_sequence, apart, seat_source)
            SELECT o.number, ?2, ?3, ?4, (SELECT number FROM tenants WHERE domain = ?5), ?6, ?7, l.number, ?9, ?10, ?11, ?12,
                ?13, ?14, ?15, CASE WHEN 1 IN (l.headquarters, l.associated) THEN 0 ELSE l.number END, ?16
            FROM organizations o JOIN locations l ON l.organization = o.number AND l.id = ?8
            WHERE o.id = ?1
            """,
            [
                draft.organizationID.value, try personNumber(draft.user, in: draft.organizationID),
                draft.holding.kind.rawValue, draft.product?.rawValue,
                tenant, sku?.key, sku?.description, draft.locationID.value, draft.country.description,
                draft.purpose.rawValue, draft.source, draft.isCounted, draft.from.description,
                recordedAt.microsecondsSinceEpoch, sequence, draft.seatSource,
            ]
        )
    }

    package func end(_ assignment: AssignmentID, on day: CalendarDate, recordedAt: Instant, sequence: Int64) throws {
        try database.run(
            "UPDATE assignments SET to_on = ?, to_at = ?, to_sequence = ? WHERE number = ?",
            [day.description, recordedAt.microsecondsSinceEpoch, sequence, assignment.number]
        )
    }

    private static let assignmentColumns = """
        SELECT a.*, a.number AS id, \(personName) AS "user", a.from_on AS "from", a.to_on AS "to",
            o.id AS organization_id, l.id AS location_id, t.id AS tenant_id, t.domain AS tenant_domain
        FROM assignments a
        \(joinPeople("a.person"))
        JOIN organizations o ON o.number = a.organization
        JOIN locations l ON l.number = a.location
        LEFT JOIN tenants t ON t.number = a.tenant
        """
}
