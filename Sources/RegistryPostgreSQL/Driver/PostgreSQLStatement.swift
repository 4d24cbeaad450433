#if PostgreSQL
import RegistrySQL

/// A statement that a connection keeps prepared.
final class PostgreSQLStatement {
    /// What the server knows it by.
    let name: String
    let parameterCount: Int
    /// Whether it ends a transaction: what becomes of it must be told truthfully.
    let isCommit: Bool
    /// When it was run last, as a count of the connection's statements.
    var lastUse = 0
    /// Known once it gave a row.
    var columns: StatementColumns?

    init(name: String, sql: String, parameterCount: Int) {
        self.name = name
        self.parameterCount = parameterCount
        isCommit = Self.isCommit(sql)
    }

    static func isCommit(_ sql: String) -> Bool { sql.uppercased().hasPrefix("COMMIT") }
}
#endif
