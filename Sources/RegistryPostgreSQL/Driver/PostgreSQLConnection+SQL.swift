#if PostgreSQL
package import RegistrySQL

/// PostgreSQL as the store port sees it.
extension PostgreSQLConnection: SQLConnection {
    package var schemaName: String { PostgreSQLPlace.schema }

    package func read(
        _ sql: String,
        _ arguments: [any ColumnValue],
        _ body: (StoredRow) throws -> Bool
    ) throws {
        do {
            changes = try read(sql, arguments.map(\.sqlValue)) { try body(StoredRow($0)) }
        } catch let error as PostgreSQLError where error.endsTransaction {
            failure = failure ?? error
            throw error
        }
    }

    /// What ended the transaction since it was asked last: whatever ran in it has to run again, or fails.
    func takeFailure() -> PostgreSQLError? {
        defer { failure = nil }
        return failure
    }

    package func define(_ script: String) throws {
        for statement in SchemaTranslation(script).statements { try execute(statement) }
    }

    package func hasTemporaryTable(_ name: String) throws -> Bool {
        try exists("SELECT 1 FROM pg_class WHERE relname = ? AND relnamespace = pg_my_temp_schema()", [name])
    }

    /// Whoever writes has the registry's lock.
    package func waitForNumbers(of table: String) {}

    package func allowLongPauses() throws {
        try execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    }

    package func refusal(from error: any Error) -> any Error { PostgreSQLFailure.refusal(from: error) }

    package func message(of error: any Error) -> String? {
        guard let error = error as? PostgreSQLError, !error.isConnectionLost else { return nil }
        return error.message
    }
}

extension PostgreSQLError {
    /// Whether no savepoint is left to go back to.
    fileprivate var endsTransaction: Bool { isConnectionLost || isSerializationFailure || isReadOnly }
}
#endif
