import CSQLite
import Registry
import RegistrySQL

/// What SQLite and the registry's files tell when a registry is checked.
struct SQLiteInspection: EngineInspection {
    var anchor: RollbackAnchor?
    var modes: FileModes?
    var watch: RowWatch?

    /// So many breaches of one kind are named.
    private static let findingLimit = 100

    var subject: String { "registry.db" }

    func anchorReading() throws -> RollbackAnchor.Reading? { try anchor?.reading() }

    var questions: [@Sendable (any SQLConnection) throws -> [Finding]] {
        [
            { try damagedPages(of: $0) },
            { try danglingReferences(in: $0) },
            { try SchemaComparison($0).findings() },
            { _ in try exposures() },
            { try rowFindings(in: $0) },
        ]
    }

    private func damagedPages(of database: any SQLConnection) throws -> [Finding] {
        try database.all("PRAGMA integrity_check(\(Self.findingLimit))") { try $0[0] as String }
            .filter { $0 != "ok" }
            .map { Finding(code: "database.damaged", subject: subject, detail: $0) }
    }

    private func danglingReferences(in database: any SQLConnection) throws -> [Finding] {
        var dangling: [Finding] = []
        try database.forEach("PRAGMA foreign_key_check") { row in
            guard dangling.count < Self.findingLimit else { return }
            let (table, number, parent) = try (row[0] as String, row[1] as Int64?, row[2] as String)
            dangling.append(
                Finding(
                    code: "database.dangling-reference",
                    subject: table,
                    detail:
                        "Row \(number.map(String.init) ?? "?") of \(table) refers to a row of \(parent) that is not "
                        + "there."
                )
            )
        }
        return dangling
    }

    private func exposures() throws -> [Finding] {
        try modes?.exposures().map {
            Finding(code: RefusalCode.registryExposed.rawValue, subject: "registry", detail: $0.detail)
        } ?? []
    }

    /// R19: the rows of each table are those that the ledger's rows made, and no others.
    func rowFindings(in database: any SQLConnection) throws -> [Finding] {
        guard let watch, let database = database as? Database else { return [] }
        var recorded: [String: UInt128] = [:]
        try database.forEach("SELECT j.key, j.value FROM audit, json_each(audit.rows) j") { part in
            guard let sum = UInt128(try part[1] as String, radix: 16) else { return }
            recorded[try part[0], default: 0] &+= sum
        }
        var findings: [Finding] = []
        try watch.forEachTable(in: database) { table, sum in
            guard recorded[table, default: 0] != sum else { return }
            findings.append(
                Finding(
                    code: "rows.differ-from-ledger",
                    subject: table,
                    detail: "The rows of the table \(table) are not those that the ledger's requests made: some were "
                        + "added, changed or removed without tokenctl and tokend (R19)."
                )
            )
        }
        return findings
    }
}
