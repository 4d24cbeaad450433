/// A value that stands in one column.
package protocol ColumnValue: Sendable {
    /// Nil when the column holds something of another kind.
    init?(column: Column)

    var sqlValue: SQLValue { get }
}

/// A column of the row that a statement stands on.
package struct Column {
    let row: any SQLRow
    let index: Int
}

extension Int64: ColumnValue {
    package init?(column: Column) {
        guard let number = column.row.integer(column.index) else { return nil }
        self = number
    }

    package var sqlValue: SQLValue { .integer(self) }
}

extension Int: ColumnValue {
    package init?(column: Column) {
        guard let number = column.row.integer(column.index) else { return nil }
        self.init(number)
    }

    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

/// 0 or 1.
extension Bool: ColumnValue {
    package init?(column: Column) {
        guard let number = column.row.integer(column.index) else { return nil }
        self = number != 0
    }

    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension String: ColumnValue {
    package init?(column: Column) {
        guard let text = column.row.text(column.index) else { return nil }
        self = text
    }

    package var sqlValue: SQLValue { .text(self) }
}

/// A blob.
extension [UInt8]: ColumnValue {
    package init?(column: Column) {
        guard let bytes = column.row.blob(column.index) else { return nil }
        self = bytes
    }

    package var sqlValue: SQLValue { .blob(self) }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    package init?(column: Column) {
        if column.row.isNull(column.index) {
            self = .none
        } else {
            guard let value = Wrapped(column: column) else { return nil }
            self = .some(value)
        }
    }

    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

/// A value of whatever kind.
extension SQLValue: ColumnValue {
    package init?(column: Column) {
        self = StoredRow(column.row).value(column.index)
    }

    package var sqlValue: SQLValue { self }
}
