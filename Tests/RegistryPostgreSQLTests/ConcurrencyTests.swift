#if PostgreSQL
import Testing

@testable import RegistryPostgreSQL
@testable import RegistrySQL

@Suite("Two connections to PostgreSQL")
struct ConcurrencyTests {
    private func withConnections(_ body: (PostgreSQLConnection, PostgreSQLConnection) throws -> Void) throws {
        try PostgreSQLServer.withDatabase { address in
            let first = try PostgreSQLConnection(address, for: .writing)
            let second = try PostgreSQLConnection(address, for: .writing)
            defer {
                first.close()
                second.close()
            }
            try first.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, seats bigint); INSERT INTO t VALUES (1, 5), (2, 5)"
            )
            try body(first, second)
        }
    }

    /// Waits until another connection waits for a lock of this one.
    private func awaitBlocked(by connection: PostgreSQLConnection) throws {
        try PostgreSQLServer.shared.get().wait("the other connection to wait") {
            try connection.value(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
                == .integer(1)
        }
    }

    @Test("Who takes a row makes the other wait, who then sees what was committed")
    func rowLock() throws {
        try withConnections { first, second in
            try first.run("BEGIN")
            #expect(try first.value("SELECT seats FROM t WHERE id = 1 FOR UPDATE") == .integer(5))
            let other = Background {
                try second.run("BEGIN")
                let seats = try second.value("SELECT seats FROM t WHERE id = 1 FOR UPDATE")
                try second.run("COMMIT")
                return seats
            }
            try awaitBlocked(by: first)
            try first.run("UPDATE t SET seats = 4 WHERE id = 1")
            try first.run("COMMIT")
            #expect(try other.answer() == .integer(4))
        }
    }

    @Test("A deadline also ends the wait for a lock of a table that a new statement names")
    func tableLock() throws {
        try withConnections { first, second in
            try first.run("BEGIN")
            try first.execute("LOCK TABLE t")
            second.deadline = .now + .milliseconds(50)
            let error = try failure { try second.run("SELECT count(*) FROM t") }
            #expect(error?.isCancelled == true)
            second.deadline = nil
            try first.run("COMMIT")
            #expect(try second.value("SELECT count(*) FROM t") == .integer(2))
        }
    }

    @Test("Write skew is a serialization failure for one of the two")
    func serializationFailure() throws {
        try withConnections { first, second in
            for connection in [first, second] {
                try connection.run("BEGIN ISOLATION LEVEL SERIALIZABLE")
                #expect(try connection.value("SELECT sum(seats) FROM t") == .integer(10))
            }
            try first.run("UPDATE t SET seats = seats - 10 WHERE id = 1")
            try first.run("COMMIT")
            let error = try failure {
                try second.run("UPDATE t SET seats = seats - 10 WHERE id = 2")
                try second.run("COMMIT")
            }
            #expect(error?.code == "40001")
            #expect(error?.isSerializationFailure == true)
            #expect(error?.isOutcomeUnknown == false)
            try second.run("ROLLBACK")
            #expect(try second.value("SELECT sum(seats) FROM t") == .integer(0))
        }
    }

    @Test("Of two that wait for each other one is told, and can try again")
    func deadlock() throws {
        try withConnections { first, second in
            try first.run("BEGIN")
            try second.run("BEGIN")
            try first.run("UPDATE t SET seats = 1 WHERE id = 1")
            try second.run("UPDATE t SET seats = 2 WHERE id = 2")
            let other = Background { try failure { try second.run("UPDATE t SET seats = 2 WHERE id = 1") } }
            try awaitBlocked(by: first)
            let own = try failure { try first.run("UPDATE t SET seats = 1 WHERE id = 2") }
            if own != nil { try first.run("ROLLBACK") }
            let errors = try [own, other.answer() ?? nil].compactMap { $0 }
            #expect(errors.map(\.code) == ["40P01"])
            #expect(errors.first?.isSerializationFailure == true)
        }
    }
}
#endif
