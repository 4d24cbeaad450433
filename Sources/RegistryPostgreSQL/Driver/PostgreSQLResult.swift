#if PostgreSQL
import CPostgreSQL

/// A result that libpq gave: a row, the end of a statement, or an error.
final class PostgreSQLResult {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }

    /// How many rows the statement changed, or gave.
    var changes: Int64 { Int64(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// What the server says it did, such as `COMMIT`.
    var command: String { String(cString: PQcmdStatus(handle)) }

    /// A field of an error or a warning, by the letter that the protocol has for it.
    func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(handle, Int32(letter.value)).map { String(cString: $0) }
    }
}
#endif
