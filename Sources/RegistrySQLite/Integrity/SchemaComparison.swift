import GRDB
import Registry

/// Holds a database's schema against what the migrations make: a trigger that somebody dropped shows.
struct SchemaComparison {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func findings() throws -> [Finding] {
        var findings: [Finding] = []
        let expected = try Self.objects(in: Self.freshSchema)
        let found = try Self.objects(of: database)
        for (name, definition) in expected.sorted(by: { $0.key < $1.key }) where found[name] != definition {
            let what = found[name] == nil ? "is missing" : "was changed"
            findings.append(Finding(code: "schema.changed", subject: name, detail: "The schema's \(name) \(what)."))
        }
        for name in found.keys.sorted() where expected[name] == nil {
            findings.append(
                Finding(code: "schema.changed", subject: name, detail: "\(name) is no part of the registry's schema.")
            )
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version")
        if version != Schema.version {
            findings.append(
                Finding(
                    code: "schema.changed",
                    subject: "registry",
                    detail: "The schema's version is \(version ?? 0); this program's is \(Schema.version)."
                )
            )
        }
        return findings
    }

    private static func freshSchema() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { database in
            for migration in Schema.migrations { try database.execute(sql: migration) }
        }
        return queue
    }

    private static func objects(in queue: () throws -> DatabaseQueue) throws -> [String: String] {
        try queue().read { try objects(of: $0) }
    }

    /// By kind and name; the tables that SQLite keeps for itself are left out, since `ANALYZE` makes some.
    private static func objects(of database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        var objects: [String: String] = [:]
        for row in rows {
            objects["\(row[0] as String) \(row[1] as String)"] = "\(row[2] as String): \(row[3] as String? ?? "")"
        }
        return objects
    }
}
