import Foundation
import GRDB
import Registry

/// Opens SQLite connections as the registry needs them.
enum Connection {
    /// How long a connection waits for another process's write lock, in seconds.
    static let lockTimeout: Double = 30

    /// WAL, foreign keys, and a sync for every commit.
    static func writer(of directory: RegistryDirectory) throws -> DatabaseQueue {
        var configuration = base()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // 64 MiB, taken as it is needed: a large import writes each page of its indexes once, not many times.
            try database.execute(sql: "PRAGMA cache_size = -65536")
            // A REPLACE that hits an existing row fires the delete triggers.
            try database.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        return try DatabaseQueue(path: directory.databasePath, configuration: configuration)
    }

    static func reader(of directory: RegistryDirectory) throws -> DatabaseQueue {
        var configuration = base()
        configuration.readonly = true
        return try DatabaseQueue(path: directory.databasePath, configuration: configuration)
    }

    private static func base() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(lockTimeout)
        configuration.allowsUnsafeTransactions = true
        return configuration
    }
}
