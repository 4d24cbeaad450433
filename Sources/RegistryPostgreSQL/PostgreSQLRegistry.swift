#if PostgreSQL
public import Registry
import RegistrySQL
import Synchronization

/// The store port on a PostgreSQL server, which several daemons may share.
public final class PostgreSQLRegistry: OpenRegistry {
    /// Seals, opens and finds codes with the registry's key.
    public let secrets: any SecretBox
    public let keyFile: any SealingKeyFile
    public let location: String

    let place: PostgreSQLPlace
    let anchor: RollbackAnchor
    private let readers: PostgreSQLReaders
    private let connection: PostgreSQLWriter
    private let queue: GroupCommitWriter
    private let listener = Mutex<PostgreSQLListener?>(nil)

    init(place: PostgreSQLPlace, key: RegistryKey, anchor: RollbackAnchor) {
        self.place = place
        self.anchor = anchor
        location = place.name
        let ring = KeyRing(key: key, isSharedByHosts: true)
        secrets = SealedBox(ring: ring)
        keyFile = ring
        readers = PostgreSQLReaders(address: place.address)
        connection = PostgreSQLWriter(address: place.address, anchor: anchor)
        queue = GroupCommitWriter(connection: connection)
    }

    /// What stands in the way is found out by each write: the server may be another one by then.
    public var obstacle: Refusal? { nil }

    /// A read waits for the server.
    public var readsWait: Bool { true }

    public func readNow<Answer>(
        within limit: ReadLimit,
        _ body: (any RegistryReading) throws -> Answer
    ) throws -> Answer {
        let deadline: ContinuousClock.Instant? =
            switch limit {
            case .none: nil
            case .time(let time): .now + time
            case .brief: .now + .seconds(60)
            }
        do {
            return try readers.reading(until: deadline) { connection in
                try body(
                    SQLSession(
                        database: connection,
                        inspection: PostgreSQLInspection(place: place, anchor: anchor)
                    )
                )
            }
        } catch {
            throw PostgreSQLFailure.refusal(from: error)
        }
    }

    public func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        let write = WaitingWrite(body, completion: completion)
        if !queue.enqueue(write) { write.finish(.failed(StoreFailure.stopped)) }
    }

    public var wouldOpenForWriting: Bool { false }

    public func rollback() throws -> Rollback? {
        do {
            // The anchor first: what is committed meanwhile moves both, and the anchor never leads.
            let reading = try anchor.reading()
            return try readers.reading(until: nil) { try SQLSession(database: $0).rollback(from: reading) }
        } catch {
            throw PostgreSQLFailure.refusal(from: error)
        }
    }

    public func resetAnchor(to seal: Seal) throws {
        try anchor.reset(to: .init(seal))
    }

    /// Calls `observer` after every commit of this process, on the writer's thread: it must be quick.
    public func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void) {
        connection.observer.withLock { $0 = observer }
    }

    public func observeAllCommits(_ observer: @escaping @Sendable () -> Void) {
        let new = PostgreSQLListener(place.address, observer)
        listener.withLock { listener in
            listener?.stop()
            listener = new
        }
    }

    /// Finishes what was accepted, and closes the connections.
    public func close() {
        listener.withLock { $0.take() }?.stop()
        queue.stop()
        readers.close()
        connection.close()
    }
}
#endif
