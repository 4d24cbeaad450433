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
            return Refusal(.registryReadOnly, "The registry can be read here, and not written.")
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
            return Refusal(.registryUnreadable, "The registry's database cannot be opened.")
        default:
            return error
        }
    }
}
