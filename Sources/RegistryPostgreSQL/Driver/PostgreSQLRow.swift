#if PostgreSQL
import CPostgreSQL
package import RegistrySQL

/// The row that a statement stands on, as long as it stands there.
///
/// Integers and numerics without a fraction are integers, truth is 0 and 1, `bytea` is a blob, and everything else is the
/// text that the server writes of it.
package final class PostgreSQLRow: SQLRow {
    package let columns: StatementColumns
    private let kinds: [Kind]
    private var result: PostgreSQLResult

    private enum Kind {
        case truth, number, blob, text

        init(_ type: Oid) {
            switch type {
            case 16: self = .truth
            case 17: self = .blob
            case 20, 21, 23, 26, 1700: self = .number  // int8, int2, int4, oid, numeric
            default: self = .text
            }
        }
    }

    init(_ result: PostgreSQLResult, of statement: PostgreSQLStatement?) {
        self.result = result
        let fields = 0..<PQnfields(result.handle)
        columns =
            statement?.columns ?? StatementColumns(fields.map { String(cString: PQfname(result.handle, $0)) })
        statement?.columns = columns
        kinds = fields.map { Kind(PQftype(result.handle, $0)) }
    }

    /// Goes to the next row of the same statement.
    func move(to result: PostgreSQLResult) {
        self.result = result
    }

    package func isNull(_ column: Int) -> Bool { PQgetisnull(result.handle, 0, Int32(column)) == 1 }

    package func integer(_ column: Int) -> Int64? {
        guard !isNull(column) else { return nil }
        switch kinds[column] {
        case .truth: return written(column) == "t" ? 1 : 0
        case .number: return Int64(written(column))
        case .blob, .text: return nil
        }
    }

    package func text(_ column: Int) -> String? {
        guard !isNull(column) else { return nil }
        switch kinds[column] {
        case .text: return written(column)
        case .number: return integer(column) == nil ? written(column) : nil
        case .truth, .blob: return nil
        }
    }

    package func blob(_ column: Int) -> [UInt8]? {
        guard kinds[column] == .blob, !isNull(column) else { return nil }
        var count = 0
        guard let bytes = PQunescapeBytea(start(column), &count) else { return nil }
        defer { PQfreemem(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    package func value(_ column: Int) -> SQLValue {
        if let number = integer(column) { return .integer(number) }
        if let bytes = blob(column) { return .blob(bytes) }
        return text(column).map { .text($0) } ?? .null
    }

    /// A column of whatever kind, for a message.
    package func excerpt(_ column: Int) -> String { isNull(column) ? "NULL" : written(column) }

    /// What the server wrote.
    private func written(_ column: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: start(column), count: count(column)), as: UTF8.self)
    }

    private func count(_ column: Int) -> Int { Int(PQgetlength(result.handle, 0, Int32(column))) }

    /// Followed by a zero.
    private func start(_ column: Int) -> UnsafePointer<UInt8>? {
        UnsafeRawPointer(PQgetvalue(result.handle, 0, Int32(column)))?.assumingMemoryBound(to: UInt8.self)
    }
}
#endif
