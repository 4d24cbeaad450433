package import Registry

extension SQLSession {
    package func use(of product: ProductLine?, in organization: OrganizationID) throws -> [UseSum] {
        try database.all(
            """
            SELECT product, u.country, kind, standing, units, l.id AS apart FROM use_sums u
            LEFT JOIN locations l ON l.number = u.apart
            WHERE u.organization = (SELECT number FROM organizations WHERE id = ?)
                \(product == nil ? "" : "AND product = ?") AND units <> 0
            """,
            product.map { [organization.value, $0.rawValue] } ?? [organization.value]
        )
    }

    package func use(of product: ProductLine?, in organization: OrganizationID, on day: CalendarDate) throws -> [UseSum]
    {
        try database.all(
            """
            SELECT product, u.country, kind, standing, sum(units) AS units, l.id AS apart FROM use_days u
            LEFT JOIN locations l ON l.number = u.apart
            WHERE u.organization = (SELECT number FROM organizations WHERE id = ?) AND day <= ?
                \(product == nil ? "" : "AND product = ?")
            GROUP BY product, u.apart, l.id, u.country, kind, standing HAVING sum(units) <> 0
            """,
            product.map { [organization.value, day.description, $0.rawValue] }
                ?? [organization.value, day.description]
        )
    }

    package func useChanges(
        of product: ProductLine,
        in organization: OrganizationID,
        sharing: Sharing,
        after day: CalendarDate
    ) throws -> [UseChange] {
        let location: String? = if case .apart(let location) = sharing { location.value } else { nil }
        return
            try database.all(
                """
                SELECT day, country, sum(units) AS units FROM use_days u
                WHERE organization = (SELECT number FROM organizations WHERE id = ?1) AND product = ?2 AND day > ?3
                    AND standing = 'counted' AND apart = coalesce(
                        (SELECT number FROM locations l WHERE l.organization = u.organization AND l.id = ?4), 0)
                GROUP BY day, country ORDER BY day
                """,
                [organization.value, product.rawValue, day.description, location]
            )
    }

    package func useParts(of product: ProductLine, in organization: OrganizationID, on day: CalendarDate) throws
        -> [UsePart]
    {
        try database.all(
            """
            SELECT country, kind, domain AS tenant_domain, purpose, source, counted, apart, count(*) AS units,
                group_concat(from_sequence) FILTER (WHERE place <= ?4) AS sequences
            FROM (
                SELECT a.country, a.kind, t.domain, a.purpose, a.source, a.counted, a.from_sequence, l.id AS apart,
                    row_number() OVER (
                        PARTITION BY a.apart, a.country, a.kind, a.tenant, a.purpose, a.source ORDER BY a.from_sequence
                    ) AS place
                FROM assignments a LEFT JOIN tenants t ON t.number = a.tenant
                LEFT JOIN locations l ON l.number = a.apart
                WHERE a.organization = (SELECT number FROM organizations WHERE id = ?1) AND a.product = ?2
                    AND a.from_on <= ?3 AND (a.to_on IS NULL OR a.to_on > ?3)
            ) parts
            GROUP BY apart, country, kind, domain, purpose, source, counted
            ORDER BY apart, country, kind, domain, purpose, source
            """,
            [organization.value, product.rawValue, day.description, UsePart.sequenceLimit]
        )
    }
}

// MARK: Seats in use

extension SQLSession {
    package func consumedUnits(on tenant: DomainName) throws -> [SeatPool: Int] {
        try consumed(
            """
            SELECT sku_key AS sku_part_number, source, units FROM seat_sums
            WHERE tenant = (SELECT number FROM tenants WHERE domain = ?)
            """,
            [tenant.value]
        )
    }

    package func consumedUnits(on tenant: DomainName, asOf day: CalendarDate) throws -> [SeatPool: Int] {
        try consumed(
            """
            SELECT sku_key AS sku_part_number, source, sum(units) AS units FROM seat_days
            WHERE tenant = (SELECT number FROM tenants WHERE domain = ?) AND day <= ? GROUP BY sku_key, source
            """,
            [tenant.value, day.description]
        )
    }

    private func consumed(_ sql: String, _ arguments: [any ColumnValue]) throws -> [SeatPool: Int] {
        var units: [SeatPool: Int] = [:]
        try database.forEach(sql, arguments) { row in units[try row.decode()] = try row["units"] as Int }
        return units
    }

    package func seatChanges(of pool: SeatPool, on tenant: DomainName, after day: CalendarDate) throws -> [SeatChange] {
        try database.all(
            """
            SELECT day, units FROM seat_days
            WHERE tenant = (SELECT number FROM tenants WHERE domain = ?) AND sku_key = ? AND source = ? AND day > ?
            ORDER BY day
            """,
            [tenant.value, pool.skuPartNumber.key, pool.source, day.description]
        )
    }

    package func latestUsers(
        of pool: SeatPool,
        on tenant: DomainName,
        asOf day: CalendarDate,
        limit: Int
    ) throws -> [SeatUser] {
        try database.all(
            """
            SELECT \(Self.personName) AS "user", l.id AS location_id, a.country
            FROM assignments a JOIN locations l ON l.number = a.location \(Self.joinPeople("a.person"))
            WHERE a.tenant = (SELECT number FROM tenants WHERE domain = ?1) AND a.sku_key = ?2 AND a.seat_source = ?3
                AND a.from_on <= ?4 AND (a.to_on IS NULL OR a.to_on > ?4)
            ORDER BY a.number DESC LIMIT ?5
            """,
            [tenant.value, pool.skuPartNumber.key, pool.source, day.description, limit]
        )
    }
}
