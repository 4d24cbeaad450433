import GRDB
import Registry

/// A row that was read: what cannot be what the registry writes is damage, and says so.
struct StoredRow {
    private let row: Row

    init(_ row: Row) {
        self.row = row
    }

    /// - Throws: `Refusal` with `registry.damaged` when the column holds something else, or nothing and nil is no value.
    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) -> Value {
        get throws {
            do {
                return try row.decode(Value.self, forColumn: column)
            } catch is RowDecodingError {
                throw damaged(column)
            }
        }
    }

    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) -> Value {
        get throws {
            do {
                return try row.decode(Value.self, atIndex: index)
            } catch is RowDecodingError {
                throw damaged(row.columnNames[row.index(row.startIndex, offsetBy: index)])
            }
        }
    }

    /// A value of the domain that is stored as its text.
    /// - Throws: `Refusal` with `registry.damaged` when the text is none of the known ones.
    func stored<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        guard let value = Value(rawValue: try self[column]) else { throw damaged(column) }
        return value
    }

    /// A day that is stored as `YYYY-MM-DD`.
    func date(_ column: String) throws -> CalendarDate {
        guard let date = CalendarDate(try self[column] as String) else { throw damaged(column) }
        return date
    }

    func optionalDate(_ column: String) throws -> CalendarDate? {
        guard let text: String = try self[column] else { return nil }
        guard let date = CalendarDate(text) else { throw damaged(column) }
        return date
    }

    func instant(_ column: String) throws -> Instant {
        Instant(microsecondsSinceEpoch: try self[column])
    }

    private func damaged(_ column: String) -> Refusal {
        let value = (row[column] as DatabaseValue?).map { "\($0)" } ?? "NULL"
        return Refusal(
            .registryDamaged,
            "The registry holds \(ActivationCode.excerpt(of: value, 40)) as a \(column), which nothing here writes."
        )
    }
}
