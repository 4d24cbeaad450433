package import Registry

extension Schema {
    static let organizationTables = """
        CREATE TABLE organizations (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL CHECK (name <> ''),
            country TEXT NOT NULL CHECK (length(country) = 2),
            time_zone TEXT NOT NULL,
            portal TEXT NOT NULL CHECK (portal IN ('partner-center', 'pmc')),
            -- Where it came from another portal: that one, and the first day at this one.
            former_portal TEXT CHECK (former_portal IN ('partner-center', 'pmc')),
            portal_since TEXT CHECK ((portal_since IS NULL) = (former_portal IS NULL)),
            year_length TEXT NOT NULL CHECK (year_length IN ('calendar', '365-days')),
            anniversary_basis TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE locations (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            id TEXT NOT NULL,
            name TEXT NOT NULL CHECK (name <> ''),
            country TEXT NOT NULL CHECK (length(country) = 2),
            headquarters INTEGER NOT NULL CHECK (headquarters IN (0, 1)),
            associated INTEGER NOT NULL CHECK (associated IN (0, 1)),
            -- The first day without it.
            closed_on TEXT CHECK (closed_on IS NULL OR headquarters = 0),
            recorded_at INTEGER NOT NULL,
            UNIQUE (organization, id)
        ) STRICT;
        CREATE UNIQUE INDEX locations_one_headquarters ON locations (organization) WHERE headquarters = 1;

        CREATE TRIGGER locations_no_second_headquarters BEFORE INSERT ON locations
        WHEN NEW.headquarters = 1 AND EXISTS (
            SELECT 1 FROM locations WHERE organization = NEW.organization AND headquarters = 1
        )
        BEGIN SELECT RAISE(ABORT, 'locations: an organisation has one headquarters'); END;

        """
        + appendOnly(
            "organizations",
            key: "number",
            unique: ["id"],
            except: CorrectableTable.organizations.isCorrected,
            because: "an organisation is recorded once, and corrected by entries"
        )
        + appendOnly(
            "locations",
            key: "number",
            unique: ["organization, id"],
            except: CorrectableTable.locations.isCorrected,
            because: "a location is recorded once, and corrected by entries"
        )
}

extension SQLSession {
    package func organization(_ id: OrganizationID) throws -> Organization? {
        try database.first("SELECT * FROM organizations WHERE id = ?", [id.value])
    }

    package func organizations(after id: OrganizationID?, limit: Int) throws -> [Organization] {
        try database.all(
            "SELECT * FROM organizations WHERE id > ? ORDER BY id LIMIT ?",
            [id?.value ?? "", limit]
        )
    }

    package func organizationIDs(around text: String, limit: Int) throws -> [OrganizationID] {
        try neighbours(of: text, in: "id", of: "organizations", limit: limit).map { OrganizationID(stored: $0) }
    }

    package func location(_ id: LocationID, of organization: OrganizationID) throws -> Location? {
        try database.first(
            """
            SELECT l.*, o.id AS organization_id FROM locations l JOIN organizations o ON o.number = l.organization
            WHERE o.id = ? AND l.id = ?
            """,
            [organization.value, id.value]
        )
    }

    package func locations(of organization: OrganizationID) throws -> [Location] {
        try database.all(
            """
            SELECT l.*, o.id AS organization_id FROM locations l JOIN organizations o ON o.number = l.organization
            WHERE o.id = ? ORDER BY l.headquarters DESC, l.id
            """,
            [organization.value]
        )
    }

    package func insert(_ organization: Organization, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO organizations
                (id, name, country, time_zone, portal, year_length, anniversary_basis, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                organization.id.value, organization.name, organization.country.description,
                organization.timeZone.identifier, organization.portal.rawValue, organization.yearLength.rawValue,
                organization.anniversaryBasis.rawValue, recordedAt.microsecondsSinceEpoch,
            ]
        )
        try beginLedger(of: organization.id)
    }

    package func insert(_ location: Location, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO locations (organization, id, name, country, headquarters, associated, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                try number(of: "organizations", id: location.organizationID.value), location.id.value, location.name,
                location.country.description, location.isHeadquarters, location.isAssociated,
                recordedAt.microsecondsSinceEpoch,
            ]
        )
    }
}
