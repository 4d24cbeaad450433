import Registry
import RegistrySQL

/// Holds a database's schema against what the migrations make: a trigger that somebody dropped shows.
struct SchemaComparison {
    private let database: any SQLConnection
    private let version: Int

    /// - Parameter version: whose schema the database should have, from 1 on.
    init(_ database: any SQLConnection, version: Int = Schema.version) {
        self.database = database
        self.version = version
    }

    func findings() throws -> [Finding] {
        var findings: [Finding] = []
        let expected = try Self.objects(of: freshSchema())
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
        let stated = try Schema.version(of: database)
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

    private func freshSchema() throws -> Database {
        let database = try Database(":memory:", .writing)
        for migration in Schema.migrations.prefix(version) { try database.execute(migration) }
        return database
    }

    /// By kind and name, but for what no schema names: the tables of `ANALYZE`, the indexes that a table's own
    /// definition makes, and the two tables of Litestream.
    private static func objects(of database: any SQLConnection) throws -> [String: String] {
        var objects: [String: String] = [:]
        try database.forEach(
            """
            SELECT type, name, tbl_name, sql FROM sqlite_schema
            WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))
            AND NOT (type = 'index' AND sql IS NULL)
            """
        ) { row in
            let (kind, name, table) = try (row[0] as String, row[1] as String, row[2] as String)
            guard kind != "table" || !Schema.litestreamTables.contains(name) else { return }
            objects["\(kind) \(name)"] = "\(table): \(try row[3] as String? ?? "")"
        }
        return objects
    }
}
