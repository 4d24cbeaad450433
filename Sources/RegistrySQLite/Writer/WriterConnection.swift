import Foundation
import GRDB
import Registry
import Synchronization

/// The connection that writes, and the anchor that follows its commits.
final class WriterConnection: Sendable {
    let queue: DatabaseQueue
    /// Told of every commit, after its callers were answered.
    let observer = Mutex<(@Sendable (CommitNotice) -> Void)?>(nil)
    private let directory: RegistryDirectory
    private let anchor: RollbackAnchor
    private let place: DatabasePlace
    private let watch: RowWatch

    init(
        queue: DatabaseQueue,
        directory: RegistryDirectory,
        anchor: RollbackAnchor,
        place: DatabasePlace,
        watch: RowWatch
    ) {
        self.queue = queue
        self.directory = directory
        self.anchor = anchor
        self.place = place
        self.watch = watch
        queue.writeWithoutTransaction { watch.begin(on: $0) }
    }

    /// Runs `writes` as one transaction, makes it durable, and answers every caller.
    func commit(_ writes: [any PendingWrite]) {
        let outcome: CommitOutcome
        do {
            guard place.isKept else { throw SQLiteFailure.replaced }
            let head = try queue.writeWithoutTransaction { try run(writes, in: $0) }
            guard place.isKept else { throw SQLiteFailure.replacedDuringCommit }
            if let head {
                // The anchor may lag behind: what cannot be written now is made up for by the next commit.
                try? anchor.advance(to: .init(sequence: head.sequence, hash: head.hash))
            }
            outcome = .committed
        } catch let failure as CommitFailure {
            outcome = verdict(on: failure)
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

    /// - Returns: where the ledger ends after the commit; nil where nothing was added to it.
    private func run(_ writes: [any PendingWrite], in database: Database) throws -> AuditHead? {
        let session = SQLiteSession(database: database, watch: watch)
        // What could not be undone after an earlier error is undone before anything else.
        if database.isInsideTransaction { try session.run("ROLLBACK") }
        watch.sums = RowSums()
        try session.run("BEGIN IMMEDIATE")
        do {
            let before = try session.auditHead()
            for write in writes {
                write.run(in: session)
                // After an I/O error SQLite ends the transaction by itself, and undoes what ran before.
                guard database.isInsideTransaction else { throw SQLiteFailure.transactionLost }
            }
            let head = try session.auditHead()
            do {
                try session.run("COMMIT")
            } catch {
                throw CommitFailure(error: error, head: head == before ? nil : head)
            }
            return head == before ? nil : head
        } catch {
            if database.isInsideTransaction { try? session.run("ROLLBACK") }
            throw error
        }
    }

    /// A commit that gave an error.
    private struct CommitFailure: Error {
        let error: any Error
        /// The last row that it would have added to the ledger; nil when it added none.
        let head: AuditHead?
    }

    /// Finds out what became of a commit that gave an error.
    ///
    /// After a failed sync the log may hold the commit without the index naming it: nobody sees it, and a crash would
    /// bring it back. A checkpoint that succeeds ends that: it makes durable what is seen, and empties the log of all
    /// else.
    private func verdict(on failure: CommitFailure) -> CommitOutcome {
        let refusal = SQLiteFailure.refusal(from: failure.error)
        guard (failure.error as? DatabaseError)?.resultCode == .SQLITE_IOERR else { return .failed(refusal) }
        guard let head = failure.head, let isThere = try? settle(head) else {
            return .failed(SQLiteFailure.outcomeUnknown)
        }
        guard isThere else { return .failed(refusal) }
        try? anchor.advance(to: .init(sequence: head.sequence, hash: head.hash))
        return .committed
    }

    /// Whether `head` is in the ledger, durably.
    /// - Throws: when that cannot be found out.
    private func settle(_ head: AuditHead) throws -> Bool {
        guard place.isKept else { throw SQLiteFailure.outcomeUnknown }
        let connection = try Connection.writer(of: directory)
        defer { try? connection.close() }
        return try connection.writeWithoutTransaction { database in
            let checkpoint = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            guard checkpoint?[0] == 0 else { throw SQLiteFailure.outcomeUnknown }
            let row = try SQLiteSession(database: database)
                .auditEntries(AuditFilter(), after: head.sequence - 1, limit: 1).first
            return row?.hash == head.hash
        }
    }
}

/// That several callers' writes were committed together, or failed together.
public struct CommitNotice: Hashable, Sendable {
    public let writes: Int
    public let succeeded: Bool
}
