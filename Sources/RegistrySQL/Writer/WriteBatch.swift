import Dispatch

/// Writes that share a commit: those that waited when it began, and those that come while it runs them.
///
/// Belongs to the writer's thread.
package final class WriteBatch {
    /// All of them, in the order in which they are run.
    package private(set) var writes: [any PendingWrite]
    /// Takes at most so many of those that wait by now; with patience, waits a moment for the first of them.
    private let take: (_ limit: Int, _ isPatient: Bool) -> [any PendingWrite]
    /// Fewer than these are likely to be followed by others at once.
    private let expected: Int
    private var place = 0
    private var isPatient = true

    /// So many share one commit at most, so that the first of them is not kept waiting.
    static let limit = 512

    init(
        _ writes: [any PendingWrite],
        expecting expected: Int,
        take: @escaping (_ limit: Int, _ isPatient: Bool) -> [any PendingWrite]
    ) {
        self.writes = writes
        self.expected = expected
        self.take = take
    }

    /// The next one to run; nil when the commit should not wait for others.
    package func next() -> (any PendingWrite)? {
        if place == writes.count, writes.count < Self.limit {
            let waits = isPatient && writes.count < expected
            let more = take(Self.limit - writes.count, waits)
            // Once is enough.
            if more.isEmpty { isPatient = false }
            writes += more
        }
        guard place < writes.count else { return nil }
        defer { place += 1 }
        return writes[place]
    }

    /// They are run again, from the first.
    package func rewind() {
        place = 0
    }
}
