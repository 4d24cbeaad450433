import CSQLite
import Registry
import RegistrySQL

extension SQLiteRegistry {
    /// Copies the database, as it stands at one moment, into the new file `path` (mode 0600, owned by whoever makes
    /// it). Writers go on meanwhile.
    ///
    /// The key and the anchor are not in it: keep the key elsewhere, and let the anchor be what it is for, the
    /// registry's own memory of what was committed.
    /// - Parameter progress: is told now and then how many pages have been copied, and of how many.
    /// - Throws: `Refusal` with `backup.exists` when there is such a file, with `file.unwritable`, or with a `registry.*`
    ///   code; then there is no file of this name, unless the code is `registry.outcome-unknown`.
    public func backup(to path: String, progress: (Int, Int) -> Void = { _, _ in }) throws -> BackupReport {
        guard FileIdentity(ofLink: path) == nil else {
            throw Refusal(
                .backupExists,
                "\(path) already exists, and a backup never overwrites a file.",
                facts: ["path": path]
            )
        }
        let copy = try DatabaseCopy(for: path, ownedAsDirectory: false)
        do {
            let seal = try withReader { try copy.take(from: $0, progress: progress) }
            let bytes = try copy.finish(as: path, orRefuse: .backupExists)
            return BackupReport(path: path, bytes: bytes, seal: seal?.number, head: seal?.hash.hexadecimal)
        } catch {
            copy.discard()
            throw Self.refusal(from: error, backup: path)
        }
    }

    /// SQLite says of a copy that failed only what went wrong, and not in which of the two files.
    private static func refusal(from error: any Error, backup path: String) -> any Error {
        guard let error = error as? SQLiteError else { return SQLiteFailure.refusal(from: error) }
        let reason: String
        switch (error.code, error.extendedCode) {
        case (SQLITE_FULL, _): reason = "no space is left on its disk"
        case (_, SQLiteError.readFailed): return SQLiteFailure.refusal(from: error)
        case (SQLITE_IOERR, _): reason = "I/O error"
        default: return SQLiteFailure.refusal(from: error)
        }
        return Refusal(
            .fileUnwritable,
            "Cannot write the backup \(path): \(reason). Nothing is left of it.",
            facts: ["path": path]
        )
    }
}
