import Dispatch
import Synchronization

/// The one writer: runs what is waiting as one durable transaction, each in its own savepoint.
///
/// Every caller is answered after the one sync that they share. A refused one is undone alone.
package final class GroupCommitWriter: Sendable {
    private let connection: any GroupCommitting
    private let queue = DispatchQueue(label: "registry-writer")
    private let state = Mutex(State())

    /// Signalled when a write comes that the running batch waits for.
    private let arrival = DispatchSemaphore(value: 0)

    private struct State {
        var waiting: [any PendingWrite] = []
        var isStopped = false
        /// Whether the queue is running, or about to.
        var isRunning = false
        /// Whether the running batch waits for another write.
        var isAwaiting = false
    }

    /// How long a batch waits for the next write, where more are likely: callers who were answered by the commit before
    /// come back about now, and would otherwise wait for a whole commit of the first few of them.
    private static let patience = DispatchTimeInterval.microseconds(200)

    package init(connection: any GroupCommitting) {
        self.connection = connection
    }

    /// Queues `write`.
    /// - Returns: false when the writer was stopped; it will not run.
    package func enqueue(_ write: any PendingWrite) -> Bool {
        let (isTaken, begins, isAwaited) = state.withLock { state in
            guard !state.isStopped else { return (false, false, false) }
            state.waiting.append(write)
            defer {
                state.isRunning = true
                state.isAwaiting = false
            }
            return (true, !state.isRunning, state.isAwaiting)
        }
        if isAwaited { arrival.signal() }
        if begins { queue.async { [self] in runWrites() } }
        return isTaken
    }

    /// Finishes what is queued. Returns when it has.
    package func stop() {
        state.withLock { $0.isStopped = true }
        queue.sync {}
    }

    private func runWrites() {
        // As many as shared the commit before are likely to share the next.
        var count = 1
        while true {
            let writes = take(upTo: WriteBatch.limit) { $0.isRunning = false }
            guard !writes.isEmpty else { return }
            let batch = WriteBatch(writes, expecting: count) { limit, isPatient in
                let more = self.take(upTo: limit) { $0.isAwaiting = isPatient }
                guard more.isEmpty, isPatient else { return more }
                _ = self.arrival.wait(timeout: .now() + Self.patience)
                return self.take(upTo: limit)
            }
            connection.commit(batch)
            count = batch.writes.count
        }
    }

    /// What is waiting.
    /// - Parameter otherwise: what becomes of the state when nothing is.
    private func take(
        upTo limit: Int,
        otherwise: (inout sending State) -> Void = { $0.isAwaiting = false }
    ) -> [any PendingWrite] {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                otherwise(&state)
                return []
            }
            let taken = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }
}
