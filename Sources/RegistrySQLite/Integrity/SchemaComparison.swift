import GRDB
import Registry

/// Holds a database's schema against what the migrations make: a trigger that somebody dropped shows.
struct SchemaComparison {
    private let database: Database
    private let version: Int

    /// - Parameter version: whose schema the database should have, from 1 on.
    init(_ database: Database, version: Int = Schema.version) {
        self.database = database
        self.version = version
    }

    func findings() throws -> [Finding] {
        var findings: [Finding] = []
        let expected = try Self.objects(in: freshSchema)
        let found = try Self.objects(of: database)
        for (name, definition) in expected.sorted(by: { $0.key < $1.key }) where found[name] != definition {
            let what = found[name] == nil ? "is missing" : "was changed"
            findings.append(Finding(code: "schema.changed", subject: name, detail: "The schema's \(name) \(what)."))
        }
        for name in found.keys.sorted() where expected[name] == nil {
            findings.append(
                Finding(code: "schema.changed", subject: name, detail: "\(name) is not part of the registry's schema.")
            )
        }
        let stated = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if stated != version {
            findings.append(
                Finding(
                    code: "schema.changed",
                    subject: "registry",
                    detail: "The schema's version is \(stated); it should be \(version)."
                )
            )
        }
        return findings
    }

    private func freshSchema() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { database in
            for migration in Schema.migrations.prefix(version) { try database.execute(sql: migration) }
        }
        return queue
    }

    private static func objects(in queue: () throws -> DatabaseQueue) throws -> [String: String] {
        try queue().read { try objects(of: $0) }
    }

    /// By kind and name, but for what no schema names: the tables of `ANALYZE`, the indexes that a table's own
    /// definition makes, and the two tables of Litestream.
    private static func objects(of database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT type, name, tbl_name, sql FROM sqlite_schema
                WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))
                AND NOT (type = 'index' AND sql IS NULL)
                """
        )
        var objects: [String: String] = [:]
        for row in rows where row[0] != "table" || !Schema.litestreamTables.contains(row[1]) {
            objects["\(row[0] as String) \(row[1] as String)"] = "\(row[2] as String): \(row[3] as String? ?? "")"
        }
        return objects
    }
}
