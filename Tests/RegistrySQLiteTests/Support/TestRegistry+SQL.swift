@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

/// The database as somebody with `sqlite3` has it: no pragma of the registry's own is set.
extension TestRegistry {
    /// Runs statements on a connection of their own.
    func sql(_ statements: String) throws {
        // A statement that is refused may leave a test's BEGIN open; closing the connection undoes it.
        try TestEngine.onDatabase(of: directory) { _, execute in try execute(statements) }
    }

    /// The first column of the first row; nil where there is none.
    func value<Value: ColumnValue>(_ type: Value.Type = Value.self, _ statement: String) throws -> Value? {
        try TestEngine.onDatabase(of: directory) { database, _ in try database.value(statement) }
    }

    /// All rows.
    func rows(_ statement: String) throws -> [PlainRow] {
        try TestEngine.onDatabase(of: directory) { database, _ in try database.all(statement) { PlainRow($0) } }
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
}
