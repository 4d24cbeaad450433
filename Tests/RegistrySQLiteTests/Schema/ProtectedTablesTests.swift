import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

/// What somebody with `sqlite3` may try: no pragma of the registry's own is in force.
@Suite("Plain SQL against what is kept for ever", .onSQLite)
struct ProtectedTablesTests {
    /// Every table whose rows stay as they were written, with a column that an `UPDATE` may try.
    static let tables = [
        "organizations": "name", "locations": "name", "programs": "document", "enrollments": "ends_on",
        "recorded_endings": "ended_on", "enrollment_benefits": "quantity", "tenants": "organization",
        "tenant_domains": "tenant",
        "service_signups": "administrator", "tokens": "seats", "redemptions": "tenant", "recorded_voids": "voided_on",
        "corrections": "reason",
        "token_replacements": "replaced_on", "product_keys": "product", "seat_blocks": "tenant",
        "seat_block_extensions": "service_ends_on", "seat_block_endings": "ended_on", "access_grants": "principal",
        "audit": "actor", "seals": "at", "ledgers": "organization",
        "people": "pseudonym", "person_names": "user_principal_name", "former_names": "user_principal_name",
        "remembered_answers": "answer",
        "recorded_activations": "machine", "product_versions": "came_on", "assignments": "country",
        "renewals": "applied_on", "renewal_redemptions": "asked_at", "token_reservations": "principal",
        "token_releases": "released_by",
        "benefit_redemptions": "product", "billing_accounts": "account", "tenant_billing_accounts": "account",
    ]

    @Test("R29, R31, R19: no statement changes, removes or replaces a row", arguments: tables.keys.sorted())
    func refuses(table: String) async throws {
        let column = try #require(Self.tables[table])
        try await withTestRegistry { registry in
            try await Self.fill(registry)
            let before = try registry.rows("SELECT * FROM \(table)")
            try #require(!before.isEmpty, "a test of an empty table proves nothing")
            let other = Int64(before[0][column] ?? "") != nil ? "\(column) + 1" : "\(column) || '1'"
            let statements = [
                "UPDATE \(table) SET \(column) = \(other)",
                "UPDATE \(table) SET \(column) = \(column)",
                "UPDATE OR REPLACE \(table) SET \(column) = \(other)",
                "UPDATE OR IGNORE \(table) SET \(column) = \(other)",
                "DELETE FROM \(table)",
                "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)",
                "REPLACE INTO \(table) SELECT * FROM \(table)",
            ]
            for statement in statements {
                #expect(throws: SQLiteError.self, "\(statement)") { try registry.sql(statement) }
            }
            #expect(try registry.rows("SELECT * FROM \(table)") == before)
        }
    }

    @Test("A tenant's id can be set once, and nothing else of the tenant with it")
    func tenantID() async throws {
        try await withTestRegistry { registry in
            try await Self.fill(registry)
            try await registry.signUp("fabrikam.com")
            for change in ["id = NULL", "id = 'x', administrator = 'y'", "id = 'x', organization = 2"] {
                #expect(throws: SQLiteError.self) {
                    try registry.sql("UPDATE tenants SET \(change) WHERE number = 1")
                }
            }
            try registry.sql("UPDATE tenants SET id = 'x', id_recorded_at = 0 WHERE number = 1")
            for change in [
                "id = 'y' WHERE number = 1", "id = NULL WHERE number = 1",
                "id = 'x', id_recorded_at = 0 WHERE number = 2",
            ] {
                for verb in ["UPDATE", "UPDATE OR REPLACE"] {
                    #expect(throws: SQLiteError.self) { try registry.sql("\(verb) tenants SET \(change)") }
                }
            }
            #expect(try registry.rows("SELECT id FROM tenants ORDER BY number").map { $0[0] } == ["x", nil])
        }
    }

    @Test("R31: a REPLACE that hits another unique key removes nothing either")
    func replaceByOtherKeys() async throws {
        try await withTestRegistry { registry in
            try await Self.fill(registry)
            // A new primary key, and every other value the same: each unique key but the first is hit.
            for table in [
                "organizations", "locations", "enrollments", "tenants", "tokens", "product_keys", "seat_blocks",
                "assignments",
            ] {
                let before = try registry.rows("SELECT * FROM \(table)")
                let columns = try registry.rows("SELECT name FROM pragma_table_info('\(table)')").compactMap { $0[0] }
                let values = columns.map { $0 == "number" ? "number + 1000" : $0 }.joined(separator: ", ")
                for verb in ["REPLACE", "INSERT OR REPLACE"] {
                    #expect(throws: SQLiteError.self, "\(verb) INTO \(table)") {
                        try registry.sql("\(verb) INTO \(table) SELECT \(values) FROM \(table)")
                    }
                }
                #expect(try registry.rows("SELECT * FROM \(table)") == before)
            }
            let redemptions = try registry.rows("SELECT * FROM redemptions")
            #expect(throws: SQLiteError.self) {
                try registry.sql(
                    "REPLACE INTO redemptions SELECT token + 1, tenant, intent, seat_block, redeemed_on, 0 "
                        + "FROM redemptions WHERE seat_block IS NOT NULL LIMIT 1"
                )
            }
            #expect(try registry.rows("SELECT * FROM redemptions") == redemptions)
            #expect(throws: SQLiteError.self) {
                try registry.sql(
                    "REPLACE INTO token_replacements SELECT token + 1, replacement, replaced_on, 0 "
                        + "FROM token_replacements LIMIT 1"
                )
            }
            #expect(throws: SQLiteError.self) {
                try registry.sql(
                    "REPLACE INTO locations (organization, id, name, country, headquarters, associated, "
                        + "recorded_at) SELECT organization, 'other', name, country, 1, 1, 0 FROM locations LIMIT 1"
                )
            }
        }
    }

    @Test("R31: seats cannot be moved by an upsert")
    func upsert() async throws {
        try await withTestRegistry { registry in
            try await Self.fill(registry)
            #expect(throws: SQLiteError.self) {
                try registry.sql(
                    "INSERT INTO seat_blocks SELECT * FROM seat_blocks WHERE true "
                        + "ON CONFLICT DO UPDATE SET tenant = tenant + 1"
                )
            }
        }
    }

    @Test("R45: a redemption whose seats are not all of the token's, on its tenant, cannot be inserted")
    func redemptionMatchesSeats() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.signUp("fabrikam.onmicrosoft.com")
            func insert(seats: Int, tenant: Int) throws {
                try registry.sql(
                    """
                    BEGIN;
                    INSERT INTO seat_blocks (number, tenant, sku_part_number, seats, token, enrollment, starts_on,
                        rights_end_on, service_ends_on, recorded_at)
                    SELECT 500, 1, sku_part_number, \(seats), number, enrollment, '2026-03-02', '2026-12-31',
                        '2027-03-02', 0 FROM tokens WHERE number = \(token.number);
                    INSERT INTO redemptions VALUES (\(token.number), \(tenant), 'add', 500, '2026-03-02', 0);
                    COMMIT;
                    """
                )
            }
            #expect(throws: SQLiteError.self) { try insert(seats: 24, tenant: 1) }
            #expect(throws: SQLiteError.self) { try insert(seats: 26, tenant: 1) }
            #expect(throws: SQLiteError.self) { try insert(seats: 25, tenant: 2) }
            try insert(seats: 25, tenant: 1)
        }
    }

    @Test("R33: a void token cannot be redeemed, and a redeemed one not be voided")
    func voidTokens() async throws {
        try await withTestRegistry { registry in
            try await Self.fill(registry)
            #expect(throws: SQLiteError.self) {
                try registry.sql(
                    "INSERT INTO recorded_voids SELECT NULL, token, '2026-03-02', 0, 0 FROM redemptions LIMIT 1"
                )
            }
            #expect(throws: SQLiteError.self) {
                try registry.sql(
                    "INSERT INTO redemptions SELECT token, 1, 'extend', NULL, '2026-03-02', 0 "
                        + "FROM token_voids LIMIT 1"
                )
            }
        }
    }

    @Test("A grant of access is revoked once, and changes in no other way")
    func accessGrants() async throws {
        try await withTestRegistry { registry in
            try await Self.fill(registry)
            #expect(throws: SQLiteError.self) { try registry.sql("UPDATE access_grants SET valid_until = 1") }
            try registry.sql("UPDATE access_grants SET revoked_at = 1")
            #expect(throws: SQLiteError.self) { try registry.sql("UPDATE access_grants SET revoked_at = 2") }
            #expect(throws: SQLiteError.self) { try registry.sql("UPDATE access_grants SET revoked_at = NULL") }
        }
    }

    @Test("R19: a ledger row leaves no gap in its ledger, and joins the commit that is not sealed yet")
    func auditGap() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let insert = { (ledger: Int, sequence: Int, seal: Int) in
                "INSERT INTO audit VALUES (\(ledger), \(sequence), \(seal), 0, 'a', 'b', 'c', '{}', 'd', '{}', zeroblob(32))"
            }
            for ledger in [0, 1] {
                for sequence in [3, 1, 0] {
                    #expect(throws: SQLiteError.self) { try registry.sql(insert(ledger, sequence, 3)) }
                }
                for seal in [4, 2, 1] {
                    #expect(throws: SQLiteError.self) { try registry.sql(insert(ledger, 2, seal)) }
                }
                try registry.sql(insert(ledger, 2, 3))
            }
        }
    }

    @Test("R19: seals have no gaps; a ledger begins empty, and its head moves forward to a row that is there")
    func sealsAndHeads() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let last = try #require(try registry.value(Int64.self, "SELECT max(number) FROM seals"))
            for number in [last + 2, last, 0] {
                #expect(throws: SQLiteError.self) {
                    try registry.sql("INSERT INTO seals VALUES (\(number), 0, zeroblob(32))")
                }
            }
            #expect(throws: SQLiteError.self) { try registry.sql("INSERT INTO ledgers VALUES (2, 2, 1, zeroblob(32))") }
            #expect(throws: SQLiteError.self) {
                try registry.sql("INSERT INTO ledgers VALUES (2, 2, 0, randomblob(32))")
            }
            #expect(throws: SQLiteError.self) { try registry.sql("INSERT INTO ledgers VALUES (2, 3, 0, zeroblob(32))") }
            for change in [
                "sequence = sequence + 1", "hash = zeroblob(32)", "sequence = sequence - 1", "number = 5",
                "sequence = 1, hash = (SELECT hash FROM audit WHERE ledger = 1 AND sequence = 1)",
            ] {
                #expect(throws: SQLiteError.self, "\(change)") {
                    try registry.sql("UPDATE ledgers SET \(change) WHERE number = 1")
                }
            }
        }
    }

    @Test("Every table is STRICT")
    func strict() async throws {
        try await withTestRegistry { registry in
            let loose = try registry.rows(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
                    + "AND name NOT LIKE 'sqlite_%'"
            ).compactMap { $0[0] }
            #expect(loose.isEmpty)
            #expect(throws: SQLiteError.self) {
                try registry.sql("INSERT INTO recorded_voids VALUES (1, 1, '2026-03-02', 0, 'not a number')")
            }
        }
    }

    @Test("Every table refuses DELETE")
    func everyTableIsProtected() async throws {
        try await withTestRegistry { registry in
            let tables = try registry.rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).compactMap { $0[0] }
            let protected = try Set(
                registry.rows(
                    "SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'"
                )
                .compactMap { $0[0] }
            )
            // Sums that follow from the assignments: triggers change them, and the check recomputes them.
            let sums: Set = ["use_sums", "use_days", "seat_sums", "seat_days"]
            #expect(Set(tables).subtracting(sums) == protected)
        }
    }

    /// At least one row in every table.
    static func fill(_ registry: TestRegistry) async throws {
        let token = try await registry.addContoso()
        try await registry.redeem(token)
        try await registry.assignSeat("ann@contoso.onmicrosoft.com")
        try await registry.perform(
            RenameUser(
                organization: OrganizationID(stored: "contoso"),
                userPrincipalName: UserPrincipalName("ann@contoso.onmicrosoft.com"),
                newUserPrincipalName: UserPrincipalName("anna@contoso.onmicrosoft.com")
            )
        )
        try await registry.importTokens(
            "code,sku,seats\nBBBBB-CCCCC-DDDDD-FFFFF-GGGGG,ENTERPRISEPACK,5\nBBBBB-CCCCC-DDDDD-FFFFF-HHHHH,ENTERPRISEPACK,5\n"
                + "BBBBB-CCCCC-DDDDD-FFFFF-JJJJJ,ENTERPRISEPACK,25\n",
            of: "E1",
            overrides: [.r12]
        )
        try await registry.addEnrollment("E2", start: "2025-03-01", mint: false)
        try await registry.perform(
            AddDomain(tenant: TenantReference("contoso.onmicrosoft.com"), domain: DomainName("contoso.com")),
            key: "k1"
        )
        let second = TokenID(number: token.number + 1)
        try await registry.perform(ReserveToken(token: second, tenant: TenantReference("contoso.com")))
        try await registry.perform(ReleaseToken(token: second))
        try await registry.redeem(second, intent: .extend, overrides: [.r37])
        try await registry.perform(
            CorrectOrganization(
                organization: OrganizationID(stored: "contoso"),
                name: KeptText(stored: "Contoso Ltd."),
                reason: KeptText(stored: "misspelt")
            )
        )
        try registry.sql(
            """
            INSERT INTO recorded_endings VALUES (1, 2, 'renewed', '2026-03-01', '2026-02-28', 0, 0);
            INSERT INTO enrollments SELECT 3, 'E3', organization, location, program, program_kind, edition,
                program_traits, competency,
                '2026-03-01', '2027-02-28', 0, 2, 0 FROM enrollments WHERE number = 2;
            INSERT INTO renewals VALUES (2, 3, '2026-03-01', '2026-03-01', '{}', 0);
            INSERT INTO renewal_redemptions VALUES (2, 0, NULL, NULL);
            INSERT INTO recorded_voids VALUES (1, \(token.number + 2), '2026-03-01', 0, 0);
            INSERT INTO token_replacements VALUES (\(token.number), \(token.number + 3), '2026-03-02', 0);
            INSERT INTO seat_block_endings VALUES (1, '2026-03-02', 0);
            INSERT INTO product_keys
                VALUES (1, 1, 1, 'windows-client', NULL, 'program', 0, 10, x'00', x'00', 'AAAAA', 0);
            INSERT INTO recorded_activations VALUES (1, 1, 'PC', NULL, 1, NULL, NULL, NULL, '2026-03-02', 0, 0);
            INSERT INTO product_versions VALUES (1, 'windows-client', '8.1', '2026-03-02', 0);
            INSERT INTO seat_blocks
                VALUES (9, 1, 'SPE_E5', 5, NULL, 1, NULL, '2026-03-02', '2026-12-31', '2026-12-31', 0);
            INSERT INTO benefit_redemptions VALUES (1, 'suite', 1, 9, '2026-03-02', 0);
            INSERT INTO billing_accounts VALUES (1, 1, 'own', 0);
            INSERT INTO tenant_billing_accounts VALUES (1, 1, 'own', 0);
            """
        )
    }
}
