import CSQLite
import Registry
import RegistrySQL
import Synchronization

/// The connection that writes, and the anchor that follows its commits.
///
/// After an I/O error the database is opened anew.
final class WriterConnection: GroupCommitting {
    private struct State {
        /// Nil from an error of its locks to the next commit.
        var database: Database?
        var obstacle: Refusal?
        var isProbing = false
    }

    private let state: Mutex<State>
    /// Told of every commit, after its callers were answered.
    let observer = Mutex<(@Sendable (CommitNotice) -> Void)?>(nil)
    private let directory: RegistryDirectory
    private let anchor: RollbackAnchor
    private let readers: ReaderPool
    private let watch: RowWatch

    private var place: DatabasePlace { readers.place }

    init(
        database: Database,
        directory: RegistryDirectory,
        anchor: RollbackAnchor,
        readers: ReaderPool,
        watch: RowWatch
    ) {
        state = Mutex(State(database: database))
        self.directory = directory
        self.anchor = anchor
        self.readers = readers
        self.watch = watch
        watch.begin(on: database)
    }

    /// Why nothing can be written: the last commit failed for reasons of the disk, and none has succeeded since.
    var obstacle: Refusal? { state.withLock { $0.obstacle } }

    /// The open database, of the writer's thread.
    /// - Throws: `Refusal`, or SQLite's error.
    func database() throws -> Database {
        if let database = state.withLock({ $0.database }) { return database }
        let database = try open()
        state.withLock { $0.database = database }
        return database
    }

    private func open() throws -> Database {
        guard place.isKept else { throw SQLiteFailure.replaced }
        let database = try Connection.writer(of: directory)
        do {
            guard place.isKept else { throw SQLiteFailure.replaced }
            try Connection.requireWritable(database)
        } catch {
            database.close()
            throw error
        }
        watch.begin(on: database)
        return database
    }

    /// Closes the database, if it is open.
    func close() {
        replace(by: nil)
    }

    private func replace(by database: Database?) {
        let old = state.withLock { state in
            defer { state.database = database }
            return state.database
        }
        old?.close()
    }

    /// A write that finds out whether the obstacle has passed; nil when there is none, or one is under way.
    func probe() -> WriteProbe? {
        state.withLock { state in
            guard state.obstacle != nil, !state.isProbing else { return nil }
            state.isProbing = true
            return WriteProbe {
                // The commit tells whether the header's page could be written.
                try $0.run("PRAGMA user_version = \(Schema.version)")
            } ended: {
                self.state.withLock { $0.isProbing = false }
            }
        }
    }

    /// Runs the writes of `batch` as one transaction, makes it durable, and answers every caller.
    func commit(_ batch: WriteBatch) {
        let outcome: CommitOutcome
        do {
            guard place.isKept else { throw SQLiteFailure.replaced }
            outcome = try WriterLock(directory: directory).held { commitLocked(batch) }
        } catch {
            outcome = .failed(error)
            noteFailure(error)
        }
        for write in batch.writes { write.finish(outcome) }
        let count = batch.writes.count { !($0 is WriteProbe) }
        guard count > 0, let observer = observer.withLock({ $0 }) else { return }
        if case .committed = outcome {
            observer(CommitNotice(writes: count, succeeded: true))
        } else {
            observer(CommitNotice(writes: count, succeeded: false))
        }
    }

    private func commitLocked(_ batch: WriteBatch) -> CommitOutcome {
        do {
            guard place.isKept else { throw SQLiteFailure.replaced }
            let seal = try run(batch, in: database())
            guard place.isKept else { throw SQLiteFailure.replacedDuringCommit }
            // The anchor may lag behind: what cannot be written now is made up for by the next commit.
            if let seal { try? anchor.advance(to: .init(seal)) }
            // A commit that added nothing has written nothing.
            if seal != nil || batch.writes.contains(where: { $0 is WriteProbe }) {
                state.withLock { $0.obstacle = nil }
            }
            return .committed
        } catch let failure as CommitFailure {
            defer { noteFailure(failure.error) }
            return verdict(on: failure)
        } catch {
            noteFailure(error)
            return .failed(SQLiteFailure.refusal(from: error))
        }
    }

    /// Remembers what stands in the way, and opens the database anew after an I/O error, as far as the disk lets it.
    ///
    /// A lock that could not be let go of stays taken until the process has no connection to the database left, so after
    /// an error of the locks all are closed.
    private func noteFailure(_ error: any Error) {
        guard let refusal = SQLiteFailure.refusal(from: error) as? Refusal,
            let obstacle = SQLiteFailure.obstacle(after: refusal)
        else { return }
        state.withLock { $0.obstacle = obstacle }
        guard obstacle.code == .registryInputOutput, place.isKept else { return }
        if (error as? SQLiteError)?.code == SQLITE_PROTOCOL {
            readers.renew()
            close()
        } else if let database = try? open() {
            replace(by: database)
        }
    }

    /// - Returns: the commit's seal; nil where nothing was added to a ledger.
    private func run(_ batch: WriteBatch, in database: Database) throws -> Seal? {
        let session = SQLSession(database: database, watch: watch)
        // What could not be undone after an earlier error is undone before anything else.
        if database.isInsideTransaction { try database.run("ROLLBACK") }
        watch.sums = RowSums()
        try database.run("BEGIN IMMEDIATE")
        do {
            while let write = batch.next() {
                write.run(in: session)
                // After an I/O error SQLite ends the transaction by itself, and undoes what ran before.
                guard database.isInsideTransaction else { throw StoreFailure.transactionLost }
            }
            let seal = try session.sealLedgers()
            do {
                try database.beforeCommit?()
                try database.run("COMMIT")
            } catch {
                throw CommitFailure(error: error, seal: seal)
            }
            return seal
        } catch {
            if database.isInsideTransaction { try? database.run("ROLLBACK") }
            throw error
        }
    }

    /// A commit that gave an error.
    private struct CommitFailure: Error {
        let error: any Error
        /// What it would have added; nil when it added nothing to a ledger.
        let seal: Seal?
    }

    /// Finds out what became of a commit that gave an error.
    ///
    /// After a failed sync the log may hold the commit without the index naming it: nobody sees it, and a crash would
    /// bring it back. A checkpoint that succeeds ends that: it makes durable what is seen, and empties the log of all
    /// else.
    private func verdict(on failure: CommitFailure) -> CommitOutcome {
        let refusal = SQLiteFailure.refusal(from: failure.error)
        guard (failure.error as? SQLiteError)?.code == SQLITE_IOERR else { return .failed(refusal) }
        guard let seal = failure.seal, let isThere = try? settle(seal) else {
            return .failed(SQLiteFailure.outcomeUnknown)
        }
        guard isThere else { return .failed(refusal) }
        try? anchor.advance(to: .init(seal))
        return .committed
    }

    /// Whether `seal` is there, durably.
    /// - Throws: when that cannot be found out.
    private func settle(_ seal: Seal) throws -> Bool {
        guard place.isKept else { throw SQLiteFailure.outcomeUnknown }
        let connection = try Connection.writer(of: directory)
        defer { connection.close() }
        guard try connection.value("PRAGMA wal_checkpoint(TRUNCATE)") == 0 else { throw SQLiteFailure.outcomeUnknown }
        return try SQLSession(database: connection).seal(seal.number)?.hash == seal.hash
    }
}
