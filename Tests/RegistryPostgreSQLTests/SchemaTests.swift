#if PostgreSQL
import Testing

@testable import RegistryPostgreSQL
@testable import RegistrySQL

@Suite("The schema in PostgreSQL's words")
struct SchemaTests {
    /// A database with the registry's tables.
    private func withTables(_ body: (PostgreSQLConnection) throws -> Void) throws {
        try PostgreSQLServer.withDatabase { address in
            let connection = try PostgreSQLConnection(address, for: .writing)
            defer { connection.close() }
            for statement in SchemaTranslation.preamble { try connection.execute(statement) }
            for migration in Schema.migrations { try connection.define(migration) }
            try body(connection)
        }
    }

    private func names(_ sql: String, of database: PostgreSQLConnection) throws -> Set<String> {
        Set(try database.texts(sql))
    }

    @Test("Every table, index and guard is there, but those against REPLACE")
    func everything() throws {
        try withTables { connection in
            let script = Schema.migrations.joined()
            func stated(_ kind: String) throws -> Set<String> {
                let pattern = try Regex("(?m)^\\s*CREATE (?:UNIQUE )?\(kind) (\\w+)", as: (Substring, Substring).self)
                return Set(script.matches(of: pattern).map { String($0.output.1) })
            }
            let tables = try names("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", of: connection)
            #expect(try tables == stated("TABLE"))
            let indexes = try names("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'", of: connection)
            #expect(try stated("INDEX").isSubset(of: indexes))
            let guards = try names("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal", of: connection)
            #expect(
                try guards.filter { !$0.hasSuffix("_at_once") }
                    == stated("TRIGGER").filter { !$0.hasSuffix("_no_replace") }
            )
        }
    }

    @Test("Texts compare by their bytes, whatever the database's language is")
    func collation() throws {
        try withTables { connection in
            let others = try connection.texts(
                """
                SELECT table_name || '.' || column_name || ' ' || coalesce(collation_name, 'none')
                FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
                """
            )
            #expect(others.allSatisfy { $0.hasSuffix(" nocase") })
            let types = try names(
                "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'public'",
                of: connection
            )
            #expect(types == ["bigint", "bytea", "json", "text"])
        }
    }

    @Test("Rows are numbered, and a kept row is neither changed nor deleted, one by one or all at once")
    func guards() throws {
        try withTables { connection in
            let answer = "INSERT INTO remembered_answers VALUES ('user:a', ?, ?, '{}')"
            try connection.run(answer, [.text("one"), .blob([UInt8](repeating: 7, count: 32))])
            for statement in [
                "UPDATE remembered_answers SET answer = '[]'", "DELETE FROM remembered_answers",
                "TRUNCATE remembered_answers", "TRUNCATE organizations CASCADE",
            ] {
                let error = try failure { try connection.run(statement) }
                #expect(error?.isConstraint == true, "\(statement)")
                #expect(error?.message.contains(": ") == true)
            }
            // The check of the digest's length.
            #expect(
                try failure { try connection.run(answer, [.text("two"), .blob([UInt8](repeating: 7, count: 31))]) }?
                    .code == "23514"
            )
            #expect(try connection.texts("SELECT answer FROM remembered_answers") == ["{}"])
        }
    }

    @Test("A guard with a condition lets pass what it is not about")
    func conditions() throws {
        try PostgreSQLServer.withDatabase { address in
            let connection = try PostgreSQLConnection(address, for: .writing)
            defer { connection.close() }
            for statement in SchemaTranslation.preamble { try connection.execute(statement) }
            try connection.define(
                """
                CREATE TABLE parts (
                    number INTEGER PRIMARY KEY,
                    -- A comment; with a semicolon.
                    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
                    seats INTEGER CHECK (seats > 0),
                    facts TEXT CHECK (facts IS NULL OR json_valid(facts)),
                    size TEXT GENERATED ALWAYS AS (
                        CASE WHEN seats > 9 THEN 'large' ELSE 'small; or none' END
                    ) STORED
                ) STRICT;
                CREATE TABLE part_sums (seats INTEGER PRIMARY KEY, units INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TRIGGER parts_grow BEFORE UPDATE OF seats ON parts
                WHEN NEW.seats < OLD.seats OR EXISTS (SELECT 1 FROM part_sums WHERE seats = NEW.seats AND units > 1)
                BEGIN SELECT RAISE(ABORT, 'parts: a part''s seats grow'); END;
                CREATE TRIGGER parts_count AFTER INSERT ON parts WHEN NEW.seats IS NOT NULL
                BEGIN
                    INSERT INTO part_sums VALUES (NEW.seats, CASE WHEN NEW.seats > 0 THEN 1 END)
                        ON CONFLICT (seats) DO UPDATE SET units = part_sums.units + 1;
                END;
                """
            )
            let number: Int64 = try connection.insert("INSERT INTO parts (name, seats) VALUES (?, ?)", ["One", 5])
            #expect(number == 1)
            #expect(try failure { try connection.run("INSERT INTO parts (name) VALUES ('ONE')") }?.code == "23505")
            try connection.run("INSERT INTO parts (name, seats, facts) VALUES ('Two', 5, '{}'), ('Three', NULL, '[1]')")
            #expect(
                try failure { try connection.run("UPDATE parts SET facts = '{' WHERE number = 1") }?.code == "22P02"
            )
            #expect(try connection.rows("SELECT * FROM part_sums") == [[.integer(5), .integer(2)]])
            try connection.run("UPDATE parts SET seats = 12 WHERE number = 1")
            let smaller = try failure { try connection.run("UPDATE parts SET seats = 11 WHERE number = 1") }
            #expect(smaller?.message == "parts: a part's seats grow")
            #expect(
                try failure { try connection.run("UPDATE parts SET seats = 5 WHERE seats = 12") }?.isConstraint == true
            )
            #expect(
                try connection.texts("SELECT size FROM parts ORDER BY number") == [
                    "large", "small; or none", "small; or none",
                ]
            )
            try connection.run("DELETE FROM parts")
        }
    }

    @Test("Temporary tables are the connection's own")
    func temporaryTables() throws {
        try PostgreSQLServer.withDatabase { address in
            let connection = try PostgreSQLConnection(address, for: .writing)
            let other = try PostgreSQLConnection(address, for: .writing)
            let script = "CREATE TEMPORARY TABLE IF NOT EXISTS staged (number INTEGER PRIMARY KEY, word TEXT) STRICT"
            #expect(try !connection.hasTemporaryTable("staged"))
            try connection.define(script)
            try connection.define(script)
            #expect(try connection.hasTemporaryTable("staged"))
            #expect(try !other.hasTemporaryTable("staged"))
            try connection.run("DROP TABLE IF EXISTS staged")
            #expect(try !connection.hasTemporaryTable("staged"))
        }
    }
}
#endif
