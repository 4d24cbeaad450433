@testable import RegistrySQL
@testable import RegistrySQLite

/// Runs `body` on a connection to the database file `path`, with none of the registry's own pragmas, then closes it.
func onDatabase<Answer>(_ path: String, _ body: (Database) throws -> Answer) throws -> Answer {
    let database = try Database(path, [.writing, .creating], patience: 10_000)
    defer { database.close() }
    return try body(database)
}

/// A row as texts.
struct PlainRow: Hashable {
    private let names: [String]
    private let texts: [String?]

    init(_ row: StoredRow) {
        names = row.names
        texts = (0..<row.count).map { row.row.isNull($0) ? nil : row.row.excerpt($0) }
    }

    subscript(_ index: Int) -> String? { texts[index] }

    subscript(_ name: String) -> String? { names.firstIndex(of: name).flatMap { texts[$0] } }
}

extension Database {
    /// All rows, as texts.
    func rows(_ statement: String, _ arguments: [any ColumnValue] = []) throws -> [PlainRow] {
        try all(statement, arguments) { PlainRow($0) }
    }
}
