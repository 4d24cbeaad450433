package import Registry

/// R19: walks rows of ledgers in order, and holds each against the row before it and each seal against its commit.
struct LedgerVerification {
    /// The sound rows' ends, by whose ledger it is.
    private(set) var heads: [OrganizationID?: LedgerHead] = [:]
    private(set) var rows: Int64 = 0
    /// The last sound seal; nil before the first.
    private(set) var seal: Seal?
    private(set) var fault: LedgerFault?
    /// The heads that the commit moved whose rows are being walked.
    private var moved: [OrganizationID?: LedgerHead] = [:]

    /// Takes the next row of its ledger.
    mutating func add(_ row: AuditEntry) {
        guard fault == nil else { return }
        let organization = row.organizationID
        let before = heads[organization] ?? LedgerHead(sequence: 0, hash: AuditEntry.genesisHash)
        let name = Self.name(organization)
        if row.sequence != before.sequence + 1 {
            fault = LedgerFault(
                .row(of: organization, sequence: before.sequence + 1),
                "Row \(before.sequence + 1) of \(name) is missing: the next row is \(row.sequence)."
            )
        } else if LedgerHash.of(row, after: before.hash) != row.hash {
            fault = LedgerFault(
                .row(of: organization, sequence: row.sequence),
                "The hash of row \(row.sequence) of \(name) does not match its contents."
            )
        } else {
            rows += 1
            heads[organization] = LedgerHead(sequence: row.sequence, hash: row.hash)
            moved[organization] = heads[organization]
        }
    }

    /// Takes the seal of the commit whose rows were the last ones; nil where it is not there.
    mutating func close(_ number: Int64, _ found: Seal?) {
        guard fault == nil else { return }
        let next = (seal?.number ?? 0) + 1
        let hash = LedgerHash.ofSeal(
            number,
            at: found?.at ?? Instant(microsecondsSinceEpoch: 0),
            heads: moved,
            after: seal?.hash ?? AuditEntry.genesisHash
        )
        if number != next {
            fault = LedgerFault(.seal(next), "Seal \(next) has no rows: the next rows are those of seal \(number).")
        } else if found?.hash != hash {
            fault = LedgerFault(.seal(number), "Seal \(number) does not match the rows of its commit.")
        } else {
            seal = found
            moved = [:]
        }
    }

    /// Holds what the registry says of a ledger's end against its rows.
    mutating func end(_ organization: OrganizationID?, _ head: LedgerHead) {
        guard fault == nil else { return }
        let found = heads[organization] ?? LedgerHead(sequence: 0, hash: AuditEntry.genesisHash)
        guard found != head else { return }
        let name = Self.name(organization)
        fault =
            found.sequence < head.sequence
            ? LedgerFault(
                .row(of: organization, sequence: found.sequence + 1),
                "Row \(found.sequence + 1) of \(name) is missing: it ends with row \(head.sequence)."
            )
            : LedgerFault(
                .row(of: organization, sequence: head.sequence + 1),
                "The head of \(name) is not its last row: it says \(head.sequence), and the last row is \(found.sequence)."
            )
    }

    /// Holds the last seal that there is against the rows.
    mutating func end(_ last: Seal?) {
        guard fault == nil, let last, last.number != seal?.number else { return }
        let next = (seal?.number ?? 0) + 1
        fault = LedgerFault(.seal(next), "Seal \(next) has no rows.")
    }

    private static func name(_ organization: OrganizationID?) -> String {
        organization.map { "the ledger of \($0)" } ?? "the registry's own ledger"
    }
}

extension SQLSession {
    package func ledgerVerdict(of organization: OrganizationID?) throws -> AuditVerdictResource {
        try closeLedgerRow()
        var verification = LedgerVerification()
        guard let organization else {
            try verifyAll(&verification)
            return AuditVerdictResource(
                rows: verification.rows,
                head: verification.seal?.hash ?? AuditEntry.genesisHash,
                fault: verification.fault
            )
        }
        let number = try number(of: "organizations", id: organization.value)
        try database.read(
            """
            SELECT a.*, o.id AS organization_id FROM audit a JOIN organizations o ON o.number = a.ledger
            WHERE a.ledger = ? ORDER BY a.sequence
            """,
            [number]
        ) { row in
            verification.add(try row.decode())
            return verification.fault == nil
        }
        verification.end(organization, try ledgerHead(of: organization))
        return AuditVerdictResource(
            rows: verification.rows,
            head: verification.heads[organization]?.hash ?? AuditEntry.genesisHash,
            fault: verification.fault
        )
    }

    private func verifyAll(_ verification: inout LedgerVerification) throws {
        var open: (number: Int64, seal: Seal?)?
        try database.read(
            """
            SELECT a.*, o.id AS organization_id, s.at AS sealed_at, s.hash AS sealed_hash
            FROM audit a LEFT JOIN organizations o ON o.number = a.ledger LEFT JOIN seals s ON s.number = a.seal
            ORDER BY a.seal, a.ledger, a.sequence
            """
        ) { row in
            let entry: AuditEntry = try row.decode()
            if let last = open, last.number != entry.seal { verification.close(last.number, last.seal) }
            if open?.number != entry.seal {
                let (at, hash) = try (row["sealed_at"] as Instant?, row["sealed_hash"] as [UInt8]?)
                open = (entry.seal, at.flatMap { at in hash.map { Seal(number: entry.seal, at: at, hash: $0) } })
            }
            verification.add(entry)
            return verification.fault == nil
        }
        if let open { verification.close(open.number, open.seal) }
        try database.forEach(
            """
            SELECT o.id, l.sequence, l.hash FROM ledgers l LEFT JOIN organizations o ON o.number = l.organization
            ORDER BY l.number
            """
        ) { row in
            let id: OrganizationID? = try (row[0] as String?).map { OrganizationID(stored: $0) }
            verification.end(id, LedgerHead(sequence: try row[1], hash: try row[2]))
        }
        verification.end(try lastSeal())
    }
}
