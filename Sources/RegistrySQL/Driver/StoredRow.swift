import Registry

/// The row that a statement stands on: what cannot be what the registry writes is damage, and says so.
package struct StoredRow {
    let row: any SQLRow

    package init(_ row: any SQLRow) {
        self.row = row
    }

    /// - Throws: `Refusal` with `registry.damaged` when the column holds something else, or nothing and nil is no value.
    package subscript<Value: ColumnValue>(_ name: String) -> Value {
        get throws {
            guard let index = row.columns.index(of: name) else {
                preconditionFailure("the statement has no column \(name)")
            }
            return try self[index]
        }
    }

    package subscript<Value: ColumnValue>(_ index: Int) -> Value {
        get throws {
            guard let value = Value(column: Column(row: row, index: index)) else { throw damaged(index) }
            return value
        }
    }

    /// What its columns are called.
    package var names: [String] { row.columns.names }

    /// How many columns it has.
    package var count: Int { row.columns.names.count }

    /// A column as the database has it.
    package func value(_ index: Int) -> SQLValue {
        if row.isNull(index) { return .null }
        if let number = row.integer(index) { return .integer(number) }
        if let text = row.text(index) { return .text(text) }
        return row.blob(index).map { .blob($0) } ?? .text(row.excerpt(index))
    }

    func isNull(_ index: Int) -> Bool { row.isNull(index) }

    func damaged(_ index: Int) -> Refusal {
        let text = row.isNull(index) ? "NULL" : row.excerpt(index)
        return Refusal(
            .registryDamaged,
            "The registry holds \(ActivationCode.excerpt(of: text, 40)) as a \(names[index]), which nothing here writes."
        )
    }
}
