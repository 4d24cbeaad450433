import GRDB
import RegistrySQLite

@testable import Registry

/// The database as somebody with `sqlite3` has it: no pragma of the registry's own is set.
extension TestRegistry {
    /// Runs statements on a connection of their own.
    func sql(_ statements: String) throws {
        let connection = try DatabaseQueue(path: directory.databasePath, configuration: Self.plain)
        defer { try? connection.close() }
        try connection.writeWithoutTransaction { try $0.execute(sql: statements) }
    }

    /// The first column of the first row; nil where there is none.
    func value<Value: DatabaseValueConvertible>(_ type: Value.Type = Value.self, _ statement: String) throws -> Value? {
        let connection = try DatabaseQueue(path: directory.databasePath, configuration: Self.plain)
        defer { try? connection.close() }
        return try connection.writeWithoutTransaction { try Value.fetchOne($0, sql: statement) }
    }

    /// All rows.
    func rows(_ statement: String) throws -> [Row] {
        let connection = try DatabaseQueue(path: directory.databasePath, configuration: Self.plain)
        defer { try? connection.close() }
        return try connection.writeWithoutTransaction { try Row.fetchAll($0, sql: statement) }
    }

    /// Runs statements with `triggers` out of the way, as somebody who means harm would, and puts them back.
    func sql(without triggers: [String], do statements: String) throws {
        let definitions = try triggers.map { trigger in
            guard let definition = try value(String.self, "SELECT sql FROM sqlite_schema WHERE name = '\(trigger)'")
            else { preconditionFailure("there is no trigger \(trigger)") }
            return definition
        }
        try sql(triggers.map { "DROP TRIGGER \($0);" }.joined())
        defer { try? sql(definitions.joined(separator: ";")) }
        try sql(statements)
    }

    private static var plain: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(10)
        // A statement that is refused may leave a test's BEGIN open; closing the connection undoes it.
        configuration.allowsUnsafeTransactions = true
        return configuration
    }
}
