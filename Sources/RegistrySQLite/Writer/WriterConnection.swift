import Foundation
import GRDB
import Registry
import Synchronization

/// The connection that writes, and the anchor that follows its commits.
final class WriterConnection: Sendable {
    let queue: DatabaseQueue
    /// Told of every commit, after its callers were answered.
    let observer = Mutex<(@Sendable (CommitNotice) -> Void)?>(nil)
    private let anchor: RollbackAnchor

    init(queue: DatabaseQueue, anchor: RollbackAnchor) {
        self.queue = queue
        self.anchor = anchor
    }

    /// Runs `writes` as one transaction, makes it durable, and answers every caller.
    func commit(_ writes: [any PendingWrite]) {
        let outcome: CommitOutcome
        do {
            try queue.writeWithoutTransaction { database in
                let session = SQLiteSession(database: database)
                try session.run("BEGIN IMMEDIATE")
                do {
                    for write in writes {
                        write.run(in: session)
                        // After an I/O error SQLite ends the transaction by itself, and undoes what ran before.
                        guard database.isInsideTransaction else { throw SQLiteFailure.transactionLost }
                    }
                    let head = try session.auditHead()
                    try session.run("COMMIT")
                    // The anchor may lag behind: what cannot be written now is made up for by the next commit.
                    if let head {
                        try? anchor.advance(to: .init(sequence: head.sequence, hash: head.hash))
                    }
                } catch {
                    if database.isInsideTransaction { try? session.run("ROLLBACK") }
                    throw error
                }
            }
            outcome = .committed
        } catch {
            outcome = .failed(SQLiteFailure.refusal(from: error))
        }
        for write in writes { write.finish(outcome) }
        guard let observer = observer.withLock({ $0 }) else { return }
        if case .committed = outcome {
            observer(CommitNotice(writes: writes.count, succeeded: true))
        } else {
            observer(CommitNotice(writes: writes.count, succeeded: false))
        }
    }
}

/// That several callers' writes were committed together, or failed together.
public struct CommitNotice: Hashable, Sendable {
    public let writes: Int
    public let succeeded: Bool
}
