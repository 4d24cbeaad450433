import GRDB
import Registry
import Synchronization

/// Read-only connections, as many as there are readers at once.
final class ReaderPool: Sendable {
    private let directory: RegistryDirectory
    private let idle = Mutex<[DatabaseQueue]>([])

    init(directory: RegistryDirectory) {
        self.directory = directory
    }

    func withReader<Answer>(_ body: (DatabaseQueue) throws -> Answer) throws -> Answer {
        let reader = try idle.withLock { $0.popLast() } ?? Connection.reader(of: directory)
        defer { idle.withLock { $0.append(reader) } }
        return try body(reader)
    }

    func close() {
        idle.withLock { readers in
            for reader in readers { try? reader.close() }
            readers = []
        }
    }
}
