import Foundation
import RegistryEngines
import RegistrySQL
import Testing

@testable import Registry
@testable import RegistrySQLite

#if PostgreSQL
import RegistryPostgreSQL
#endif

/// The engine that the tests' registries are on: SQLite, or the PostgreSQL server that `TOKENCTL_TEST_POSTGRESQL` names.
enum TestEngine {
    /// The server's address with `%s` for the database.
    static let server = ProcessInfo.processInfo.environment["TOKENCTL_TEST_POSTGRESQL"]

    static var isSQLite: Bool { server == nil }

    /// Where a test's registry is: each directory of this host has a database of its own on the server.
    ///
    /// - Parameter isOwned: as whoever makes the registry there; else as a daemon, which may do less.
    static func place(for directory: RegistryDirectory, isOwned: Bool = false) -> RegistryPlace {
        guard var address = address(of: database(of: directory)) else { return .directory(directory) }
        if !isOwned { address = address.replacingOccurrences(of: "postgres@", with: "tokend@") }
        return RegistryPlace(address, keyPath: directory.keyPath, usualDirectory: directory.path)
    }

    /// Makes room for a registry that is not there yet.
    static func prepare(_ directory: RegistryDirectory) throws {
        try onServer { try $0.execute("CREATE DATABASE \(database(of: directory))") }
    }

    /// Removes what ``prepare(_:)`` made.
    static func remove(_ directory: RegistryDirectory) {
        try? onServer { try $0.execute("DROP DATABASE IF EXISTS \(database(of: directory)) WITH (FORCE)") }
    }

    /// Runs `body` on a connection that has none of the registry's own settings, but its schema.
    static func onDatabase<Answer>(
        of directory: RegistryDirectory,
        _ body: (any SQLConnection, _ execute: (String) throws -> Void) throws -> Answer
    ) throws -> Answer {
        #if PostgreSQL
        if let address = address(of: database(of: directory)) {
            let connection = try PostgreSQLConnection(
                PostgreSQLAddress("\(address)&options=-csearch_path%3Dtokenctl,pg_temp"),
                for: .writing
            )
            defer { connection.close() }
            return try body(connection, connection.execute)
        }
        #endif
        return try RegistrySQLiteTests.onDatabase(directory.databasePath) { try body($0, $0.execute) }
    }

    private static func database(of directory: RegistryDirectory) -> String {
        String(directory.path.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    private static func address(of database: String) -> String? {
        server?.replacingOccurrences(of: "%s", with: database)
    }

    #if PostgreSQL
    private static func onServer(_ body: (PostgreSQLConnection) throws -> Void) throws {
        guard let address = address(of: "postgres") else { return }
        let connection = try PostgreSQLConnection(PostgreSQLAddress(address), for: .writing)
        defer { connection.close() }
        try body(connection)
    }
    #else
    private static func onServer(_ body: (any PlainConnection) throws -> Void) throws {
        precondition(isSQLite, "the tests were built without PostgreSQL")
    }

    private protocol PlainConnection {
        func execute(_ script: String) throws
    }
    #endif
}

extension Trait where Self == ConditionTrait {
    /// What concerns SQLite's files, its words, or its faults.
    static var onSQLite: Self { .enabled(if: TestEngine.isSQLite) }
    /// What concerns a server alone.
    static var onPostgreSQL: Self { .enabled(if: !TestEngine.isSQLite) }
}
