import Registry

extension SQLiteSession {
    func assignments(of user: UserPrincipalName, in organization: OrganizationID) throws -> [Assignment] {
        try database.all(
            """
            \(Self.assignmentColumns)
            WHERE a.organization = (SELECT number FROM organizations WHERE id = ?) AND a.user_principal_name = ?
            ORDER BY a.number
            """,
            [organization.value, user.value]
        )
    }

    func openAssignments(_ filter: AssignmentFilter, after id: AssignmentID?, limit: Int) throws -> [Assignment] {
        try database.all(
            """
            \(Self.assignmentColumns)
            WHERE a.organization = (SELECT number FROM organizations WHERE id = ?1) AND a.kind = ?2 AND a.to_on IS NULL
                AND a.number > ?3 AND (?4 IS NULL OR a.product = ?4)
            ORDER BY a.number LIMIT ?5
            """,
            [filter.organizationID.value, filter.kind.rawValue, id?.number ?? 0, filter.product?.rawValue, limit]
        )
    }

    func insert(_ draft: AssignmentDraft, recordedAt: Instant, sequence: Int64) throws -> AssignmentID {
        var tenant: String?
        var sku: SKUPartNumber?
        if case .cloud(_, let domain, let partNumber) = draft.holding {
            tenant = domain.value
            sku = partNumber
        }
        try database.run(
            """
            INSERT INTO assignments
                (organization, user_principal_name, kind, product, tenant, sku_key, sku_part_number, location, country,
                 purpose, source, counted, from_on, from_at, from_sequence, apart, seat_source)
            SELECT o.number, ?2, ?3, ?4, (SELECT number FROM tenants WHERE domain = ?5), ?6, ?7, l.number, ?9, ?10, ?11, ?12,
                ?13, ?14, ?15, CASE WHEN l.headquarters OR l.associated THEN 0 ELSE l.number END, ?16
            FROM organizations o JOIN locations l ON l.organization = o.number AND l.id = ?8
            WHERE o.id = ?1
            """,
            [
                draft.organizationID.value, draft.user.value, draft.holding.kind.rawValue, draft.product?.rawValue,
                tenant, sku?.key, sku?.description, draft.locationID.value, draft.country.description,
                draft.purpose.rawValue, draft.source, draft.isCounted, draft.from.description,
                recordedAt.microsecondsSinceEpoch, sequence, draft.seatSource,
            ]
        )
        return AssignmentID(number: database.lastNumber)
    }

    func end(_ assignment: AssignmentID, on day: CalendarDate, recordedAt: Instant, sequence: Int64) throws {
        try database.run(
            "UPDATE assignments SET to_on = ?, to_at = ?, to_sequence = ? WHERE number = ?",
            [day.description, recordedAt.microsecondsSinceEpoch, sequence, assignment.number]
        )
    }

    private static let assignmentColumns = """
        SELECT a.*, a.number AS id, a.user_principal_name AS "user", a.from_on AS "from", a.to_on AS "to",
            o.id AS organization_id, l.id AS location_id, t.id AS tenant_id, t.domain AS tenant_domain
        FROM assignments a
        JOIN organizations o ON o.number = a.organization
        JOIN locations l ON l.number = a.location
        LEFT JOIN tenants t ON t.number = a.tenant
        """
}
