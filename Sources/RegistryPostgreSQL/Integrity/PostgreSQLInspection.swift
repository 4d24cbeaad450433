#if PostgreSQL
import Registry
import RegistrySQL

/// What PostgreSQL tells when a registry is checked.
struct PostgreSQLInspection: EngineInspection {
    let place: PostgreSQLPlace
    var anchor: RollbackAnchor?

    var subject: String { "\(PostgreSQLPlace.schema)" }

    func anchorReading() throws -> RollbackAnchor.Reading? { try anchor?.reading() }

    var questions: [@Sendable (any SQLConnection) throws -> [Finding]] {
        [{ try guardFindings(in: $0) }]
    }

    /// Whether every guard is there and at work, with the words that it was made with.
    private func guardFindings(in database: any SQLConnection) throws -> [Finding] {
        var found: [String: String] = [:]
        try database.forEach(
            """
            SELECT t.tgname, CASE WHEN t.tgenabled = 'O' THEN p.prosrc ELSE '' END
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND c.relnamespace = to_regnamespace(?)
            """,
            [PostgreSQLPlace.schema]
        ) { row in found[try row[0]] = try row[1] as String }
        let expected = SchemaTranslation(Schema.migrations.joined()).guards
        return expected.sorted { $0.key < $1.key }.compactMap { name, source in
            guard found[name] != source else { return nil }
            let what = found[name] == nil ? "is missing" : "was changed"
            return Finding(code: "schema.changed", subject: name, detail: "The schema's trigger \(name) \(what).")
        }
    }
}
#endif
