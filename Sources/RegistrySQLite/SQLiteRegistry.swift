import CSQLite
public import Registry
import RegistrySQL
import Synchronization

/// The store port on SQLite: one writer that commits in groups, and readers that never wait for it.
public final class SQLiteRegistry: OpenRegistry {
    public let directory: RegistryDirectory
    /// Seals, opens and finds codes with the registry's key.
    public let secrets: any SecretBox
    public let keyFile: any SealingKeyFile

    let anchor: RollbackAnchor
    private let watch: RowWatch
    private let inspection: SQLiteInspection
    /// Nil where the registry lies on something that cannot be written to.
    private let writing: Writing?
    private let readers: ReaderPool
    private let lock: Mutex<DirectoryLock?>

    private struct Writing: Sendable {
        let connection: WriterConnection
        let queue: GroupCommitWriter
    }

    /// - Parameters:
    ///   - writer: nil for a registry that can only be read.
    ///   - lock: held until the registry is closed.
    init(
        directory: RegistryDirectory,
        key: RegistryKey,
        anchor: RollbackAnchor,
        writer: Database?,
        readers: ReaderPool,
        lock: DirectoryLock
    ) {
        self.directory = directory
        self.anchor = anchor
        self.readers = readers
        self.lock = Mutex(lock)
        let ring = KeyRing(key: key)
        secrets = SealedBox(ring: ring)
        keyFile = ring
        let watch = RowWatch(key: key.rows)
        self.watch = watch
        inspection = SQLiteInspection(anchor: anchor, modes: FileModes(directory: directory), watch: watch)
        writing = writer.map { database in
            let connection = WriterConnection(
                database: database,
                directory: directory,
                anchor: anchor,
                readers: readers,
                watch: watch
            )
            return Writing(connection: connection, queue: GroupCommitWriter(connection: connection))
        }
    }

    public var location: String { directory.path }

    /// After a commit that the disk refused, whoever asks is told so, and sets off a write that finds out whether that has
    /// passed: the next one to ask is told what came of it.
    public var obstacle: Refusal? {
        guard readers.place.isKept else { return SQLiteFailure.replaced }
        guard let writing else { return StoreFailure.readOnly }
        let obstacle = writing.connection.obstacle
        if let probe = writing.connection.probe(), !writing.queue.enqueue(probe) {
            probe.finish(.failed(StoreFailure.stopped))
        }
        return obstacle
    }

    /// Whether this registry could be opened for reading alone, and would now open for writing too: by then it is to be
    /// opened anew, since its readers may take its files for unchangeable.
    public var wouldOpenForWriting: Bool {
        guard writing == nil, readers.place.isKept else { return false }
        return Self.opensForWriting(RegistryFiles(directory: directory))
    }

    public func readNow<Answer>(
        within limit: ReadLimit,
        _ body: (any RegistryReading) throws -> Answer
    ) throws -> Answer {
        do {
            return try readers.withReader(within: limit) { database in
                do {
                    return try database.reading {
                        try body(
                            SQLSession(
                                database: database,
                                inspection: inspection,
                                watch: watch
                            )
                        )
                    }
                } catch let error as SQLiteError where error.code == SQLITE_INTERRUPT && database.allowance.isSpent {
                    throw StoreFailure.timeout
                }
            }
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    public func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        guard let writing else { return completion(.failure(StoreFailure.readOnly)) }
        let write = WaitingWrite(body, completion: completion)
        if !writing.queue.enqueue(write) { write.finish(.failed(StoreFailure.stopped)) }
    }

    /// Calls `observer` after every commit of this process, on the writer's thread: it must be quick.
    public func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void) {
        writing?.connection.observer.withLock { $0 = observer }
    }

    /// Finishes what was accepted, and closes the database.
    public func close() {
        writing?.queue.stop()
        readers.close()
        writing?.connection.close()
        lock.withLock { $0 = nil }
    }

    func withReader<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        try readers.withReader(body)
    }

    /// The connection that writes, for tests of what is in force on it.
    var writerConnection: WriterConnection? { writing?.connection }
}
