#if PostgreSQL
import Synchronization

/// Connections that read, as many as there are readers at once.
final class PostgreSQLReaders: Sendable {
    private let address: PostgreSQLAddress
    private let idle = Mutex<[PostgreSQLConnection]>([])

    init(address: PostgreSQLAddress) {
        self.address = address
    }

    /// Runs `body` on one state of the database.
    ///
    /// A connection that was lost while nobody used it is made anew, once.
    func reading<Answer>(
        until deadline: ContinuousClock.Instant?,
        _ body: (PostgreSQLConnection) throws -> Answer
    ) throws -> Answer {
        let connection = try begun()
        connection.deadline = deadline
        defer {
            // A cancelled statement may take the next one of its connection with it.
            let isBroken = Task.isCancelled || deadline.map { $0 <= .now } ?? false
            if !isBroken, connection.isUsable { try? connection.execute("ROLLBACK") }
            connection.deadline = nil
            if !isBroken, connection.isUsable, !connection.isInsideTransaction {
                idle.withLock { $0.append(connection) }
            } else {
                connection.close()
            }
        }
        return try body(connection)
    }

    func close() {
        let connections = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for connection in connections { connection.close() }
    }

    /// A connection on which a transaction has begun.
    private func begun() throws -> PostgreSQLConnection {
        while let pooled = idle.withLock({ $0.popLast() }) {
            do {
                try pooled.execute(Self.begin)
                return pooled
            } catch let error as PostgreSQLError where error.isConnectionLost {
                pooled.close()
            }
        }
        let connection = try PostgreSQLConnection(address, for: .reading)
        try connection.execute(Self.begin)
        return connection
    }

    private static let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
}
#endif
