import Foundation
import GRDB
import Registry

extension SQLiteRegistry {
    /// Copies the database, as it stands at one moment, into the new file `path` (mode 0600, owned by whoever makes
    /// it). Writers go on meanwhile.
    ///
    /// The key and the anchor are not in it: keep the key elsewhere, and let the anchor be what it is for, the
    /// registry's own memory of what was committed.
    /// - Throws: `Refusal` with `backup.exists` when there is such a file, or with a `registry.*` code; then there is
    ///   no file of this name, unless the code is `registry.outcome-unknown`.
    public func backup(to path: String) throws -> BackupReport {
        guard FileIdentity(ofLink: path) == nil else {
            throw Refusal(
                .backupExists,
                "\(path) already exists, and a backup never overwrites a file.",
                facts: [.init("path", .text(path))]
            )
        }
        let copy = try DatabaseCopy(for: path, ownedAsDirectory: false)
        do {
            let head = try withReader { try copy.take(from: $0) }
            let bytes = try copy.finish(as: path, orRefuse: .backupExists)
            return BackupReport(path: path, bytes: bytes, lastRow: head?.sequence, head: head?.hash.hexadecimal)
        } catch {
            copy.discard()
            throw SQLiteFailure.refusal(from: error)
        }
    }
}
