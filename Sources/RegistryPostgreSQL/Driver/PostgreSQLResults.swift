#if PostgreSQL
import CPostgreSQL

/// What a statement gives, row by row, without all of it in memory.
///
/// A connection gives one statement's rows at a time: when another one wants to run meanwhile, `takeRest` gets those that are
/// left.
final class PostgreSQLResults {
    private unowned let connection: PostgreSQLConnection
    /// Nil for a script.
    let statement: PostgreSQLStatement?
    private let isCommit: Bool
    /// Taken from the connection and not handed out yet, the last one first.
    private var waiting: [PostgreSQLResult] = []
    private var isComplete = false
    private var failure: PostgreSQLError?
    private var command = ""
    /// How many rows were changed, once all is read.
    private(set) var changes: Int64 = 0

    init(of statement: PostgreSQLStatement?, isCommit: Bool, on connection: PostgreSQLConnection) {
        self.statement = statement
        self.isCommit = isCommit
        self.connection = connection
    }

    /// Frees the connection for another statement.
    func takeRest() {
        while let result = take() { waiting.append(result) }
        waiting.reverse()
    }

    /// The next row; nil when there is none.
    func next() throws(PostgreSQLError) -> PostgreSQLResult? {
        while let result = waiting.popLast() ?? take() {
            switch result.status {
            case PGRES_SINGLE_TUPLE: return result
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                changes = result.changes
                command = result.command
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH, PGRES_EMPTY_QUERY:
                connection.close()
                throw PostgreSQLError(code: PostgreSQLError.notSupported, message: "neither a query nor a command")
            default: failure = failure ?? PostgreSQLError(result)
            }
        }
        if isCommit { failure = commitFailure }
        guard let failure else { return nil }
        // The next one is prepared anew: the tables changed, or the server forgot the statement.
        if [PostgreSQLError.notSupported, PostgreSQLError.unknownStatement].contains(failure.code) {
            connection.forget(statement)
        }
        throw failure
    }

    /// Reads on to the end, for the error that may stand there.
    func finish() throws(PostgreSQLError) {
        while try next() != nil {}
    }

    private func take() -> PostgreSQLResult? {
        guard !isComplete else { return nil }
        if let result = connection.nextResult() { return result }
        isComplete = true
        return nil
    }

    /// Whether the transaction was committed, and on the standbys that the server waits for.
    private var commitFailure: PostgreSQLError? {
        if let failure {
            return failure.isConnectionLost
                ? PostgreSQLError(code: PostgreSQLError.outcomeUnknown, message: failure.message) : failure
        }
        if command != "COMMIT" {
            return PostgreSQLError(
                code: PostgreSQLError.rolledBack,
                message: "the transaction was rolled back, because a statement of it had failed"
            )
        }
        return connection.warning.map { PostgreSQLError(code: PostgreSQLError.outcomeUnknown, message: $0) }
    }
}
#endif
