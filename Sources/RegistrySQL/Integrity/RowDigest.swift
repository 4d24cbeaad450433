package import Crypto
import Registry

/// The digest of one row: SHA-256 over the registry's key, the table, and every value behind its type and length,
/// shortened to 128 bits.
///
/// Nobody can tell a row's digest without the key, so nobody can make two changes that cancel each other out.
package struct RowDigest {
    private var bytes: [UInt8] = []

    package init() {}

    /// Begins with a row of `table`; the memory of the row before is used again.
    package mutating func begin(table: String) {
        bytes.removeAll(keepingCapacity: true)
        var table = table
        table.withUTF8 { add(type: 0, UnsafeRawBufferPointer($0)) }
    }

    package mutating func addNull() { add(type: 1, UnsafeRawBufferPointer(start: nil, count: 0)) }

    /// - Parameter keyed: a hash that has taken in the key.
    package func value(_ keyed: SHA256) -> UInt128 {
        var hasher = keyed
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
    }

    package mutating func add(type: UInt8, _ value: UnsafeRawBufferPointer) {
        bytes.append(type)
        withUnsafeBytes(of: UInt64(value.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: value)
    }
}
