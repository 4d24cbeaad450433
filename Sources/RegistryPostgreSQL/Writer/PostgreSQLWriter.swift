#if PostgreSQL
import Glibc
import Registry
import RegistrySQL
import Synchronization

/// The connection that writes, and the anchor that follows its commits.
///
/// Several daemons write to one registry in turns: each takes the registry's own ledger, and has it until its commit is
/// durable. What runs twice, because a server or a connection was lost, runs from its beginning.
final class PostgreSQLWriter: GroupCommitting {
    private let address: PostgreSQLAddress
    private let anchor: RollbackAnchor
    private let connection = Mutex<PostgreSQLConnection?>(nil)
    /// Told of every commit, after its callers were answered.
    let observer = Mutex<(@Sendable (CommitNotice) -> Void)?>(nil)

    /// How long a lost server, or its successor, is looked for.
    private static let patience: Duration = .seconds(30)
    private static let pause: Duration = .milliseconds(100)

    init(address: PostgreSQLAddress, anchor: RollbackAnchor) {
        self.address = address
        self.anchor = anchor
    }

    func close() {
        replace(by: nil)
    }

    func commit(_ batch: WriteBatch) {
        let outcome: CommitOutcome
        do {
            if let seal = try sealed(batch) { try? anchor.advance(to: .init(seal)) }
            outcome = .committed
        } catch {
            outcome = .failed(PostgreSQLFailure.refusal(from: error))
        }
        for write in batch.writes { write.finish(outcome) }
        guard let observer = observer.withLock({ $0 }) else { return }
        let succeeded = if case .committed = outcome { true } else { false }
        observer(CommitNotice(writes: batch.writes.count, succeeded: succeeded))
    }

    /// Runs the writes of `batch` until they are committed, or it is known that they are not.
    /// - Returns: the commit's seal; nil where nothing was added to a ledger.
    private func sealed(_ batch: WriteBatch) throws -> Seal? {
        let end = ContinuousClock.now + Self.patience
        while true {
            do {
                return try run(batch, on: open(by: end))
            } catch let lost as LostCommit {
                if let seal = lost.seal, try isThere(seal, by: end) { return seal }
                guard ContinuousClock.now < end else { throw PostgreSQLFailure.outcomeUnknown }
            } catch let error as PostgreSQLError where error.mayBeRunAgain && ContinuousClock.now < end {
                replace(by: nil)
                Self.wait()
            }
        }
    }

    /// A commit of which nothing was heard.
    private struct LostCommit: Error {
        let seal: Seal?
    }

    private func run(_ batch: WriteBatch, on connection: PostgreSQLConnection) throws -> Seal? {
        do {
            try Self.begin(on: connection)
            let session = SQLSession(database: connection)
            batch.rewind()
            while let write = batch.next() {
                write.run(in: session)
                // What it was told of the failure is overwritten when it runs again.
                if let failure = connection.takeFailure() { throw failure }
            }
            let seal = try session.sealLedgers()
            do {
                try connection.execute("COMMIT")
            } catch let error as PostgreSQLError where error.isOutcomeUnknown || error.isConnectionLost {
                throw LostCommit(seal: seal)
            }
            return seal
        } catch {
            if connection.isUsable {
                if connection.isInsideTransaction { try? connection.execute("ROLLBACK") }
            } else {
                replace(by: nil)
            }
            throw error
        }
    }

    /// Whether a commit of which nothing was heard has happened, durably.
    ///
    /// Who has the registry's ledger knows: the lost transaction had it until its end. The commit of this one waits for the
    /// same standbys.
    /// - Throws: `Refusal` with `registry.outcome-unknown` when no server answers.
    private func isThere(_ seal: Seal, by end: ContinuousClock.Instant) throws -> Bool {
        repeat {
            replace(by: nil)
            do {
                let connection = try open(by: end)
                try Self.begin(on: connection)
                let found = try SQLSession(database: connection).seal(seal.number)
                try connection.run("UPDATE ledgers SET sequence = sequence WHERE number = 0")
                try connection.execute("COMMIT")
                return found?.hash == seal.hash
            } catch let error as PostgreSQLError where error.mayBeRunAgain || error.isOutcomeUnknown {
                Self.wait()
            }
        } while ContinuousClock.now < end
        throw PostgreSQLFailure.outcomeUnknown
    }

    /// Begins a transaction that has the registry to itself as far as writing goes.
    private static func begin(on connection: PostgreSQLConnection) throws {
        try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        try connection.run("SELECT number FROM ledgers WHERE number = 0 FOR UPDATE")
    }

    private func open(by end: ContinuousClock.Instant) throws -> PostgreSQLConnection {
        if let connection = connection.withLock({ $0 }), connection.isUsable { return connection }
        while true {
            do {
                let connection = try PostgreSQLConnection(address, for: .writing)
                // A transaction whose daemon vanished without a word keeps nobody waiting for ever.
                try connection.execute("SET idle_in_transaction_session_timeout = '60s'")
                replace(by: connection)
                return connection
            } catch let error as PostgreSQLError where error.mayBeRunAgain && ContinuousClock.now < end {
                Self.wait()
            }
        }
    }

    private func replace(by new: PostgreSQLConnection?) {
        let old = connection.withLock { connection in
            defer { connection = new }
            return connection
        }
        old?.close()
    }

    private static func wait() {
        usleep(UInt32(pause.components.attoseconds / 1_000_000_000_000))
    }
}

extension PostgreSQLError {
    /// Whether nothing was recorded, and the same may succeed: with another server, or when another transaction has ended.
    fileprivate var mayBeRunAgain: Bool {
        isConnectionLost && !isOutcomeUnknown || isSerializationFailure || isReadOnly
    }
}
#endif
