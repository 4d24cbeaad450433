import CSQLite

/// A value that stands in one column.
protocol ColumnValue: Sendable {
    /// Nil when the column holds something of another kind.
    init?(column: Column)

    /// - Returns: SQLite's result code.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

/// A column of the row that a statement stands on.
struct Column {
    let statement: OpaquePointer
    let index: Int32

    var kind: Int32 { sqlite3_column_type(statement, index) }
}

extension Int64: ColumnValue {
    init?(column: Column) {
        guard column.kind == SQLITE_INTEGER else { return nil }
        self = sqlite3_column_int64(column.statement, column.index)
    }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension Int: ColumnValue {
    init?(column: Column) {
        guard let number = Int64(column: column) else { return nil }
        self.init(number)
    }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        Int64(self).bind(to: statement, at: index)
    }
}

/// 0 or 1.
extension Bool: ColumnValue {
    init?(column: Column) {
        guard let number = Int64(column: column) else { return nil }
        self = number != 0
    }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        Int64(self ? 1 : 0).bind(to: statement, at: index)
    }
}

extension String: ColumnValue {
    init?(column: Column) {
        guard column.kind == SQLITE_TEXT, let start = sqlite3_column_text(column.statement, column.index) else {
            return nil
        }
        let count = Int(sqlite3_column_bytes(column.statement, column.index))
        self.init(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        // One without characters may have no address, and would be bound as null.
        guard !isEmpty else { return sqlite3_bind_text(statement, index, "", 0, copied) }
        var text = self
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text64(statement, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
            }
        }
    }
}

/// A blob.
extension [UInt8]: ColumnValue {
    init?(column: Column) {
        guard column.kind == SQLITE_BLOB else { return nil }
        let start = sqlite3_column_blob(column.statement, column.index)
        self.init(
            UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(column.statement, column.index)))
        )
    }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard !isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
        return withUnsafeBytes {
            sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), copied)
        }
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    init?(column: Column) {
        if column.kind == SQLITE_NULL {
            self = .none
        } else {
            guard let value = Wrapped(column: column) else { return nil }
            self = .some(value)
        }
    }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        self?.bind(to: statement, at: index) ?? sqlite3_bind_null(statement, index)
    }
}

/// `SQLITE_TRANSIENT`, which the importer does not know: SQLite makes a copy at once.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
