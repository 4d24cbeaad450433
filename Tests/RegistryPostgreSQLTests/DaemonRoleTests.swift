#if PostgreSQL
import Testing

import RegistryPostgreSQL
import RegistrySQL

@Suite("The role of daemons on a PostgreSQL server", .serialized)
struct DaemonRoleTests {
    @Test("A daemon's user records as the owner does, and can neither change what is guarded nor the guards")
    func daemon() throws {
        try PostgreSQLServer.withRegistry { registry, address in
            let load = try RedemptionLoad(registry, tokens: 3)
            let owner = try PostgreSQLConnection(address, for: .writing)
            defer { owner.close() }
            try owner.execute("DROP ROLE IF EXISTS role_test")
            try owner.execute("CREATE ROLE role_test LOGIN IN ROLE tokenctl_daemon")
            defer { try? owner.execute("DROP ROLE role_test") }
            let daemon = try TestHost(
                registry: registry.replacing("postgres@", with: "role_test@"),
                keyPath: load.host.keyPath
            )
            try daemon.succeed("redeem --token T1 --tenant \(RedemptionLoad.tenants[0]) --yes")
            try daemon.succeed("check")
            var other = address
            other["user"] = "role_test"
            let connection = try PostgreSQLConnection(other, for: .writing)
            defer { connection.close() }
            let refused = [
                "UPDATE tokenctl.token_voids SET voided_on = voided_on", "DELETE FROM tokenctl.audit",
                "TRUNCATE tokenctl.seals",
                "UPDATE tokenctl.audit SET actor = 'x'", "DROP TRIGGER audit_no_update ON tokenctl.audit",
                "ALTER TABLE tokenctl.audit DISABLE TRIGGER ALL", "ALTER TABLE tokenctl.audit OWNER TO role_test",
                "DROP TABLE tokenctl.redemptions CASCADE", "DROP SCHEMA tokenctl CASCADE",
                "CREATE TABLE tokenctl.mine (a int)", "UPDATE tokenctl.registry_version SET number = -1",
                "CREATE OR REPLACE FUNCTION tokenctl.audit_no_update() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "SET session_replication_role = replica",
            ]
            for statement in refused {
                #expect(try failure { try connection.execute(statement) }?.code == "42501", "\(statement)")
            }
            // What it may change, the guards decide.
            let guarded = try failure { try connection.execute("UPDATE tokenctl.ledgers SET sequence = 0") }
            #expect(guarded?.code == "23001")
            #expect(try owner.value("SELECT count(*) FROM tokenctl.redemptions") == .integer(1))
        }
    }

    @Test("A user who may not make roles makes a registry all the same, and is told")
    func withoutRole() throws {
        let server = try PostgreSQLServer()
        let connection = try PostgreSQLConnection(server.address(), for: .writing)
        try connection.execute("CREATE ROLE plain LOGIN")
        try connection.execute("CREATE DATABASE plain OWNER plain")
        let host = try TestHost(
            registry: "postgresql://plain@/plain?host=\(server.directory)&port=\(server.port)"
        )
        let made = try host.tokenctl(["init"])
        #expect(made.exitCode == 0)
        #expect(made.output.contains("may not make the role tokenctl_daemon"))
        try host.succeed("org add Contoso --id contoso --country DE")
        try host.succeed("check")
    }
}
#endif
