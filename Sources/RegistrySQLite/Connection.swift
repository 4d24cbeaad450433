import CSQLite
import Registry
import RegistrySQL

/// Opens SQLite connections as the registry needs them.
enum Connection {
    /// How long a connection waits for another process's write lock, in milliseconds.
    static let patience: Int32 = 30_000
    /// Of SQLite's virtual machine: some ten microseconds.
    private static let stepsBetweenChecks: Int32 = 1_000

    /// A log that a long reader let grow is cut back to so many bytes once nobody reads it any more.
    static let logLimit = 64 << 20

    /// WAL, foreign keys, and a sync for every commit. A file that is not there is not made.
    static func writer(of directory: RegistryDirectory) throws -> Database {
        let database = try Database(name(of: directory.databasePath), .writing, patience: patience)
        // Another program's database is left as it is.
        try Schema.checkOwner(of: database)
        try database.execute(
            """
            PRAGMA foreign_keys = ON;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA journal_size_limit = \(logLimit);
            -- 64 MiB, taken as it is needed: a large import writes each page of its indexes once, not many times.
            PRAGMA cache_size = -65536;
            -- What is erased leaves no bytes behind in the file.
            PRAGMA secure_delete = ON;
            -- A REPLACE that hits an existing row fires the delete triggers.
            PRAGMA recursive_triggers = ON;
            """
        )
        return database
    }

    /// - Throws: SQLite's error when `writer` was opened for reading alone, which gives no error until the first write.
    static func requireWritable(_ writer: Database) throws {
        if writer.isReadOnly { throw SQLiteError(SQLITE_READONLY) }
    }

    /// - Parameter isImmutable: nothing can change the file, and SQLite needs no files beside it.
    static func reader(of directory: RegistryDirectory, isImmutable: Bool = false) throws -> Database {
        try reader(ofFile: directory.databasePath, isImmutable: isImmutable)
    }

    static func reader(ofFile path: String, isImmutable: Bool = false) throws -> Database {
        let database = try Database(
            name(of: path) + (isImmutable ? "?immutable=1" : ""),
            .reading,
            patience: patience
        )
        // Ends what nobody waits for any more. The task is the one whose thread runs the statement.
        sqlite3_progress_handler(
            database.handle,
            stepsBetweenChecks,
            { context in
                guard let context else { return 0 }
                let database = Unmanaged<Database>.fromOpaque(context).takeUnretainedValue()
                return Task.isCancelled || !database.allowance.check() ? 1 : 0
            },
            // It lives as long as its handle.
            Unmanaged.passUnretained(database).toOpaque()
        )
        return database
    }

    /// A database of one file, without a log: a backup that is being made.
    static func single(_ path: String) throws -> Database {
        try Database(name(of: path), .writing, patience: patience)
    }

    /// SQLite's name for a file, to which conditions can be added.
    private static func name(of path: String) -> String {
        let texts = path.utf8.map { byte in
            byte < 0x80 && !"?#%".utf8.contains(byte) ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16)
        }
        return "file:" + texts.joined()
    }
}
