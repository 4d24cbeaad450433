import Registry
import RegistrySQL
import Synchronization

/// Read-only connections, as many as there are readers at once.
final class ReaderPool: Sendable {
    let place: DatabasePlace
    private let directory: RegistryDirectory
    private let isImmutable: Bool
    private let state = Mutex(State())

    private struct State {
        var idle: [Database] = []
        /// How often all were renewed.
        var renewals = 0
    }

    /// - Parameter isImmutable: the registry lies where nothing can be written, without a log.
    init(directory: RegistryDirectory, place: DatabasePlace, isImmutable: Bool = false) {
        self.place = place
        self.directory = directory
        self.isImmutable = isImmutable
    }

    func withReader<Answer>(within limit: ReadLimit = .none, _ body: (Database) throws -> Answer) throws -> Answer {
        try place.requireNotLost()
        let (pooled, renewals) = state.withLock { ($0.idle.popLast(), $0.renewals) }
        let reader = try pooled ?? newReader()
        reader.allowance = ReadAllowance(limit)
        defer {
            // A statement of it may have been broken off, also the one that ends the transaction.
            let isBroken = reader.isInsideTransaction
            let isKept = state.withLock { state in
                guard !isBroken, state.renewals == renewals else { return false }
                state.idle.append(reader)
                return true
            }
            if !isKept { reader.close() }
        }
        return try body(reader)
    }

    /// Closes every connection as soon as nobody reads through it.
    func renew() {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            state.renewals += 1
            return state.idle
        }
        for reader in idle { reader.close() }
    }

    private func newReader() throws -> Database {
        let reader = try Connection.reader(of: directory, isImmutable: isImmutable)
        guard place.isKept else {
            reader.close()
            throw SQLiteFailure.replaced
        }
        return reader
    }

    func close() {
        renew()
    }
}
