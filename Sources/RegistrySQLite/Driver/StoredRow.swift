import CSQLite
import Registry

/// The row that a statement stands on: what cannot be what the registry writes is damage, and says so.
struct StoredRow {
    private let statement: Statement

    init(_ statement: Statement) {
        self.statement = statement
    }

    /// - Throws: `Refusal` with `registry.damaged` when the column holds something else, or nothing and nil is no value.
    subscript<Value: ColumnValue>(_ name: String) -> Value {
        get throws {
            guard let index = statement.columns[name] else {
                preconditionFailure("the statement has no column \(name)")
            }
            return try self[Int(index)]
        }
    }

    subscript<Value: ColumnValue>(_ index: Int) -> Value {
        get throws {
            guard let value = Value(column: Column(statement: statement.handle, index: Int32(index))) else {
                throw damaged(index)
            }
            return value
        }
    }

    /// What its columns are called.
    var names: [String] { (0..<count).map { String(cString: sqlite3_column_name(statement.handle, Int32($0))) } }

    /// How many columns it has.
    var count: Int { Int(sqlite3_column_count(statement.handle)) }

    /// A column as SQLite has it, as long as the statement stands on the row.
    func value(_ index: Int) -> OpaquePointer { sqlite3_column_value(statement.handle, Int32(index)) }

    /// Where the column of a property stands: `lastGroup` is `last_group`, `isConsumed` may be `consumed`.
    func index(ofProperty name: String) -> Int? { statement.index(ofProperty: name).map(Int.init) }

    func isNull(_ index: Int) -> Bool { sqlite3_column_type(statement.handle, Int32(index)) == SQLITE_NULL }

    func damaged(_ index: Int) -> Refusal {
        let text = sqlite3_column_text(statement.handle, Int32(index)).map { String(cString: $0) } ?? "NULL"
        let name = String(cString: sqlite3_column_name(statement.handle, Int32(index)))
        return Refusal(
            .registryDamaged,
            "The registry holds \(ActivationCode.excerpt(of: text, 40)) as a \(name), which nothing here writes."
        )
    }
}
