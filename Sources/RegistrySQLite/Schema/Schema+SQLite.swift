import Registry
import RegistrySQL

/// How SQLite's file says whose it is, and which schema it has.
extension Schema {
    /// "TokR": tells a registry from any other SQLite database.
    static let applicationID: Int32 = 0x546F_6B52

    /// Whether there is nothing at all in the database yet.
    static func isBlank(_ database: any SQLConnection) throws -> Bool {
        try database.value("PRAGMA application_id") == 0
            && !database.exists("SELECT 1 FROM sqlite_schema")
    }

    static func isOwner(of database: any SQLConnection) throws -> Bool {
        try database.value("PRAGMA application_id") == Int(applicationID)
    }

    static func version(of database: any SQLConnection) throws -> Int {
        try database.value("PRAGMA user_version") ?? 0
    }

    /// - Throws: `Refusal` with `registry.not-a-database` for another program's database.
    static func checkOwner(of database: any SQLConnection) throws {
        if try isOwner(of: database) { return }
        guard try isBlank(database) else {
            throw Refusal(.registryNotADatabase, "The file is a database, but not a registry.")
        }
    }
}
