#if PostgreSQL
package import Registry
package import RegistrySQL

/// A database on a server that a registry is copied to, in one transaction. The schema's version says that it is unfinished
/// until it is released.
package final class PostgreSQLArrival: RegistryArrival {
    private let place: PostgreSQLPlace
    private let onNotice: @Sendable (String) -> Void

    package init(_ place: PostgreSQLPlace, onNotice: @escaping @Sendable (String) -> Void) {
        self.place = place
        self.onNotice = onNotice
    }

    package var name: String { place.name }

    package func requireRoom(for key: RegistryKey, first: Seal) throws {
        try onServer { connection in
            switch try PostgreSQLRegistry.version(on: connection) {
            case nil:
                let schema = PostgreSQLPlace.schema
                if try connection.exists("SELECT 1 FROM pg_namespace WHERE nspname = ?", [schema]) {
                    throw taken("\(name) has a schema \(schema)")
                }
            case let version? where version > 0: throw taken("\(name) holds a registry")
            default:
                if try SQLSession(database: connection).seal(1) != first { throw unfinishedOfAnother }
            }
        }
        guard try key.fits(at: place.keyPath) else { throw otherKey }
    }

    package func fill(
        with key: RegistryKey,
        load: (any SQLConnection) throws -> Void,
        verify: (SQLSession) throws -> Void
    ) throws {
        try PostgreSQLRegistry.makeDirectory(place.directory)
        guard try key.place(at: place.keyPath) else { throw otherKey }
        try onServer { connection in
            try connection.transaction("BEGIN") {
                try connection.allowLongPauses()
                if let version = try PostgreSQLRegistry.version(on: connection) {
                    guard version < 0 else { throw taken("\(name) holds a registry") }
                    try connection.execute("DROP SCHEMA \(PostgreSQLPlace.schema) CASCADE")
                }
                let hasRole = try PostgreSQLRegistry.define(on: connection, version: -Schema.version) {
                    try load(connection)
                }
                if !hasRole { onNotice(PostgreSQLRegistry.withoutRole) }
                try goOnWithNumbers(on: connection)
                // Nobody has counted the new tables' rows yet, and the questions to them depend on it.
                try connection.execute("ANALYZE")
                let inspection = PostgreSQLInspection(place: place)
                try verify(SQLSession(database: connection, inspection: inspection))
            }
        }
    }

    /// The next row of a table has the number after the highest that was copied.
    private func goOnWithNumbers(on connection: PostgreSQLConnection) throws {
        let tables = try connection.all(
            """
            SELECT table_name::text FROM information_schema.columns
            WHERE table_schema = ? AND column_name = 'number' AND is_identity = 'YES'
            """,
            [PostgreSQLPlace.schema]
        ) { try $0[0] as String }
        for table in tables {
            try connection.run(
                """
                SELECT setval(pg_get_serial_sequence('\(table)', 'number'), max(number)) FROM \(table)
                HAVING max(number) > 0
                """
            )
        }
    }

    package func release(_ seal: Seal, key: RegistryKey) throws {
        try onServer { connection in
            guard let version = try PostgreSQLRegistry.version(on: connection),
                try SQLSession(database: connection).seal(seal.number) == seal,
                let first = try SQLSession(database: connection).seal(1)
            else { throw notThere }
            guard version < 0 else { return }
            try RollbackAnchor(path: place.anchorPath(of: first), key: key).reset(to: .init(seal))
            try connection.run(
                "UPDATE registry_version SET number = ? WHERE number = ?",
                [Schema.version, -Schema.version]
            )
        }
    }

    private func onServer(_ body: (PostgreSQLConnection) throws -> Void) throws {
        do {
            let connection = try PostgreSQLConnection(place.address, for: .writing)
            defer { connection.close() }
            try body(connection)
        } catch let error as PostgreSQLError where error.code == "42P06" {
            throw taken("\(name) has a schema \(PostgreSQLPlace.schema)")
        } catch {
            throw PostgreSQLFailure.refusal(from: error)
        }
    }
}
#endif
