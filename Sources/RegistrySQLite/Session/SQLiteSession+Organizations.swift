import Registry

extension SQLiteSession {
    func organization(_ id: OrganizationID) throws -> Organization? {
        try database.first("SELECT * FROM organizations WHERE id = ?", [id.value])
    }

    func organizations(after id: OrganizationID?, limit: Int) throws -> [Organization] {
        try database.all(
            "SELECT * FROM organizations WHERE id > ? ORDER BY id LIMIT ?",
            [id?.value ?? "", limit]
        )
    }

    func organizationIDs(around text: String, limit: Int) throws -> [OrganizationID] {
        try neighbours(of: text, in: "id", of: "organizations", limit: limit).map { OrganizationID(stored: $0) }
    }

    func location(_ id: LocationID, of organization: OrganizationID) throws -> Location? {
        try database.first(
            """
            SELECT l.*, o.id AS organization_id FROM locations l JOIN organizations o ON o.number = l.organization
            WHERE o.id = ? AND l.id = ?
            """,
            [organization.value, id.value]
        )
    }

    func locations(of organization: OrganizationID) throws -> [Location] {
        try database.all(
            """
            SELECT l.*, o.id AS organization_id FROM locations l JOIN organizations o ON o.number = l.organization
            WHERE o.id = ? ORDER BY l.headquarters DESC, l.id
            """,
            [organization.value]
        )
    }

    func insert(_ organization: Organization, recordedAt: Instant) throws {
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
    }

    func insert(_ location: Location, recordedAt: Instant) throws {
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
