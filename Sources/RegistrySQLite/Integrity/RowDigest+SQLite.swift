import CSQLite
import RegistrySQL

extension RowDigest {
    /// Adds a value as SQLite has it.
    mutating func add(_ value: OpaquePointer) {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: withUnsafeBytes(of: sqlite3_value_int64(value).bigEndian) { add(type: 2, $0) }
        case SQLITE_FLOAT: withUnsafeBytes(of: sqlite3_value_double(value).bitPattern.bigEndian) { add(type: 3, $0) }
        case SQLITE_TEXT:
            // The text before its length: SQLite may have to convert it.
            let start = UnsafeRawPointer(sqlite3_value_text(value))
            add(type: 4, UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
        case SQLITE_BLOB:
            let start = sqlite3_value_blob(value)
            add(type: 5, UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
        default: addNull()
        }
    }
}
