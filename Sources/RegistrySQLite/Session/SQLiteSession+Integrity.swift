import Registry

extension SQLiteSession {
    /// So many breaches of one fact are named.
    private static let findingLimit = 100

    func integrityFindings() throws -> [Finding] {
        // Before the first read: what is committed after it moves the anchor, and is not seen here.
        let anchorReading = try anchor?.reading()
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
        try collect(into: &findings, rowFindings)
        for fact in StoredFact.all { try collect(into: &findings) { try breaches(of: fact) } }
        return findings
    }

    /// What SQLite says of its own pages and references, and whether the schema is the one that was made.
    private func structureFindings() throws -> [Finding] {
        var findings: [Finding] = []
        try collect(into: &findings) {
            try database.all("PRAGMA integrity_check(\(Self.findingLimit))") { try $0[0] as String }.filter {
                $0 != "ok"
            }
            .map { Finding(code: "database.damaged", subject: "registry.db", detail: $0) }
        }
        try collect(into: &findings) {
            var dangling: [Finding] = []
            try database.forEach("PRAGMA foreign_key_check") { row in
                guard dangling.count < Self.findingLimit else { return }
                let (table, number, parent) = try (row[0] as String, row[1] as Int64?, row[2] as String)
                dangling.append(
                    Finding(
                        code: "database.dangling-reference",
                        subject: table,
                        detail:
                            "Row \(number.map(String.init) ?? "?") of \(table) refers to a row of \(parent) that is "
                            + "not there."
                    )
                )
            }
            return dangling
        }
        try collect(into: &findings) { try SchemaComparison(database).findings() }
        return findings
    }

    /// R19: the rows of each table are those that the ledger's rows made, and no others.
    func rowFindings() throws -> [Finding] {
        guard let watch else { return [] }
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

    private func breaches(of fact: StoredFact) throws -> [Finding] {
        var findings: [Finding] = []
        var hasMore = false
        try database.forEach(fact.breaches) { row in
            hasMore = findings.count == Self.findingLimit
            guard !hasMore else { return }
            let (subject, detail) = try (row[0] as String?, row[1] as String?)
            findings.append(Finding(code: fact.code, subject: subject ?? "registry", detail: detail ?? ""))
        }
        guard hasMore else { return findings }
        let more = "There are more findings of this kind; the first \(Self.findingLimit) are listed."
        return findings + [Finding(code: fact.code, subject: "registry", detail: more)]
    }

    /// Damage that stops one question is a finding, and the others are asked all the same.
    private func collect(into findings: inout [Finding], _ body: () throws -> [Finding]) throws {
        do {
            findings += try body()
        } catch let error as SQLiteError {
            let finding = Finding(
                code: "database.damaged",
                subject: "registry.db",
                detail: error.message
            )
            if !findings.contains(finding) { findings.append(finding) }
        } catch let refusal as Refusal where refusal.code == .registryDamaged {
            findings.append(Finding(code: "database.damaged", subject: "registry.db", detail: refusal.detail))
        }
    }

    func forEachSealedCode(
        atMost limit: Int,
        _ body: (_ subject: String, SealedCode) throws -> Void
    ) throws -> Int {
        var total = 0
        for (table, prefix) in [("tokens", Token.numberPrefix), ("product_keys", ProductKey.numberPrefix)] {
            let count = try database.value("SELECT count(*) FROM \(table)") ?? 0
            total += count
            let stride = max(1, (count + limit - 1) / max(1, limit))
            try database.forEach(
                "\(Self.sealedCode), number FROM \(table) WHERE number % ? = 0",
                [stride]
            ) { row in
                try body("\(prefix)\(try row["number"] as Int64)", row.decode())
            }
        }
        return total
    }

    func forEachReplacedToken(_ body: (TokenID) throws -> Void) throws {
        try database.forEach("SELECT token FROM token_replacements ORDER BY token") { try body($0[0]) }
    }

    func forEachTenantWithMixedSeats(_ body: (DomainName) throws -> Void) throws {
        try database.forEach(
            """
            SELECT a.domain FROM seat_blocks b JOIN tenants a ON a.number = b.tenant
            GROUP BY b.tenant
            HAVING count(b.purchase_source) > 0 AND count(b.enrollment) > 0 ORDER BY b.tenant
            """
        ) { try body($0[0]) }
    }
}
