import Crypto
import Registry

/// The digest of one row: SHA-256 over the registry's key, the table, and every value behind its type and length,
/// shortened to 128 bits.
///
/// Nobody can tell a row's digest without the key, so nobody can make two changes that cancel each other out.
struct RowDigest {
    private var bytes: [UInt8] = []

    init(table: String) {
        bytes.reserveCapacity(256)
        add(type: 0, table.utf8)
    }

    mutating func addNull() { add(type: 1, []) }

    mutating func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { add(type: 2, $0) } }

    mutating func add(_ number: Double) { withUnsafeBytes(of: number.bitPattern.bigEndian) { add(type: 3, $0) } }

    mutating func add(text: some Collection<UInt8>) { add(type: 4, text) }

    mutating func add(blob: some Collection<UInt8>) { add(type: 5, blob) }

    /// - Parameter keyed: a hash that has taken in the key.
    func value(_ keyed: SHA256) -> UInt128 {
        var hasher = keyed
        hasher.update(data: bytes)
        return hasher.finalize().prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    private mutating func add(type: UInt8, _ value: some Collection<UInt8>) {
        bytes.append(type)
        bytes.append(bigEndian: UInt64(value.count))
        bytes.append(contentsOf: value)
    }
}
