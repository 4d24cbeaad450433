import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

/// What somebody with `sqlite3` can do to any row of any table, made up from the schema, so that no table and no column
/// that is added later can be forgotten.
@Suite("R19: a row that was changed without a request is found, whatever it is", .onSQLite)
struct RowTamperingTests {
    @Test("Each column of each table: a changed value is found")
    func changedValues() async throws {
        try await withTamperedDatabase { database in
            try database.tables.flatMap { table in
                try database.columns(of: table).map { column in
                    let other =
                        switch column.type {
                        case "INTEGER": "coalesce(\(column.name), 0) + 100000"
                        case "BLOB": "x'00'"
                        default: "coalesce(\(column.name), '') || 'x'"
                        }
                    return (
                        table: table, name: "\(table).\(column.name)",
                        statement: "UPDATE \(table) SET \(column.name) = \(other) WHERE \(database.lastRow(of: table))"
                    )
                }
            }
        }
    }

    @Test("Each table: a removed row is found")
    func removedRows() async throws {
        try await withTamperedDatabase { database in
            database.tables.map { table in
                (table: table, name: table, statement: "DELETE FROM \(table) WHERE \(database.lastRow(of: table))")
            }
        }
    }

    @Test("Each table: an added row is found")
    func addedRows() async throws {
        try await withTamperedDatabase { database in
            try database.tables.map { table in
                let columns = try database.columns(of: table)
                let values = columns.map { column in
                    switch column.type {
                    case "INTEGER": "\(column.name) + 100000"
                    case "BLOB": "randomblob(32)"
                    default: "\(column.name) || 'x'"
                    }
                }
                return (
                    table: table, name: table,
                    statement: """
                    INSERT INTO \(table) (\(columns.map(\.name).joined(separator: ", ")))
                    SELECT \(values.joined(separator: ", ")) FROM \(table) WHERE \(database.lastRow(of: table))
                    """
                )
            }
        }
    }

    @Test("Two tokens whose codes were swapped are found")
    func swappedCodes() async throws {
        try await withTamperedDatabase { _ in
            [
                (
                    table: "tokens", name: "tokens",
                    statement: """
                    UPDATE tokens SET code_lookup = randomblob(32) WHERE number = 4;
                    UPDATE tokens SET (code_lookup, code_sealed, code_last_group) =
                        (SELECT code_lookup, code_sealed, code_last_group FROM before WHERE number = 4)
                    WHERE number = 5;
                    UPDATE tokens SET (code_lookup, code_sealed, code_last_group) =
                        (SELECT code_lookup, code_sealed, code_last_group FROM before WHERE number = 5)
                    WHERE number = 4
                    """
                )
            ]
        }
    }

    @Test("No table is SQLite's own, which nothing watches and no guard can keep")
    func noTableOfSQLite() async throws {
        try await withTestRegistry { registry async throws in
            let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name GLOB 'sqlite_*'"
            #expect(try registry.value(Int.self, tables) == 0)
        }
    }

    private typealias Tampering = (table: String, name: String, statement: String)

    /// Does each of `tamperings` to a registry that was used in every way, with the table's guards out of the way and then
    /// put back, and expects the check to find it.
    private func withTamperedDatabase(_ tamperings: (TamperedDatabase) throws -> [Tampering]) async throws {
        try await withTestRegistry { registry in
            try await Self.useEverything(registry)
            let sound = try await registry.answer(Check()).findings
            #expect(sound.isEmpty, "\(sound)")
            registry.store.close()
            let key = try RegistryKey.load(at: registry.directory.keyPath)
            let now = registry.clock.now()
            var unseen: [String] = []
            try onDatabase(registry.directory.databasePath) { connection in
                let database = TamperedDatabase(connection)
                let anchor = RollbackAnchor(path: registry.directory.anchorPath, key: key)
                for table in database.tables {
                    let count = try connection.value("SELECT count(*) FROM \(table)") as Int?
                    #expect(count != 0, "the test needs a row of \(table)")
                }
                for tampering in try tamperings(database) {
                    let findings = try database.trying(tampering.statement, on: tampering.table) {
                        let session = SQLSession(
                            database: connection,
                            inspection: SQLiteInspection(anchor: anchor, watch: RowWatch(key: key.rows))
                        )
                        let context = QueryContext(
                            reading: session,
                            now: now,
                            caller: TestRegistry.owner,
                            secrets: SealedBox(key: key),
                            store: registry.store
                        )
                        return try Check().answer(on: (), in: context).findings
                    }
                    if findings.isEmpty { unseen.append(tampering.name) }
                }
            }
            #expect(unseen == [])
        }
    }

    /// At least one row of every table.
    private static func useEverything(_ registry: TestRegistry) async throws {
        try await CheckTests.use(registry)
        try await registry.addLocation("paris", country: "FR")
        try await registry.perform(
            CorrectOrganization(
                organization: OrganizationID(stored: "contoso"),
                name: KeptText(stored: "Contoso Ltd."),
                reason: KeptText(stored: "misspelt")
            )
        )
        try await registry.assignSeat("ann@contoso.com")
        try await registry.assignLicense("bob@contoso.com")
        try await registry.releaseLicense("bob@contoso.com")
        try await registry.perform(
            GrantAccess(
                organization: OrganizationID(stored: "contoso"),
                principal: Principal(stored: "user:ann"),
                permission: .cloud
            )
        )
        let keys = try await registry.importKeys("key,product,activations\n\(testKey),windows-server,10\n")
        let first = try #require(keys.firstKeyId)
        try await registry.perform(ActivateKey(key: first, machine: KeptText(stored: "pc")))
        try await registry.perform(
            AddProductVersion(
                product: KeptText(stored: "Windows Server"),
                version: KeptText(stored: "2025"),
                on: date("2026-02-01")
            )
        )
        let contoso = OrganizationID(stored: "contoso")
        let account = KeptText(stored: "own")
        try await registry.perform(AddBillingAccount(organization: contoso, billingAccount: account))
        let tenant = try TenantReference("contoso.onmicrosoft.com")
        try await registry.perform(SetBillingAccount(tenant: tenant, billingAccount: account))
        try await registry.addEnrollment("mw", program: "designation-modern-work", mint: false)
        try await registry.perform(RedeemBenefit(benefit: ProductLine(stored: "microsoft-365-copilot"), tenant: tenant))
        try await registry.assignLicense("eve@contoso.com")
        try await registry.perform(
            RenameUser(
                organization: OrganizationID(stored: "contoso"),
                userPrincipalName: UserPrincipalName("eve@contoso.com"),
                newUserPrincipalName: UserPrincipalName("eva@contoso.com")
            )
        )
        let reserved = TokenID(number: 4)
        try await registry.perform(
            ReserveToken(token: reserved, tenant: TenantReference("contoso.onmicrosoft.com"))
        )
        try await registry.perform(ReleaseToken(token: reserved))
        try await registry.replace(1, by: "BBBBB-CCCCC-DDDDD-FFFFF-MMMMM")
        try await registry.addEnrollment("E3", program: "gold-competency")
        registry.clock.set(day: "2027-01-05")
        try await registry.renew("E3", on: "2027-01-05")
        _ = try await registry.rotate()
    }
}

/// A registry's database in the hands of somebody who means harm.
private struct TamperedDatabase {
    let connection: Database
    let tables: [String]

    init(_ connection: Database) {
        self.connection = connection
        tables =
            (try? connection.rows(
                // Where a copied registry went is in no registry that goes on, and the copy's own ledger says it.
                """
                SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                    AND name <> 'registry_successor'
                """
            ).compactMap { $0[0] }) ?? []
    }

    func columns(of table: String) throws -> [(name: String, type: String, isKey: Bool)] {
        try connection.rows("PRAGMA table_xinfo(\(table))")
            .filter { $0["hidden"] == "0" }
            .map { (name: $0["name"] ?? "", type: $0["type"] ?? "", isKey: $0["pk"] != "0") }
    }

    /// A condition that one row of the table meets: the last.
    func lastRow(of table: String) -> String {
        let key = ((try? columns(of: table)) ?? []).filter(\.isKey).map(\.name)
        let list = key.joined(separator: ", ")
        let descending = key.map { "\($0) DESC" }.joined(separator: ", ")
        return "(\(list)) IN (SELECT \(list) FROM \(table) ORDER BY \(descending) LIMIT 1)"
    }

    /// Runs `statement` with the guards of `table` out of the way and back in their place, asks, and undoes it all.
    func trying<Answer>(_ statement: String, on table: String, _ ask: () throws -> Answer) throws -> Answer {
        try connection.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        try connection.execute("CREATE TEMP TABLE before AS SELECT * FROM \(table)")
        try connection.execute("BEGIN IMMEDIATE")
        defer { try? connection.execute("ROLLBACK; DROP TABLE temp.before") }
        let guards = try connection.all(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?",
            [table]
        ) { try (name: $0[0] as String, sql: $0[1] as String) }
        for row in guards { try connection.execute("DROP TRIGGER \(row.name)") }
        try connection.execute(statement)
        #expect(connection.changes == 1 || statement.contains("before"), "\(statement)")
        for row in guards { try connection.execute(row.sql) }
        return try ask()
    }
}
