package import Registry

extension SQLSession {
    /// So many breaches of one fact are named.
    private static let findingLimit = 100

    package func integrityFindings() throws -> [Finding] {
        // Before the first read: what is committed after it moves the anchor, and is not seen here.
        let anchorReading = try inspection?.anchorReading()
        var findings: [Finding] = []
        for question in inspection?.questions ?? [] { try collect(into: &findings) { try question(database) } }
        if let anchorReading {
            try collect(into: &findings) {
                guard let refusal = try rollback(from: anchorReading)?.refusal else { return [] }
                return [Finding(code: refusal.code.rawValue, subject: "registry", detail: refusal.detail)]
            }
        }
        for fact in StoredFact.all { try collect(into: &findings) { try breaches(of: fact) } }
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
        } catch {
            let refusal = (error as? Refusal).flatMap { $0.code == .registryDamaged ? $0 : nil }
            guard let detail = refusal?.detail ?? database.message(of: error) else { throw error }
            let finding = Finding(code: "database.damaged", subject: inspection?.subject ?? "registry", detail: detail)
            if !findings.contains(finding) { findings.append(finding) }
        }
    }

    package func forEachSealedCode(
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

    package func forEachReplacedToken(_ body: (TokenID) throws -> Void) throws {
        try database.forEach("SELECT token FROM token_replacements ORDER BY token") { try body($0[0]) }
    }

    package func forEachTenantWithMixedSeats(_ body: (DomainName) throws -> Void) throws {
        try database.forEach(
            """
            SELECT a.domain FROM seat_blocks b JOIN tenants a ON a.number = b.tenant
            GROUP BY a.number
            HAVING count(b.purchase_source) > 0 AND count(b.enrollment) > 0 ORDER BY a.number
            """
        ) { try body($0[0]) }
    }
}
