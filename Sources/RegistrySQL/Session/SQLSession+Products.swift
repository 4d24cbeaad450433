package import Registry

extension SQLSession {
    package func productVersions() throws -> [ProductVersion] {
        try database.all("SELECT product, version, came_on FROM product_versions ORDER BY product, came_on, version")
    }

    package func installations(of organization: OrganizationID, through day: CalendarDate) throws -> [Installation] {
        try database.all(
            """
            SELECT * FROM (
                SELECT k.number AS key_id, k.product, k.source, e.program_kind AS program, e.program_traits, a.machine, a.product_version AS version,
                    a.activated_on,
                    row_number() OVER (
                        PARTITION BY k.product COLLATE NOCASE, a.machine ORDER BY a.activated_on DESC, a.number DESC
                    ) AS place
                FROM product_keys k
                JOIN key_activations a ON a.product_key = k.number
                JOIN enrollments e ON e.number = k.enrollment
                WHERE k.organization = (SELECT number FROM organizations WHERE id = ?) AND a.activated_on <= ?
            ) placed WHERE place = 1 ORDER BY product COLLATE NOCASE, machine
            """,
            [organization.value, day.description]
        )
    }

    package func insert(_ version: ProductVersion, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO product_versions (product, version, came_on, recorded_at)
            SELECT ?1, ?2, ?3, ?4
            WHERE NOT EXISTS (SELECT 1 FROM product_versions WHERE product = ?1 AND version = ?2)
            """,
            [version.product, version.version, version.cameOn, recordedAt]
        )
        guard database.changes == 1 else {
            throw Refusal(
                .identifierTaken,
                "The version \(version.version) of \(version.product) was recorded before; a version comes into the "
                    + "programme once.",
                facts: ["product": version.product, "version": version.version]
            )
        }
    }
}
