#if PostgreSQL
import Testing

@testable import RegistryPostgreSQL
import RegistrySQL

@Suite("A PostgreSQL server that fails")
struct LostConnectionTests {
    private func makeTable(_ server: PostgreSQLServer) throws -> PostgreSQLConnection {
        let connection = try PostgreSQLConnection(server.address(), for: .writing)
        try connection.execute("CREATE TABLE t (id bigint PRIMARY KEY)")
        return connection
    }

    private func rows(_ address: PostgreSQLAddress) throws -> [String] {
        try PostgreSQLConnection(address, for: .reading).texts("SELECT id FROM t ORDER BY id")
    }

    @Test("What was committed outlives the server's end, and what was not is gone")
    func beforeCommit() throws {
        let server = try PostgreSQLServer()
        let connection = try makeTable(server)
        try connection.run("INSERT INTO t VALUES (1)")
        try connection.run("BEGIN")
        try connection.run("INSERT INTO t VALUES (2)")
        try server.kill()
        let lost = try failure { try connection.run("INSERT INTO t VALUES (3)") }
        #expect(lost?.isConnectionLost == true)
        #expect(lost?.isOutcomeUnknown == false)
        #expect(!connection.isUsable)
        #expect(!connection.isInsideTransaction)
        // Known to be lost before it was sent.
        let commit = try failure { try connection.run("COMMIT") }
        #expect(commit?.isConnectionLost == true)
        #expect(commit?.isOutcomeUnknown == false)
        #expect(try failure { _ = try rows(server.address()) }?.isConnectionLost == true)
        try server.start()
        #expect(try rows(server.address()) == ["1"])
        // One that waits for a notification is told as well.
        let listener = try PostgreSQLConnection(server.address(), for: .reading)
        try listener.listen(to: "ledger")
        let waiting = Background { try failure { _ = try listener.notification(by: .now + .seconds(30)) } }
        let sleeper = try PostgreSQLConnection(server.address(), for: .reading)
        let sleeping = Background { try failure { try sleeper.run("SELECT pg_sleep(60)") } }
        try server.stop()
        #expect(try waiting.answer()??.isConnectionLost == true)
        #expect(try sleeping.answer()??.isConnectionLost == true)
    }

    @Test("A commit that is under way when the server ends may have happened, and says so")
    func duringCommit() throws {
        let primary = try PostgreSQLServer()
        let connection = try makeTable(primary)
        let standby = try primary.makeSynchronousStandby()
        try connection.run("INSERT INTO t VALUES (1)")
        // The commit waits for a standby that is not there, so nobody is told of it.
        try standby.kill()
        try connection.run("BEGIN")
        try connection.run("INSERT INTO t VALUES (2)")
        let commit = Background { try failure { try connection.run("COMMIT") } }
        let watcher = try PostgreSQLConnection(primary.address(), for: .reading)
        try primary.wait("the commit to wait for the standby") {
            try watcher.texts("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'").count == 1
        }
        try primary.kill()
        #expect(try commit.answer()??.isOutcomeUnknown == true)
        // What the standby has is what was acknowledged.
        try standby.start()
        try standby.promote()
        let both = try primary.address(others: [standby])
        #expect(try rows(both) == ["1"])
        #expect(try PostgreSQLConnection(both, for: .writing).run("INSERT INTO t VALUES (3)") == 1)
        // The old primary, had it come back alone, would have had the row.
        try standby.stop()
        try primary.start()
        #expect(try rows(both) == ["1", "2"])
    }

    @Test("A commit whose wait for the standby was given up is not taken for durable")
    func cancelledCommit() throws {
        let primary = try PostgreSQLServer()
        let connection = try makeTable(primary)
        let standby = try primary.makeSynchronousStandby()
        try standby.stop()
        for (id, commit) in [
            (1, { try connection.run($0) }), (2, { try connection.execute($0) }),
        ] as [(Int64, (String) throws -> Void)] {
            try connection.run("BEGIN")
            try connection.run("INSERT INTO t VALUES (?)", [.integer(id)])
            connection.deadline = .now + .milliseconds(100)
            let error = try failure { try commit("COMMIT") }
            #expect(error?.isOutcomeUnknown == true)
            #expect(error?.message.contains("synchronous replication") == true)
            connection.deadline = nil
        }
    }

    @Test("A writer goes to the primary, wherever it is named, and nobody to a standby unless the address says so")
    func standby() throws {
        let primary = try PostgreSQLServer()
        let connection = try makeTable(primary)
        let standby = try primary.makeSynchronousStandby()
        try connection.run("INSERT INTO t VALUES (1)")
        let both = try standby.address(others: [primary])
        for purpose in [PostgreSQLConnection.Purpose.writing, .reading] {
            let found = try PostgreSQLConnection(both, for: purpose)
            #expect(try found.setting("port") == "\(primary.port)")
            let error = try failure { _ = try PostgreSQLConnection(standby.address(), for: purpose) }
            #expect(error?.isConnectionLost == true)
        }
        var any = both
        any["target_session_attrs"] = "any"
        let reader = try PostgreSQLConnection(any, for: .writing)
        #expect(try reader.setting("port") == "\(standby.port)")
        let error = try failure { try reader.run("INSERT INTO t VALUES (2)") }
        #expect(error?.isReadOnly == true)
    }
}
#endif
