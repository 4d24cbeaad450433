import Glibc
import Registry
import RegistrySQL
import Synchronization

/// Whether the database that is open still has its name.
///
/// When another file has taken its place, what is committed here is in no registry, and a new connection would mix the
/// one file with the other's log. So nothing is read or written any more, also when the file comes back.
final class DatabasePlace: Sendable {
    private let path: String
    private let identity: FileIdentity?
    private let wasLost = Atomic<Bool>(false)

    /// To be made before the database is opened: one that is replaced meanwhile counts as replaced.
    init(of directory: RegistryDirectory) {
        path = directory.databasePath
        identity = FileIdentity(at: path)
    }

    /// Looks whether it has; once it has not, it has lost its place for good.
    var isKept: Bool {
        if wasLost.load(ordering: .relaxed) { return false }
        var status = stat()
        let isThere = stat(path, &status) == 0 ? FileIdentity(status) == identity : ![ENOENT, ENOTDIR].contains(errno)
        if !isThere { wasLost.store(true, ordering: .relaxed) }
        return isThere
    }

    /// - Throws: `Refusal` with `registry.replaced` when somebody found before that it has lost its place. Does not
    ///   look, so that it costs a reader nothing.
    func requireNotLost() throws {
        if wasLost.load(ordering: .relaxed) { throw SQLiteFailure.replaced }
    }
}
