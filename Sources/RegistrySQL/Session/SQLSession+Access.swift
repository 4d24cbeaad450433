package import Registry

extension SQLSession {
    package func permissions(of principals: [Principal], in organization: OrganizationID, at instant: Instant) throws
        -> Set<Permission>
    {
        var held: Set<Permission> = []
        for principal in principals {
            held.formUnion(
                try database.all(
                    """
                    SELECT permission FROM access_grants
                    WHERE organization = (SELECT number FROM organizations WHERE id = ?1) AND principal = ?2
                        AND valid_from <= ?3 AND (valid_until IS NULL OR valid_until > ?3)
                        AND (revoked_at IS NULL OR revoked_at > ?3)
                    """,
                    [organization.value, principal.description, instant.microsecondsSinceEpoch]
                ) as [Permission]
            )
        }
        return held
    }

    package func organizations(
        grantedTo principals: [Principal],
        holding permissions: [Permission],
        at instant: Instant,
        after id: OrganizationID?,
        limit: Int
    ) throws -> [Organization] {
        guard !principals.isEmpty, !permissions.isEmpty else { return [] }
        func places(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        let instant = instant.microsecondsSinceEpoch
        var arguments: [any ColumnValue] = principals.map(\.description)
        arguments += permissions.map(\.rawValue)
        arguments += [instant, instant, instant, id?.value ?? "", limit] as [any ColumnValue]
        return try database.all(
            """
            SELECT * FROM organizations
            WHERE number IN (
                SELECT organization FROM access_grants
                WHERE principal IN (\(places(principals.count))) AND permission IN (\(places(permissions.count)))
                    AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
                    AND (revoked_at IS NULL OR revoked_at > ?)
            ) AND id > ?
            ORDER BY id LIMIT ?
            """,
            arguments
        )
    }

    package func insert(_ grant: AccessGrant) throws {
        try database.run(
            """
            INSERT INTO access_grants (organization, principal, permission, valid_from, valid_until, granted_by)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                try number(of: "organizations", id: grant.organizationID.value), grant.principal,
                grant.permission.rawValue, grant.from.microsecondsSinceEpoch, grant.until?.microsecondsSinceEpoch,
                grant.grantedBy,
            ]
        )
    }

    package func grants(in organization: OrganizationID) throws -> [StoredGrant] {
        try database.all(
            """
            SELECT g.*, g.valid_from AS "from", g.valid_until AS until, o.id AS organization_id
            FROM access_grants g JOIN organizations o ON o.number = g.organization WHERE o.id = ? ORDER BY g.number
            """,
            [organization.value]
        )
    }

    package func revoke(_ grant: StoredGrant, at instant: Instant) throws {
        try database.run(
            "UPDATE access_grants SET revoked_at = ? WHERE number = ?",
            [instant.microsecondsSinceEpoch, grant.number]
        )
    }

    package func rememberedAnswer(to caller: Principal, for key: String) throws -> RememberedAnswer? {
        try database.first(
            "SELECT digest, answer FROM remembered_answers WHERE principal = ? AND idempotency_key = ?",
            [caller.description, key]
        )
    }

    package func remember(_ answer: RememberedAnswer, to caller: Principal, for key: String) throws {
        try database.run(
            "INSERT INTO remembered_answers (principal, idempotency_key, digest, answer) VALUES (?, ?, ?, ?)",
            [caller.description, key, answer.digest.bytes, answer.answer]
        )
    }
}
