import Crypto
import Registry

/// How many rows a table has, and what their digests add up to, in whichever order and on whichever engine.
struct RowSummary: Equatable {
    private(set) var rows: Int64 = 0
    private(set) var sum: UInt128 = 0

    fileprivate mutating func add(_ digest: UInt128) {
        rows += 1
        sum &+= digest
    }
}

/// Sums up rows under a registry's key.
struct RowSummarizer {
    private let keyed: SHA256
    private var digest = RowDigest()

    init(key: RegistryKey) {
        var hasher = SHA256()
        key.rows.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        keyed = hasher
    }

    mutating func add(_ values: [SQLValue], of table: String, to summary: inout RowSummary) {
        digest.begin(table: table)
        for value in values { digest.add(value) }
        summary.add(digest.value(keyed))
    }

    /// Reads all rows of a table.
    mutating func summary(of table: String, in database: any SQLConnection) throws -> RowSummary {
        var summary = RowSummary()
        try database.forEach("SELECT * FROM \(table)") { row in
            add((0..<row.count).map { row.value($0) }, of: table, to: &summary)
        }
        return summary
    }
}

extension RowDigest {
    /// The same that SQLite's own value of it gives.
    mutating func add(_ value: SQLValue) {
        switch value {
        case .null: addNull()
        case .integer(let number): withUnsafeBytes(of: number.bigEndian) { add(type: 2, $0) }
        case .text(var text): text.withUTF8 { add(type: 4, UnsafeRawBufferPointer($0)) }
        case .blob(let bytes): bytes.withUnsafeBytes { add(type: 5, $0) }
        }
    }
}
