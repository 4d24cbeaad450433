import Foundation
import GRDB
import Registry

/// The one writer: a thread that runs what is waiting as one durable transaction, each in its own savepoint.
///
/// Every caller is answered after the one sync that they share. A refused one is undone alone.
///
/// `@unchecked Sendable`: `waiting` and `isStopped` are touched under `condition`'s lock alone; everything else is
/// constant or belongs to the writer's thread.
final class GroupCommitWriter: @unchecked Sendable {
    private let connection: WriterConnection
    private let condition = NSCondition()
    private var waiting: [any PendingWrite] = []
    private var isStopped = false
    private var isThreadRunning = false

    /// So many writes share one commit at most, so that the first of them is not kept waiting.
    private static let batchLimit = 512

    init(connection: WriterConnection) {
        self.connection = connection
    }

    /// Queues `write`. The first one starts the thread.
    /// - Returns: false when the writer was stopped; it will not run.
    func enqueue(_ write: any PendingWrite) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isStopped else { return false }
        waiting.append(write)
        if isThreadRunning {
            condition.signal()
        } else {
            isThreadRunning = true
            let thread = Thread { [self] in runWrites() }
            thread.name = "registry-writer"
            thread.start()
        }
        return true
    }

    /// Finishes what is queued, then ends the thread. Returns when it has.
    func stop() {
        condition.lock()
        defer { condition.unlock() }
        isStopped = true
        condition.broadcast()
        while isThreadRunning { condition.wait() }
    }

    private func runWrites() {
        while let batch = nextBatch() {
            connection.commit(batch)
        }
        condition.lock()
        isThreadRunning = false
        condition.broadcast()
        condition.unlock()
    }

    /// What is waiting; nil when the writer was stopped and nothing waits.
    private func nextBatch() -> [any PendingWrite]? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty {
            if isStopped { return nil }
            condition.wait()
        }
        let batch = Array(waiting.prefix(Self.batchLimit))
        waiting.removeFirst(batch.count)
        return batch
    }
}
