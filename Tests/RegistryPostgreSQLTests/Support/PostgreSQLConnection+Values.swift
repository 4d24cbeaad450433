#if PostgreSQL
import RegistryPostgreSQL
import RegistrySQL

extension PostgreSQLConnection {
    /// All rows.
    func rows(_ sql: String, _ arguments: [SQLValue] = []) throws -> [[SQLValue]] {
        var rows: [[SQLValue]] = []
        try read(sql, arguments) { (row: PostgreSQLRow) in
            rows.append(row.columns.names.indices.map { row.value($0) })
            return true
        }
        return rows
    }

    /// The first column of the first row.
    func value(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLValue? {
        try rows(sql, arguments).first?.first
    }

    /// The first column of all rows, as text.
    func texts(_ sql: String, _ arguments: [SQLValue] = []) throws -> [String] {
        var texts: [String] = []
        try read(sql, arguments) { (row: PostgreSQLRow) in
            texts.append(row.excerpt(0))
            return true
        }
        return texts
    }
}

/// The error of PostgreSQL that `body` ends with; nil when it ends well.
func failure(_ body: () throws -> Void) throws -> PostgreSQLError? {
    do {
        try body()
        return nil
    } catch let error as PostgreSQLError {
        return error
    }
}
#endif
