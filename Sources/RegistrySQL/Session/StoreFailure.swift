package import Registry

/// What can stand in the way of a store, in words for a person.
package enum StoreFailure {
    /// The transaction ended before its commit: SQLite gave it up after an I/O error or for want of space.
    package static let transactionLost = Refusal(
        .registryInputOutput,
        "The registry could not be written: I/O error, or no space left on the disk. Nothing was recorded."
    )

    /// The writer was stopped before the write had its turn.
    package static let stopped = Refusal(
        .registryBusy,
        "The registry is being closed; nothing was recorded. Try again."
    )

    /// Another process wrote for as long as one waits.
    package static let busy = Refusal(
        .registryBusy,
        "The registry is locked by another program; nothing was recorded. Try again."
    )

    /// The registry was opened for reading alone.
    package static let readOnly = Refusal(
        .registryReadOnly,
        "The registry can be read here, and not written: its files or their directory do not let this user write."
    )

    /// The registry was copied to another place, and what is written goes there.
    package static func closed(movedTo place: String) -> Refusal {
        Refusal(
            .registryClosed,
            "This registry is closed: it was copied to \(place), where everything is recorded now. It can still be read "
                + "here. Nothing was recorded.",
            facts: ["movedTo": place]
        )
    }

    /// The key was rotated between the sealing of a code and its recording.
    package static let sealedWithEarlierKey = Refusal(
        .registryBusy,
        "The registry's key was rotated while this was being recorded; nothing was recorded. Try again."
    )

    /// A reader kept the log from being emptied for too long.
    package static let timeout = Refusal(
        .registryTimeout,
        "Reading this took too long and was given up, so that the registry's log does not grow without end. Ask for less "
            + "at once, or try again when less is going on."
    )
}
