package import Registry

/// A connection on which the registry's tables have what was known at an instant: rows that were recorded by then, with
/// the values that no later correction had changed, and without ends that came later.
///
/// Each statement that reads is preceded by common table expressions that stand in for the tables it names, so that
/// whatever is asked is answered from what was known, in the same words as from what is known now.
final class KnowledgeConnection: SQLConnection {
    private let base: any SQLConnection
    private let tables: KnownTables

    /// - Parameter instant: what was recorded at it is known.
    init(_ base: any SQLConnection, by instant: Instant) throws {
        self.base = base
        let corrected = try base.all(
            "SELECT DISTINCT row_table, field FROM corrections WHERE recorded_at > ?",
            [instant.microsecondsSinceEpoch]
        ) { row in "\(try row[0] as String).\(try row[1] as String)" }
        tables = KnownTables(
            schema: base.schemaName,
            instant: String(instant.microsecondsSinceEpoch),
            correctedLater: Set(corrected)
        )
    }

    func read(_ sql: String, _ arguments: [any ColumnValue], _ body: (StoredRow) throws -> Bool) throws {
        try base.read(tables.standingIn(for: sql), arguments, body)
    }

    var schemaName: String { base.schemaName }
    var isInsideTransaction: Bool { base.isInsideTransaction }
    var changes: Int64 { base.changes }
    func define(_ script: String) throws { try base.define(script) }
    func hasTemporaryTable(_ name: String) throws -> Bool { try base.hasTemporaryTable(name) }
    func allowLongPauses() throws { try base.allowLongPauses() }
    func waitForNumbers(of table: String) throws { try base.waitForNumbers(of: table) }
    func refusal(from error: any Error) -> any Error { base.refusal(from: error) }
    func message(of error: any Error) -> String? { base.message(of: error) }
}

extension SQLSession {
    package func asKnown<Answer>(
        by instant: Instant,
        _ body: (any RegistryReading) throws -> Answer
    ) throws -> Answer {
        try body(SQLSession(database: KnowledgeConnection(database, by: instant)))
    }
}
