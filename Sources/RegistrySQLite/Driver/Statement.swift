import CSQLite
import RegistrySQL

/// A prepared statement of a connection.
final class Statement {
    let handle: OpaquePointer
    let columns: StatementColumns
    private let connection: OpaquePointer
    /// Whether somebody reads its rows now.
    var isRunning = false

    /// - Parameters:
    ///   - sql: one statement, or several of which the first is taken.
    ///   - rest: where the others begin.
    /// - Returns: nil where there is nothing but blanks and comments.
    init?(
        _ sql: UnsafePointer<CChar>,
        on connection: OpaquePointer,
        isKept: Bool,
        rest: UnsafeMutablePointer<UnsafePointer<CChar>?>? = nil
    ) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        guard sqlite3_prepare_v3(connection, sql, -1, flags, &handle, rest) == SQLITE_OK else {
            throw SQLiteError(of: connection)
        }
        guard let handle else { return nil }
        self.handle = handle
        self.connection = connection
        columns = StatementColumns(
            (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
        )
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func bind(_ arguments: [any ColumnValue]) throws(SQLiteError) {
        guard arguments.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw SQLiteError(
                SQLITE_MISUSE,
                message: "\(arguments.count) arguments for \(sqlite3_bind_parameter_count(handle)) parameters"
            )
        }
        for (index, argument) in arguments.enumerated() {
            let code = bind(argument.sqlValue, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw SQLiteError(code) }
        }
    }

    /// Goes to the next row.
    /// - Returns: false when there is none.
    func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLiteError(of: connection)
        }
    }

    /// Makes it ready to run again.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}

extension Statement {
    /// - Returns: SQLite's result code.
    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .text(var text):
            // One without characters may have no address, and would be bound as null.
            guard !text.isEmpty else { return sqlite3_bind_text(handle, index, "", 0, copied) }
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(handle, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
            return bytes.withUnsafeBytes {
                sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), copied)
            }
        }
    }
}

extension Statement: SQLRow {
    func isNull(_ column: Int) -> Bool { kind(of: column) == SQLITE_NULL }

    func integer(_ column: Int) -> Int64? {
        guard kind(of: column) == SQLITE_INTEGER else { return nil }
        return sqlite3_column_int64(handle, Int32(column))
    }

    func text(_ column: Int) -> String? {
        guard kind(of: column) == SQLITE_TEXT, let start = sqlite3_column_text(handle, Int32(column)) else {
            return nil
        }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func blob(_ column: Int) -> [UInt8]? {
        guard kind(of: column) == SQLITE_BLOB else { return nil }
        let start = sqlite3_column_blob(handle, Int32(column))
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    func excerpt(_ column: Int) -> String {
        sqlite3_column_text(handle, Int32(column)).map { String(cString: $0) } ?? ""
    }

    /// A column as SQLite has it, as long as the statement stands on the row.
    func value(_ column: Int) -> OpaquePointer { sqlite3_column_value(handle, Int32(column)) }

    private func kind(of column: Int) -> Int32 { sqlite3_column_type(handle, Int32(column)) }
}

/// `SQLITE_TRANSIENT`, which the importer does not know: SQLite makes a copy at once.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
