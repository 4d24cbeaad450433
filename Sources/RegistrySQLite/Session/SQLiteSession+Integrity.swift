import Foundation
import GRDB
import Registry

extension SQLiteSession {
    /// So many breaches of one fact are named.
    private static let findingLimit = 100

    func integrityFindings() throws -> [Finding] {
        // Before the first read: what is committed after it moves the anchor, and is not seen here.
        let anchorReading = anchor?.reading()
        var findings = try structureFindings()
        if let anchorReading {
            try collect(into: &findings) {
                guard let refusal = try rollback(from: anchorReading)?.refusal else { return [] }
                return [Finding(code: refusal.code.rawValue, subject: "registry", detail: refusal.detail)]
            }
        }
        findings +=
            try modes?.exposures().map {
                Finding(code: RefusalCode.registryExposed.rawValue, subject: "registry", detail: $0.detail)
            } ?? []
        for fact in StoredFact.all { try collect(into: &findings) { try breaches(of: fact) } }
        return findings
    }

    /// What SQLite says of its own pages and references, and whether the schema is the one that was made.
    private func structureFindings() throws -> [Finding] {
        var findings: [Finding] = []
        try collect(into: &findings) {
            try String.fetchAll(database, sql: "PRAGMA integrity_check(\(Self.findingLimit))").filter { $0 != "ok" }.map
            {
                Finding(code: "database.damaged", subject: "registry.db", detail: $0)
            }
        }
        try collect(into: &findings) {
            let rows = try Row.fetchCursor(database, sql: "PRAGMA foreign_key_check")
            var dangling: [Finding] = []
            while dangling.count < Self.findingLimit, let row = try rows.next() {
                let (table, parent) = (row[0] as String, row[2] as String)
                dangling.append(
                    Finding(
                        code: "database.dangling-reference",
                        subject: table,
                        detail:
                            "Row \((row[1] as Int64?).map(String.init) ?? "?") of \(table) refers to a row of \(parent) "
                            + "that is not there."
                    )
                )
            }
            return dangling
        }
        try collect(into: &findings) { try SchemaComparison(database).findings() }
        return findings
    }

    private func breaches(of fact: StoredFact) throws -> [Finding] {
        let rows = try Row.fetchCursor(database, sql: fact.breaches)
        var findings: [Finding] = []
        while let row = try rows.next() {
            guard findings.count < Self.findingLimit else {
                findings.append(
                    Finding(
                        code: fact.code,
                        subject: "registry",
                        detail: "There are more findings of this kind; the first \(Self.findingLimit) are listed."
                    )
                )
                break
            }
            findings.append(Finding(code: fact.code, subject: row[0] ?? "registry", detail: row[1] ?? ""))
        }
        return findings
    }

    /// Damage that stops one question is a finding, and the others are asked all the same.
    private func collect(into findings: inout [Finding], _ body: () throws -> [Finding]) throws {
        do {
            findings += try body()
        } catch let error as DatabaseError {
            let finding = Finding(
                code: "database.damaged",
                subject: "registry.db",
                detail: error.message ?? error.resultCode.description
            )
            if !findings.contains(finding) { findings.append(finding) }
        }
    }

    func forEachSealedCode(
        atMost limit: Int,
        _ body: (_ subject: String, SealedCode) throws -> Void
    ) throws -> Int {
        var total = 0
        for (table, prefix) in [("tokens", Token.numberPrefix), ("product_keys", ProductKey.numberPrefix)] {
            let count = try first("SELECT count(*) FROM \(table)", StatementArguments()) { $0[0] as Int } ?? 0
            total += count
            let stride = max(1, (count + limit - 1) / max(1, limit))
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT number, code_sealed, code_lookup, code_last_group FROM \(table) WHERE number % ? = 0",
                arguments: [stride]
            )
            while let row = try rows.next() {
                let sealed = SealedCode(
                    bytes: Array(row[1] as Data),
                    lookup: CodeLookup(bytes: Array(row[2] as Data)),
                    lastGroup: row[3]
                )
                try body("\(prefix)\(row[0] as Int64)", sealed)
            }
        }
        return total
    }

    func forEachReplacedToken(_ body: (TokenID) throws -> Void) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT token FROM token_replacements ORDER BY token")
        while let row = try rows.next() { try body(TokenID(number: row[0])) }
    }

    func forEachTenantWithMixedSeats(_ body: (DomainName) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT a.domain FROM seat_blocks b JOIN tenants a ON a.number = b.tenant
                GROUP BY b.tenant
                HAVING count(b.purchase_source) > 0 AND count(b.enrollment) > 0 ORDER BY b.tenant
                """
        )
        while let row = try rows.next() { try body(DomainName(stored: row[0])) }
    }
}
