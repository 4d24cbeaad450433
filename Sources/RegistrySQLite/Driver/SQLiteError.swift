import CSQLite

/// An error that SQLite gave.
struct SQLiteError: Error, Hashable {
    /// The primary result code, such as `SQLITE_FULL`.
    let code: Int32
    /// The extended result code, such as `SQLITE_IOERR_READ`.
    let extendedCode: Int32
    /// SQLite's own words.
    let message: String

    /// `SQLITE_IOERR_READ`, which the importer does not know.
    static let readFailed = SQLITE_IOERR | 1 << 8

    /// - Parameter extendedCode: what a call gave.
    init(_ extendedCode: Int32, message: String? = nil) {
        code = extendedCode & 0xFF
        self.extendedCode = extendedCode
        self.message = message ?? String(cString: sqlite3_errstr(extendedCode))
    }

    /// The last error of a connection.
    init(of connection: OpaquePointer?) {
        self.init(sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
    }
}

extension SQLiteError: CustomStringConvertible {
    var description: String { "SQLite error \(extendedCode): \(message)" }
}
