import Foundation
import GRDB
public import Registry
import Synchronization

/// The store port on SQLite: one writer that commits in groups, and readers that never wait for it.
public final class SQLiteRegistry: RegistryStore {
    public let directory: RegistryDirectory
    /// Seals, opens and finds codes with the registry's key.
    public let secrets: any SecretBox

    private let writer: GroupCommitWriter
    private let writerConnection: WriterConnection
    private let readers: ReaderPool

    init(directory: RegistryDirectory, key: RegistryKey, writer: DatabaseQueue, anchor: RollbackAnchor) {
        self.directory = directory
        secrets = SealedBox(key: key)
        writerConnection = WriterConnection(queue: writer, anchor: anchor)
        self.writer = GroupCommitWriter(connection: writerConnection)
        readers = ReaderPool(directory: directory)
    }

    public func read<Answer: Sendable>(
        _ body: (any RegistryReading) throws -> Answer
    ) async throws -> Answer {
        do {
            return try readers.withReader { queue in
                try queue.read { try body(SQLiteSession(database: $0)) }
            }
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    public func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let write = WaitingWrite(body, continuation: continuation)
            if !writer.enqueue(write) { write.finish(.failed(SQLiteFailure.stopped)) }
        }
    }

    /// Calls `observer` after every commit of this process, on the writer's thread: it must be quick.
    public func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void) {
        writerConnection.observer.withLock { $0 = observer }
    }

    /// Finishes what was accepted, and closes the database.
    public func close() {
        writer.stop()
        readers.close()
        try? writerConnection.queue.close()
    }
}
