import Dispatch
import Synchronization

/// The one writer: runs what is waiting as one durable transaction, each in its own savepoint.
///
/// Every caller is answered after the one sync that they share. A refused one is undone alone.
package final class GroupCommitWriter: Sendable {
    private let connection: any GroupCommitting
    private let queue = DispatchQueue(label: "registry-writer")
    private let state = Mutex(State())

    private struct State {
        var waiting: [any PendingWrite] = []
        var isStopped = false
        /// Whether the queue is running, or about to.
        var isRunning = false
    }

    /// So many writes share one commit at most, so that the first of them is not kept waiting.
    private static let batchLimit = 512

    package init(connection: any GroupCommitting) {
        self.connection = connection
    }

    /// Queues `write`.
    /// - Returns: false when the writer was stopped; it will not run.
    package func enqueue(_ write: any PendingWrite) -> Bool {
        let (isTaken, begins) = state.withLock { state in
            guard !state.isStopped else { return (false, false) }
            state.waiting.append(write)
            defer { state.isRunning = true }
            return (true, !state.isRunning)
        }
        if begins { queue.async { [self] in runWrites() } }
        return isTaken
    }

    /// Finishes what is queued. Returns when it has.
    package func stop() {
        state.withLock { $0.isStopped = true }
        queue.sync {}
    }

    private func runWrites() {
        while let batch = nextBatch() { connection.commit(batch) }
    }

    /// What is waiting; nil when nothing is.
    private func nextBatch() -> [any PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.batchLimit))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }
}
