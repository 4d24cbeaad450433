import CSQLite
import Crypto
import Registry

/// The digest of one row: SHA-256 over the registry's key, the table, and every value behind its type and length,
/// shortened to 128 bits.
///
/// Nobody can tell a row's digest without the key, so nobody can make two changes that cancel each other out.
struct RowDigest {
    private var bytes: [UInt8] = []

    /// Begins with a row of `table`; the memory of the row before is used again.
    mutating func begin(table: String) {
        bytes.removeAll(keepingCapacity: true)
        var table = table
        table.withUTF8 { add(type: 0, UnsafeRawBufferPointer($0)) }
    }

    mutating func addNull() { add(type: 1, UnsafeRawBufferPointer(start: nil, count: 0)) }

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

    /// - Parameter keyed: a hash that has taken in the key.
    func value(_ keyed: SHA256) -> UInt128 {
        var hasher = keyed
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
    }

    private mutating func add(type: UInt8, _ value: UnsafeRawBufferPointer) {
        bytes.append(type)
        withUnsafeBytes(of: UInt64(value.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: value)
    }
}
