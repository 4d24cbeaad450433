import CSQLite
import Registry
import RegistrySQL

/// What SQLite's errors mean to a person.
enum SQLiteFailure {
    /// Another file has the database's name.
    static let replaced = Refusal(
        .registryReplaced,
        "The file registry.db was replaced or moved away while this program had it open, so nothing is read or written "
            + "any more. Restart the program; to put a backup in place use tokenctl restore."
    )

    /// The database lost its name while a commit was under way.
    static let replacedDuringCommit = Refusal(
        .registryOutcomeUnknown,
        "The file registry.db was replaced while this was being committed: it is recorded in the file that was there "
            + "before, and perhaps not in the one that is there now. Find out which file is the registry, then look there."
    )

    /// The disk gave an error at the commit, and what it kept cannot be read.
    static let outcomeUnknown = Refusal(
        .registryOutcomeUnknown,
        "The disk failed while this was being committed, so it may or may not have been recorded. When the "
            + "disk works again, look in the ledger; repeating the request with the same idempotency key is safe."
    )

    /// Why nothing can be written for the time being, after a commit that gave `refusal`; nil where that says nothing about
    /// the next one.
    static func obstacle(after refusal: Refusal) -> Refusal? {
        switch refusal.code {
        case .registryFull:
            Refusal(.registryFull, "No space is left on the registry's disk, so nothing can be recorded.")
        case .registryInputOutput, .registryOutcomeUnknown:
            Refusal(.registryInputOutput, "The last write to the registry failed with an I/O error.")
        case .registryReadOnly, .registryDamaged, .registryNotADatabase, .registryUnreadable: refusal
        default: nil
        }
    }

    /// Whether SQLite says that a file cannot be written, made or opened.
    static func suggestsReadOnly(_ error: SQLiteError) -> Bool {
        [SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM].contains(error.code)
    }

    /// The refusal that `error` means; an error that nobody foresaw stays itself.
    static func refusal(from error: any Error) -> any Error {
        guard let error = error as? SQLiteError else { return error }
        switch error.code {
        case SQLITE_FULL:
            return Refusal(
                .registryFull,
                "No space left on the registry's disk; nothing was recorded. Free some space and try again."
            )
        case SQLITE_READONLY:
            return StoreFailure.readOnly
        case SQLITE_IOERR, SQLITE_PROTOCOL:
            return StoreFailure.transactionLost
        case SQLITE_CORRUPT:
            return Refusal(
                .registryDamaged,
                "The registry's database is damaged (\(error.message)); nothing was "
                    + "recorded. Restore a backup."
            )
        case SQLITE_NOTADB:
            return Refusal(.registryNotADatabase, "The file registry.db is not a database.")
        case SQLITE_BUSY, SQLITE_LOCKED:
            return StoreFailure.busy
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            return Refusal(
                .registryUnreadable,
                "The registry's database cannot be opened (\(error.message)). Try again."
            )
        case SQLITE_INTERRUPT:
            return CancellationError()
        default:
            return error
        }
    }
}
