import GRDB
import Registry
import Synchronization

/// Read-only connections, as many as there are readers at once.
final class ReaderPool: Sendable {
    let place: DatabasePlace
    private let directory: RegistryDirectory
    private let isImmutable: Bool
    private let idle = Mutex<[DatabaseQueue]>([])

    /// - Parameter isImmutable: the registry lies where nothing can be written, without a log.
    init(directory: RegistryDirectory, place: DatabasePlace, isImmutable: Bool = false) {
        self.place = place
        self.directory = directory
        self.isImmutable = isImmutable
    }

    func withReader<Answer>(_ body: (DatabaseQueue) throws -> Answer) throws -> Answer {
        try place.requireNotLost()
        let reader = try idle.withLock { $0.popLast() } ?? newReader()
        defer {
            if Task.isCancelled || ReadDeadline.isPast {
                // A statement of it may have been broken off, also the one that ends the transaction.
                try? reader.close()
            } else {
                idle.withLock { $0.append(reader) }
            }
        }
        return try body(reader)
    }

    private func newReader() throws -> DatabaseQueue {
        let reader = try Connection.reader(of: directory, isImmutable: isImmutable)
        guard place.isKept else {
            try? reader.close()
            throw SQLiteFailure.replaced
        }
        return reader
    }

    func close() {
        idle.withLock { readers in
            for reader in readers { try? reader.close() }
            readers = []
        }
    }
}
