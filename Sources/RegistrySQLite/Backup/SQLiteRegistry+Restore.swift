import Foundation
import GRDB
public import Registry

extension SQLiteRegistry {
    /// Puts the backup `path` in the place of the registry's database, in one step.
    ///
    /// The backup is verified first: that it is a registry of a version known here, that its pages and ledger are
    /// sound, and that this registry's key opens its codes. The database that was there is kept beside it, as
    /// `registry.db.before-restore-` and the instant. The key has to be there; it is in no backup. Where the backup
    /// lacks what was committed since, the registry is not opened until the rollback is accepted.
    /// - Throws: `Refusal` with `backup.invalid` and the reason, with `registry.busy` while a process has the registry
    ///   open, or with another `registry.*` code; then nothing was changed.
    public static func restore(
        _ directory: RegistryDirectory,
        from path: String,
        at now: Instant
    ) throws -> RestoreReport {
        let key = try RegistryKey.load(from: directory)
        guard let lock = try DirectoryLock.exclusive(directory) else {
            throw Refusal(
                .registryBusy,
                "Another program has the registry in \(directory.path) open. Stop it, then restore.",
                facts: [.init("path", .text(directory.path))]
            )
        }
        let copy = try DatabaseCopy(at: "\(directory.databasePath).restoring")
        do {
            let head = try take(path, into: copy)
            try copy.read { try BackupVerification(database: $0, key: key, path: path).run() }
            let replaced = try moveAside(directory, at: now)
            try copy.replace(directory.databasePath)
            try lock.sync()
            let rollback = try copyLacks(directory, key: key)
            return RestoreReport(lastRow: head?.sequence, replaced: replaced, rollback: rollback?.refusal.detail)
        } catch {
            copy.discard()
            throw SQLiteFailure.refusal(from: error)
        }
    }

    private static func take(_ path: String, into copy: DatabaseCopy) throws -> AuditHead? {
        guard access(path, R_OK) == 0 else { throw POSIXFile.refusal(.backupInvalid, "read", path) }
        do {
            let source = try Connection.reader(ofFile: path)
            defer { try? source.close() }
            return try copy.take(from: source)
        } catch let error as DatabaseError
            where [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
        {
            throw BackupVerification.refusal(
                path,
                "it is no database, or a damaged one (\(error.message ?? "no reason"))"
            )
        }
    }

    /// Gives the present database a second name, and puts its log out of the way of the one to come.
    /// - Returns: that name; nil when there is no database.
    private static func moveAside(_ directory: RegistryDirectory, at now: Instant) throws -> String? {
        guard try RegistryFiles(directory: directory).holdsDatabase() else { return nil }
        let name = "\(directory.databasePath).before-restore-\(now)"
        emptyLog(of: directory)
        // Only the log of a database that is too damaged for it is still there: it belongs to that database.
        if access(directory.logPath, F_OK) == 0, rename(directory.logPath, "\(name)-wal") != 0 {
            throw POSIXFile.refusal(.registryInputOutput, "rename", directory.logPath)
        }
        unlink("\(directory.databasePath)-shm")
        guard link(directory.databasePath, name) == 0 else {
            throw POSIXFile.refusal(errno == EEXIST ? .backupExists : .registryInputOutput, "keep", name)
        }
        return name
    }

    /// Brings what the log holds into the database, as far as the database lets it.
    private static func emptyLog(of directory: RegistryDirectory) {
        guard let connection = try? Connection.writer(of: directory) else { return }
        _ = try? connection.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try? connection.close()
    }

    private static func copyLacks(_ directory: RegistryDirectory, key: RegistryKey) throws -> Rollback? {
        let reading = RollbackAnchor(path: directory.anchorPath, key: key).reading()
        let reader = try Connection.reader(of: directory)
        defer { try? reader.close() }
        return try reader.read { try SQLiteSession(database: $0).rollback(from: reading) }
    }
}
