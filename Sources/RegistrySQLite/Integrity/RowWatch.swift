import CSQLite
import Crypto
import Glibc
import RegistrySQL

/// Watches a connection's writes, and sums up what they do to the rows of each table.
///
/// SQLite tells of every row before it changes, whichever statement, trigger or conflict changes it, so that no use
/// case and no table can be forgotten.
///
/// `@unchecked Sendable`: it belongs to one connection, and is touched only while that connection runs.
final class RowWatch: RowWatching, @unchecked Sendable {
    /// What was done since the sums were last taken.
    var sums = RowSums()
    private let keyed: SHA256
    /// Its memory is used for each row that is noted.
    private var row = RowDigest()
    /// The table of the row before: a statement seldom changes rows of many.
    private var table = (name: [CChar](), text: "", isLeftOut: true)

    /// Tables that are not summed up; Litestream's are written by another program.
    static let leftOut: Set<String> = Schema.litestreamTables.union(RowSums.leftOut)

    init(key: SymmetricKey) {
        var hasher = SHA256()
        key.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        keyed = hasher
    }

    /// Watches `database` from now on. The watch has to outlive the connection's last write.
    func begin(on database: Database) {
        _ = sqlite3_preupdate_hook(
            database.handle,
            { context, connection, operation, schema, table, _, _ in
                guard let context, let connection, let schema, let table, strcmp(schema, "main") == 0 else { return }
                let watch = Unmanaged<RowWatch>.fromOpaque(context).takeUnretainedValue()
                watch.note(table, operation, on: connection)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func note(_ name: UnsafePointer<CChar>, _ operation: CInt, on connection: OpaquePointer) {
        if table.name.isEmpty || strcmp(name, table.name) != 0 {
            let text = String(cString: name)
            let isLeftOut = Self.leftOut.contains(text) || text.hasPrefix("sqlite_")
            table = (Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1)), text, isLeftOut)
        }
        guard !table.isLeftOut else { return }
        let table = table.text
        if operation != SQLITE_INSERT {
            sums.subtract(digest(of: table, on: connection, sqlite3_preupdate_old), from: table)
        }
        if operation != SQLITE_DELETE {
            sums.add(digest(of: table, on: connection, sqlite3_preupdate_new), to: table)
        }
    }

    private func digest(
        of table: String,
        on connection: OpaquePointer,
        _ value: (OpaquePointer?, CInt, UnsafeMutablePointer<OpaquePointer?>?) -> CInt
    ) -> UInt128 {
        row.begin(table: table)
        for column in 0..<sqlite3_preupdate_count(connection) {
            var found: OpaquePointer?
            guard value(connection, column, &found) == SQLITE_OK, let found else {
                row.addNull()
                continue
            }
            row.add(found)
        }
        return row.value(keyed)
    }
}

extension RowWatch {
    /// The sum over all rows that are there, table by table, in the order of the tables' names.
    func forEachTable(in database: Database, _ body: (_ table: String, _ sum: UInt128) throws -> Void) throws {
        let tables = try database.all(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        ) { try $0[0] as String }
        for table in tables where !Self.leftOut.contains(table) {
            var sum: UInt128 = 0
            // Readers sum up rows while the writer's connection is watched.
            var digest = RowDigest()
            try database.forEachStatementRow("SELECT \(try columns(of: table, in: database)) FROM \"\(table)\"") {
                row in
                digest.begin(table: table)
                for index in row.columns.names.indices { digest.add(row.value(index)) }
                sum &+= digest.value(keyed)
            }
            try body(table, sum)
        }
    }

    /// Those that are stored.
    private func columns(of table: String, in database: Database) throws -> String {
        try database.all(
            "SELECT '\"' || name || '\"' FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3) ORDER BY cid",
            [table]
        ) { try $0[0] as String }.joined(separator: ", ")
    }
}
