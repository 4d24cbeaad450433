#if PostgreSQL
import Registry
import RegistrySQL

/// What PostgreSQL's errors mean to a person.
enum PostgreSQLFailure {
    /// The server was lost during a commit, and could not be asked again.
    static let outcomeUnknown = Refusal(
        .registryOutcomeUnknown,
        "The PostgreSQL server was lost while this was being committed, so it may or may not have been recorded. When a "
            + "server can be reached again, look in the ledger; repeating the request with the same idempotency key is "
            + "safe."
    )

    static func unreachable(_ message: String) -> Refusal {
        Refusal(
            .registryBusy,
            "The PostgreSQL server cannot be reached (\(message)); nothing was recorded. Try again."
        )
    }

    /// The refusal that `error` means; an error that nobody foresaw stays itself.
    static func refusal(from error: any Error) -> any Error {
        guard let error = error as? PostgreSQLError else { return error }
        if error.isOutcomeUnknown { return outcomeUnknown }
        if error.isConnectionLost { return unreachable(error.message) }
        if error.isCancelled { return Task.isCancelled ? CancellationError() : StoreFailure.timeout }
        if error.isReadOnly { return StoreFailure.readOnly }
        if error.isSerializationFailure { return StoreFailure.busy }
        if error.isDiskFull {
            return Refusal(
                .registryFull,
                "No space left on the PostgreSQL server's disk; nothing was recorded. Free some space and try again."
            )
        }
        switch error.code {
        case "28000", "28P01", "3D000", PostgreSQLError.unfitConfiguration:
            return Refusal(.registryUnreadable, "The registry's database cannot be opened (\(error.message)).")
        case "42501":
            return Refusal(
                .registryReadOnly,
                "The PostgreSQL user may not do this (\(error.message)); nothing was recorded."
            )
        case "58030":
            return StoreFailure.transactionLost
        case "XX001", "XX002":
            return Refusal(
                .registryDamaged,
                "The registry's database is damaged (\(error.message)); nothing was recorded. Restore a backup."
            )
        default:
            return error
        }
    }
}
#endif
