#if PostgreSQL
import Testing

@testable import RegistryPostgreSQL
import RegistrySQL

@Suite("A connection to PostgreSQL")
struct ConnectionTests {
    /// A connection to a database of the test's own.
    private func withConnection(_ body: (PostgreSQLConnection) throws -> Void) throws {
        try PostgreSQLServer.withDatabase { address in
            let connection = try PostgreSQLConnection(address, for: .writing)
            defer { connection.close() }
            try body(connection)
        }
    }

    @Test("Values come back as they were stored")
    func roundTrip() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (id bigint, number bigint, word text, bytes bytea)")
            let rows: [[SQLValue]] = [
                [.integer(1), .integer(.min), .text(""), .blob([])],
                [.integer(2), .integer(.max), .text("Grüße, 世界 🎫 '\\\"?$1"), .blob(Array(0...255))],
                [.integer(3), .null, .null, .null],
                [.integer(4), .integer(0), .text("\\x41"), .blob(Array("\\x41".utf8))],
            ]
            for row in rows {
                #expect(try connection.run("INSERT INTO t VALUES (?, ?, ?, ?)", row) == 1)
            }
            #expect(try connection.rows("SELECT * FROM t ORDER BY id") == rows)
            for row in rows where row[1] != .null {
                let found = try connection.rows(
                    "SELECT * FROM t WHERE number = ?1 AND word = ?2 AND bytes = ?3",
                    Array(row.dropFirst())
                )
                #expect(found == [row])
            }
        }
    }

    @Test(
        "Types that only PostgreSQL has are read as what both engines have",
        arguments: [
            ("true", .integer(1)), ("1 = 2", .integer(0)), ("7::smallint", .integer(7)), ("-7", .integer(-7)),
            ("sum(x) FROM (VALUES (9223372036854775807::bigint)) AS v (x)", .integer(.max)),
            ("2.50::numeric", .text("2.50")), ("1e30::numeric", .text("1000000000000000000000000000000")),
            ("(sum(x) FILTER (WHERE false)) FROM (VALUES (1)) AS v (x)", .null),
            ("date '2026-03-02'", .text("2026-03-02")), ("'{\"seats\": 5}'::jsonb ->> 'seats'", .text("5")),
            ("'\\xff00'::bytea", .blob([0xFF, 0])), ("'a'::name", .text("a")), ("count(*)", .integer(1)),
        ] as [(String, SQLValue)]
    )
    func types(expression: String, value: SQLValue) throws {
        let connection = try PostgreSQLConnection(PostgreSQLServer.shared.get().address(), for: .reading)
        #expect(try connection.value("SELECT \(expression)") == value)
    }

    @Test("A column is of one kind")
    func kinds() throws {
        try withConnection { connection in
            try connection.read("SELECT 1 AS a, 'x' AS b, '\\x00'::bytea AS c, NULL AS d") { (row: PostgreSQLRow) in
                #expect(row.columns.names == ["a", "b", "c", "d"])
                #expect((0..<4).map { row.integer($0) } == [1, nil, nil, nil])
                #expect((0..<4).map { row.text($0) } == [nil, "x", nil, nil])
                #expect((0..<4).map { row.blob($0) } == [nil, nil, [0], nil])
                #expect((0..<4).map { row.isNull($0) } == [false, false, false, true])
                return true
            }
        }
    }

    @Test("A text with a zero byte and a wrong number of arguments are refused, and the connection goes on")
    func unfitArguments() throws {
        try withConnection { connection throws in
            #expect(try failure { try connection.run("SELECT ?::text", [.text("a\0b")]) }?.code == "22021")
            #expect(try failure { try connection.run("SELECT ?::text", []) }?.code == "07001")
            #expect(try failure { try connection.run("") }?.code == "0A000")
        }
        try withConnection { connection throws in
            #expect(try failure { try connection.run("SELECT ?::bigint", [.text("x")]) }?.code == "22P02")
            #expect(try connection.value("SELECT 1") == .integer(1))
        }
    }

    @Test("Errors are told apart by their SQLSTATE")
    func errors() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (id bigint CONSTRAINT one PRIMARY KEY CHECK (id > 0))")
            try connection.run("INSERT INTO t VALUES (1)")
            let twice = try failure { try connection.run("INSERT INTO t VALUES (?)", [.integer(1)]) }
            #expect(twice?.code == "23505")
            #expect(twice?.constraint == "one")
            #expect(twice?.isConstraint == true)
            let check = try failure { try connection.run("INSERT INTO t VALUES (?)", [.integer(0)]) }
            #expect(check?.code == "23514")
            let none = try failure { try connection.run("SELECT * FROM nothing") }
            #expect(none?.code == "42P01")
            #expect(none?.isConstraint == false)
            #expect(none?.message == "relation \"nothing\" does not exist")
            #expect(none?.isConnectionLost == false)
            #expect(connection.isUsable)
        }
    }

    @Test("The count of changed rows is told")
    func changes() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (id bigint PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)")
            #expect(try connection.run("UPDATE t SET id = id + 10 WHERE id > ?", [.integer(1)]) == 2)
            #expect(try connection.run("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING") == 0)
            #expect(try connection.run("DELETE FROM t RETURNING id") == 3)
            #expect(try connection.run("CREATE TABLE u (id bigint)") == 0)
        }
    }

    @Test("A savepoint undoes what failed, and the rest is committed")
    func savepoints() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (id bigint PRIMARY KEY)")
            #expect(!connection.isInsideTransaction)
            try connection.run("BEGIN")
            #expect(connection.isInsideTransaction)
            for id in [1, 2, 1, 3] as [Int64] {
                try connection.run("SAVEPOINT write")
                if try failure({ try connection.run("INSERT INTO t VALUES (?)", [.integer(id)]) }) != nil {
                    #expect(connection.isInsideTransaction)
                    #expect(try failure { try connection.run("SELECT 1") }?.code == "25P02")
                    try connection.run("ROLLBACK TO SAVEPOINT write")
                }
                try connection.run("RELEASE SAVEPOINT write")
            }
            try connection.run("COMMIT")
            #expect(!connection.isInsideTransaction)
            #expect(
                try connection.rows("SELECT id FROM t ORDER BY id") == [[.integer(1)], [.integer(2)], [.integer(3)]]
            )
        }
    }

    @Test("The commit of a failed transaction is an error")
    func failedCommit() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (id bigint PRIMARY KEY)")
            try connection.run("BEGIN")
            try connection.run("INSERT INTO t VALUES (1)")
            #expect(try failure { try connection.run("INSERT INTO t VALUES (1)") } != nil)
            #expect(try failure { try connection.run("COMMIT") }?.code == "40000")
            try connection.run("BEGIN")
            #expect(try failure { try connection.run("SELECT 1 / 0") } != nil)
            #expect(try failure { try connection.execute("COMMIT") }?.code == "40000")
            #expect(try connection.rows("SELECT * FROM t") == [])
        }
    }

    @Test("Other statements can run while rows are read")
    func nested() throws {
        try withConnection { connection in
            var sum: Int64 = 0
            var count = 0
            let rows = try connection.read("SELECT x FROM generate_series(1, 5000) AS x") { (row: PostgreSQLRow) in
                count += 1
                let own = row.integer(0)
                if count % 1_000 == 0,
                    case .integer(let double) = try connection.value("SELECT ?::bigint * 2", [.integer(own ?? 0)])
                {
                    sum += double
                }
                // A statement that reads itself.
                if count == 10 {
                    #expect(try connection.rows("SELECT x FROM generate_series(1, 5000) AS x").count == 5_000)
                }
                #expect(row.integer(0) == own)
                return true
            }
            #expect(count == 5_000)
            #expect(rows == 5_000)
            #expect(sum == 30_000)
        }
    }

    @Test("Reading can end early, by an answer or by an error")
    func earlyEnd() throws {
        struct Enough: Error {}
        try withConnection { connection in
            var seen = 0
            try connection.read("SELECT x FROM generate_series(1, 100000) AS x") { _ in
                seen += 1
                return seen < 3
            }
            #expect(seen == 3)
            #expect(throws: Enough.self) {
                try connection.read("SELECT x FROM generate_series(1, 100000) AS x") { _ in throw Enough() }
            }
            #expect(try connection.value("SELECT 1") == .integer(1))
        }
    }

    @Test("An error after the first rows is told, also to who wanted no more")
    func lateError() throws {
        try withConnection { connection in
            let sql = "SELECT 10 / (3000 - x) FROM generate_series(1, 4000) AS x"
            for isPatient in [true, false] {
                var seen = 0
                let error = try failure {
                    try connection.read(sql) { _ in
                        seen += 1
                        return isPatient
                    }
                }
                #expect(error?.code == "22012")
                #expect(isPatient ? seen > 1 : seen == 1)
            }
        }
    }

    @Test("Only so many statements are kept prepared, those that were used last")
    func statementLimit() throws {
        try withConnection { connection in
            for number in 0..<PostgreSQLConnection.statementLimit + 50 {
                #expect(try connection.value("SELECT \(number)") == .integer(Int64(number)))
                #expect(try connection.value("SELECT 'always'") == .text("always"))
            }
            let kept = try connection.texts("SELECT statement FROM pg_prepared_statements")
            #expect(kept.count == PostgreSQLConnection.statementLimit)
            #expect(kept.contains("SELECT 'always'"))
            #expect(!kept.contains("SELECT 0"))
        }
    }

    @Test("A statement whose table has changed is prepared anew")
    func changedTable() throws {
        try withConnection { connection in
            try connection.execute("CREATE TABLE t (id bigint); INSERT INTO t VALUES (1)")
            #expect(try connection.rows("SELECT * FROM t") == [[.integer(1)]])
            try connection.execute("ALTER TABLE t ADD COLUMN word text DEFAULT 'x'")
            #expect(try failure { try connection.run("SELECT * FROM t") }?.code == "0A000")
            #expect(try connection.rows("SELECT * FROM t") == [[.integer(1), .text("x")]])
            try connection.execute("DEALLOCATE ALL")
            #expect(try failure { try connection.run("SELECT * FROM t") }?.code == "26000")
            #expect(try connection.rows("SELECT * FROM t").count == 1)
        }
    }

    @Test("A script is all or nothing, and copying is refused")
    func scripts() throws {
        try withConnection { connection throws in
            #expect(try failure { try connection.execute("CREATE TABLE t (id bigint); SELECT 1 / 0") }?.code == "22012")
            #expect(try connection.value("SELECT to_regclass('t')") == .null)
            #expect(try failure { try connection.execute("COPY (SELECT 1) TO STDOUT") }?.code == "0A000")
            #expect(!connection.isUsable)
            #expect(try failure { try connection.run("SELECT 1") }?.isConnectionLost == true)
            connection.close()
        }
    }

    @Test("A statement past its deadline is cancelled")
    func deadline() throws {
        try withConnection { connection throws in
            connection.deadline = .now + .milliseconds(50)
            #expect(try failure { try connection.run("SELECT pg_sleep(60)") }?.isCancelled == true)
            // One that gives rows all the time as well.
            let endless = "SELECT x FROM generate_series(1, 1000000000) AS x"
            connection.deadline = .now + .milliseconds(50)
            #expect(try failure { try connection.run(endless) }?.isCancelled == true)
            connection.deadline = nil
            #expect(try connection.value("SELECT 1") == .integer(1))
        }
    }

    @Test("Another thread can cancel a statement")
    func cancellation() throws {
        try PostgreSQLServer.withDatabase { address in
            let connection = try PostgreSQLConnection(address, for: .reading)
            let watcher = try PostgreSQLConnection(address, for: .reading)
            let cancellation = try #require(connection.cancellation())
            let work = Background { try failure { try connection.run("SELECT pg_sleep(60)") } }
            try PostgreSQLServer.shared.get().wait("the statement to run") {
                try watcher.texts(
                    "SELECT 1 FROM pg_stat_activity WHERE query = $$SELECT pg_sleep(60)$$ AND state = 'active'"
                )
                .count == 1
            }
            #expect(cancellation.cancel())
            #expect(try work.answer()??.isCancelled == true)
            #expect(try connection.value("SELECT 1") == .integer(1))
        }
    }

    @Test("Who listens is told of what is committed, and of nothing else")
    func notifications() throws {
        try PostgreSQLServer.withDatabase { address in
            let listener = try PostgreSQLConnection(address, for: .reading)
            let writer = try PostgreSQLConnection(address, for: .writing)
            try listener.listen(to: "the \"ledger\"")
            #expect(try listener.notification(by: .now) == nil)
            try writer.run("BEGIN")
            try writer.notify("the \"ledger\"", "1")
            #expect(try listener.notification(by: .now + .milliseconds(20)) == nil)
            try writer.run("ROLLBACK")
            let waiting = Background { try listener.notification(by: .now + .seconds(30)) }
            try writer.run("BEGIN")
            try writer.notify("another", "2")
            try writer.notify("the \"ledger\"", "3")
            try writer.run("COMMIT")
            #expect(try waiting.answer() == PostgreSQLNotification(channel: "the \"ledger\"", payload: "3"))
            // One that comes while a statement runs is kept.
            try writer.notify("the \"ledger\"", "4")
            try listener.run("SELECT pg_sleep(0.01)")
            #expect(try listener.notification(by: .now + .seconds(30))?.payload == "4")
        }
    }

    @Test("A server that does not wait for its disk is not written to")
    func asynchronousCommit() throws {
        try PostgreSQLServer.withDatabase { address in
            let administrator = try PostgreSQLConnection(address, for: .writing)
            let name = try #require(address["dbname"])
            try administrator.run("ALTER DATABASE \(name) SET synchronous_commit = off")
            let error = try failure { _ = try PostgreSQLConnection(address, for: .writing) }
            #expect(error?.message.contains("synchronous_commit") == true)
            #expect(error?.isConnectionLost == false)
            #expect(try PostgreSQLConnection(address, for: .reading).value("SELECT 1") == .integer(1))
        }
    }
}
#endif
