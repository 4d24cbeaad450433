import Foundation
import GRDB
import GRDBSQLite
import Registry

/// Opens SQLite connections as the registry needs them.
enum Connection {
    /// How long a connection waits for another process's write lock, in seconds.
    static let lockTimeout: Double = 30
    /// Of SQLite's virtual machine: some ten microseconds.
    private static let stepsBetweenChecks: Int32 = 1_000

    /// WAL, foreign keys, and a sync for every commit.
    static func writer(of directory: RegistryDirectory) throws -> DatabaseQueue {
        var configuration = base()
        configuration.prepareDatabase { database in
            // Another program's database is left as it is.
            try Schema.checkOwner(of: database)
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // 64 MiB, taken as it is needed: a large import writes each page of its indexes once, not many times.
            try database.execute(sql: "PRAGMA cache_size = -65536")
            // A REPLACE that hits an existing row fires the delete triggers.
            try database.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        return try DatabaseQueue(path: directory.databasePath, configuration: configuration)
    }

    /// - Parameter isImmutable: nothing can change the file, and SQLite needs no files beside it.
    static func reader(of directory: RegistryDirectory, isImmutable: Bool = false) throws -> DatabaseQueue {
        try reader(ofFile: directory.databasePath, isImmutable: isImmutable)
    }

    static func reader(ofFile path: String, isImmutable: Bool = false) throws -> DatabaseQueue {
        var configuration = base()
        configuration.readonly = true
        // Ends what nobody waits for any more. The task is the one whose thread runs the statement.
        configuration.prepareDatabase { database in
            sqlite3_progress_handler(
                database.sqliteConnection,
                stepsBetweenChecks,
                { _ in Task.isCancelled ? 1 : 0 },
                nil
            )
        }
        let name = isImmutable ? immutableName(of: path) : path
        return try DatabaseQueue(path: name, configuration: configuration)
    }

    /// A database of one file, without a log: a backup that is being made.
    static func single(_ path: String) throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: base())
    }

    /// SQLite's name for a file that nobody changes.
    private static func immutableName(of path: String) -> String {
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
        return "file:\(path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path)?immutable=1"
    }

    private static func base() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(lockTimeout)
        configuration.allowsUnsafeTransactions = true
        return configuration
    }
}
