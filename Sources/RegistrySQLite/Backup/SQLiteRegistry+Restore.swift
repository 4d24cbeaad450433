import CSQLite
import Glibc
public import Registry
import RegistrySQL

extension SQLiteRegistry {
    /// Puts the backup `path` in the place of the registry's database, in one step.
    ///
    /// The backup is verified first: that it is a registry of a version known here, that its schema is what that
    /// version makes, that its pages and ledger are sound, that this registry's key is its key and opens its codes, and
    /// that its rows are those that its ledger made.
    /// The database that was there is kept beside it, as `registry.db.before-restore-` and the instant. The key has to
    /// be there; it is in no backup. If rows were committed after the backup, the registry is not opened until
    /// the rollback is accepted.
    /// - Throws: `Refusal` with `backup.invalid` and the reason, with `registry.busy` while a process has the registry
    ///   open, or with another `registry.*` code; then the database is the one that was there, unless the code is
    ///   `registry.outcome-unknown`.
    public static func restore(
        _ directory: RegistryDirectory,
        from path: String,
        at now: Instant
    ) throws -> RestoreReport {
        let key = try RegistryKey.load(at: directory.keyPath)
        guard let lock = try DirectoryLock.exclusive(directory) else {
            throw Refusal(
                .registryBusy,
                "Another program has the registry in \(directory.path) open. Stop it, then restore.",
                facts: ["path": directory.path]
            )
        }
        defer { withExtendedLifetime(lock) {} }
        let copy = try DatabaseCopy(for: directory.databasePath, ownedAsDirectory: true)
        do {
            let seal = try take(path, into: copy)
            let anchor = RollbackAnchor(path: directory.anchorPath, key: key)
            let rollback = try copy.read { database in
                try BackupVerification(database: database, key: key, path: path).run()
                return try SQLSession(database: database).rollback(from: try anchor.reading())
            }
            let kept = try ReplacedDatabase(of: directory, at: now)
            do {
                try copy.replace(directory.databasePath)
            } catch let refusal as Refusal where refusal.code != .registryOutcomeUnknown {
                try kept?.putBack()
                throw refusal
            }
            return RestoreReport(seal: seal?.number, replaced: kept?.path, rollback: rollback?.refusal.detail)
        } catch {
            copy.discard()
            throw SQLiteFailure.refusal(from: error)
        }
    }

    private static func take(_ path: String, into copy: DatabaseCopy) throws -> Seal? {
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else {
            throw POSIXFile.refusal(.backupInvalid, "read", path, errno)
        }
        if let kind = FileKind(unusual: status.st_mode) { throw kind.refusal(.backupInvalid, path) }
        do {
            let source = try Connection.reader(ofFile: path)
            defer { source.close() }
            return try copy.take(from: source)
        } catch let error as SQLiteError
            where [SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_ERROR].contains(error.code)
        {
            throw BackupVerification.refusal(
                path,
                "it is not a database, or it is damaged (\(error.message))"
            )
        }
    }
}

/// The database that a backup takes the place of: it has a second name, and its log is out of the way.
private struct ReplacedDatabase {
    /// The second name.
    let path: String
    private let directory: RegistryDirectory
    /// How the names of what lay beside it end: a log, a journal.
    private var companions: [String] = []

    /// - Returns: nil when there is no database.
    init?(of directory: RegistryDirectory, at now: Instant) throws {
        guard try RegistryFiles(directory: directory).holdsDatabase() else { return nil }
        self.directory = directory
        path = "\(directory.databasePath).before-restore-\(now)"
        Self.emptyLog(of: directory)
        guard link(directory.databasePath, path) == 0 else {
            let number = errno
            throw POSIXFile.refusal(number == EEXIST ? .backupExists : .registryInputOutput, "keep", path, number)
        }
        // Still there where the database is too damaged or the disk failed. SQLite would put their pages into the backup.
        for suffix in ["-wal", "-journal"] where access(directory.databasePath + suffix, F_OK) == 0 {
            guard rename(directory.databasePath + suffix, path + suffix) == 0 else {
                let refusal = POSIXFile.refusal(
                    .registryInputOutput,
                    "rename",
                    directory.databasePath + suffix,
                    errno
                )
                try putBack()
                throw refusal
            }
            companions.append(suffix)
        }
        unlink("\(directory.databasePath)-shm")
    }

    /// Undoes it.
    /// - Throws: `Refusal` that says where the log or journal is when it cannot be put back.
    func putBack() throws {
        for suffix in companions where rename(path + suffix, directory.databasePath + suffix) != 0 {
            throw POSIXFile.refusal(
                .registryInputOutput,
                "put back \(path)\(suffix) as",
                directory.databasePath + suffix,
                errno
            )
        }
        unlink(path)
    }

    /// Brings what the log holds into the database, as far as the database lets it.
    private static func emptyLog(of directory: RegistryDirectory) {
        guard let connection = try? Connection.writer(of: directory) else { return }
        try? connection.run("PRAGMA journal_mode = DELETE")
        connection.close()
    }
}
