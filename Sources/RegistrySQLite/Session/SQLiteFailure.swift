import GRDB
import Registry

/// What SQLite's errors mean to a person.
enum SQLiteFailure {
    /// The transaction ended before its commit: SQLite gave it up after an I/O error or for want of space.
    static let transactionLost = Refusal(
        .registryInputOutput,
        "The registry could not be written: the disk gave an error or is full. Nothing of this was recorded."
    )

    /// The writer was stopped before the write had its turn.
    static let stopped = Refusal(
        .registryBusy,
        "The registry is being closed; nothing of this was recorded. Try again."
    )

    /// The registry was opened for reading alone.
    static let readOnly = Refusal(
        .registryReadOnly,
        "The registry can be read here, and not written: its files or their directory do not let this user write."
    )

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
        "The disk gave an error while this was committed, and whether it was recorded cannot be found out now. When the "
            + "disk works again, the ledger tells; the same request with the same idempotency key does no harm."
    )

    /// Whether SQLite says that a file cannot be written, made or opened.
    static func suggestsReadOnly(_ error: DatabaseError) -> Bool {
        [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(error.resultCode)
    }

    /// The refusal that `error` means; an error that nobody foresaw stays itself.
    static func refusal(from error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_FULL:
            return Refusal(
                .registryFull,
                "The disk that the registry lies on is full; nothing of this was recorded. Make room and try again."
            )
        case .SQLITE_READONLY:
            return readOnly
        case .SQLITE_IOERR:
            return transactionLost
        case .SQLITE_CORRUPT:
            return Refusal(
                .registryDamaged,
                "The registry's database is damaged (\(error.message ?? "no reason given")); nothing of this was "
                    + "recorded. Restore a backup."
            )
        case .SQLITE_NOTADB:
            return Refusal(.registryNotADatabase, "The file registry.db is not a database.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Refusal(
                .registryBusy,
                "Another program keeps the registry locked; nothing of this was recorded. Try again."
            )
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return Refusal(
                .registryUnreadable,
                "The registry's database cannot be opened (\(error.message ?? "no reason given")). Try again."
            )
        case .SQLITE_INTERRUPT:
            return CancellationError()
        default:
            return error
        }
    }
}
