#if PostgreSQL
import RegistrySQL

/// The role that daemons and commands need: it reads and adds rows, and changes or removes those that a guard lets it. It
/// owns nothing, so it can neither drop a guard nor go around one.
///
/// The server's roles are those of all its databases; the users that daemons connect as are made members by an
/// administrator.
enum DaemonRole {
    static let name = "tokenctl_daemon"

    /// Makes the role where there is none, and gives it its rights on a new registry's tables.
    /// - Returns: false where there is none, and this user may not make one.
    static func grant(on connection: PostgreSQLConnection) throws -> Bool {
        guard try exists(on: connection) || make(on: connection) else { return false }
        for statement in statements { try connection.execute(statement) }
        return true
    }

    private static func exists(on connection: PostgreSQLConnection) throws -> Bool {
        try connection.exists("SELECT 1 FROM pg_roles WHERE rolname = ?", [name])
    }

    private static func make(on connection: PostgreSQLConnection) throws -> Bool {
        try connection.execute("SAVEPOINT role")
        do {
            try connection.execute("CREATE ROLE \(name) NOLOGIN")
            try connection.execute("RELEASE role")
            return true
        } catch let error as PostgreSQLError where !error.isConnectionLost {
            // This user may not, or somebody else made it meanwhile.
            try connection.execute("ROLLBACK TO role")
            return try exists(on: connection)
        }
    }

    private static var statements: [String] {
        let schema = PostgreSQLPlace.schema
        return [
            "GRANT USAGE ON SCHEMA \(schema) TO \(name)",
            "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA \(schema) TO \(name)",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA \(schema) TO \(name)",
            "REVOKE INSERT ON registry_version FROM \(name)",
        ]
            + ["UPDATE", "DELETE"].flatMap { change in
                tables(thatTake: change).map { "GRANT \(change) ON \($0) TO \(name)" }
            }
    }

    /// Those without a guard that refuses it whatever the row.
    private static func tables(thatTake change: String) -> [String] {
        let guarded = Schema.statements(of: Schema.migrations.joined()).compactMap { statement in
            statement.firstMatch(of: /^\s*CREATE TRIGGER \w+ BEFORE (\w+) ON (\w+)\s+BEGIN SELECT RAISE/)
        }
        let closed = Set(guarded.filter { $0.1 == change }.map { String($0.2) })
        return Schema.tables.map(\.name).filter { !closed.contains($0) }
    }
}
#endif
