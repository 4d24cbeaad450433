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

    /// A log that a long reader let grow is cut back to so many bytes once nobody reads it any more.
    static let logLimit = 64 << 20

    /// WAL, foreign keys, and a sync for every commit. A file that is not there is not made.
    static func writer(of directory: RegistryDirectory) throws -> DatabaseQueue {
        var configuration = base()
        configuration.prepareDatabase { database in
            // Another program's database is left as it is.
            try Schema.checkOwner(of: database)
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_size_limit = \(logLimit)")
            // 64 MiB, taken as it is needed: a large import writes each page of its indexes once, not many times.
            try database.execute(sql: "PRAGMA cache_size = -65536")
            // A REPLACE that hits an existing row fires the delete triggers.
            try database.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        return try DatabaseQueue(path: name(of: directory.databasePath, "mode=rw"), configuration: configuration)
    }

    /// - Throws: SQLite's error when `writer` was opened for reading alone, which gives no error until the first write.
    static func requireWritable(_ writer: DatabaseQueue) throws {
        guard writer.writeWithoutTransaction({ sqlite3_db_readonly($0.sqliteConnection, "main") }) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_READONLY)
        }
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
                { _ in Task.isCancelled || ReadDeadline.isPast ? 1 : 0 },
                nil
            )
        }
        let name = isImmutable ? name(of: path, "immutable=1") : path
        return try DatabaseQueue(path: name, configuration: configuration)
    }

    /// A database of one file, without a log: a backup that is being made.
    static func single(_ path: String) throws -> DatabaseQueue {
        try DatabaseQueue(path: name(of: path, "mode=rw"), configuration: base())
    }

    /// SQLite's name for a file with a condition.
    private static func name(of path: String, _ condition: String) -> String {
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
        return "file:\(path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path)?\(condition)"
    }

    private static func base() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(lockTimeout)
        configuration.allowsUnsafeTransactions = true
        return configuration
    }
}
