import Crypto
import JSON
package import Registry

/// What a transaction appended to the ledgers, and what it read of their heads. The heads are written at its end.
struct OpenLedgers {
    /// Those that were looked at, by whose they are; nil for the registry's own.
    fileprivate var heads: [OrganizationID?: Head] = [:]
    /// The row that was appended last, while its request may still change rows.
    fileprivate var row: AuditEntry?
    fileprivate var appendedRows = 0
    /// The last seal before this transaction; nil until it is asked for.
    fileprivate var predecessor: Seal??
    /// Where the registry went, as found with the last seal.
    fileprivate var successor: String?
    /// The latest instant that counts for the clock, once rows were appended.
    fileprivate var latest: Instant?

    fileprivate struct Head {
        let ledger: Int64
        var head: LedgerHead
        var isMoved = false
    }
}

/// R19: a use case changed rows and appended nothing to the ledger. Nobody's input leads to it.
package struct ChangeWithoutLedgerRow: Error {
    package let tables: [String]
}

// MARK: Appending

extension SQLSession {
    package var appendedRows: Int { ledgers.appendedRows }

    /// Begins the ledger of an organisation, or the registry's own.
    package func beginLedger(of organization: OrganizationID?) throws {
        let number = try organization.map { try self.number(of: "organizations", id: $0.value) }
        try database.run(
            "INSERT INTO ledgers (number, organization, sequence, hash) VALUES (?, ?, 0, ?)",
            [number ?? 0, number, AuditEntry.genesisHash]
        )
    }

    package func append(_ draft: AuditDraft) throws -> Int64 {
        try closeLedgerRow()
        _ = try sealBefore()
        if let place = ledgers.successor { throw StoreFailure.closed(movedTo: place) }
        let place = try place(of: draft.organizationID)
        var (subject, changes) = (draft.subject, draft.changes)
        if let organization = draft.organizationID {
            subject = try subject.replacingNames { try ledgerName($0, in: organization) }
            changes = try changes.mapValues {
                try $0.replacingNames { try ledgerName($0, in: organization) }
            }
        }
        let row = AuditEntry(
            seal: (try sealBefore()?.number ?? 0) + 1,
            ledger: place.ledger,
            sequence: place.head.sequence + 1,
            at: draft.at,
            actor: draft.actor,
            organizationID: draft.organizationID,
            action: draft.action,
            subject: subject,
            changes: try JSONWriter().text(of: changes),
            requestID: draft.requestID,
            rows: "{}",
            hash: []
        )
        let latest = try draft.action == AcceptClock.action ? nil : latestAuditInstant()
        ledgers.latest = max(draft.at, latest ?? draft.at)
        ledgers.row = row
        ledgers.appendedRows += 1
        return row.sequence
    }

    /// R19: writes the ledger's row that was appended last, with what was done to rows up to now.
    ///
    /// A row is written when the next one is appended, when the ledgers are read, and at the end of the request, so that
    /// it also covers what the request does after it appended the row.
    package func closeLedgerRow() throws {
        guard let open = ledgers.row else { return }
        ledgers.row = nil
        let previous = try place(of: open.organizationID).head
        let row = AuditEntry(
            seal: open.seal,
            ledger: open.ledger,
            sequence: open.sequence,
            at: open.at,
            actor: open.actor,
            organizationID: open.organizationID,
            action: open.action,
            subject: open.subject,
            changes: open.changes,
            requestID: open.requestID,
            rows: (watch?.sums ?? missingSums).text,
            hash: []
        )
        watch?.sums = RowSums()
        missingSums = RowSums()
        let hash = LedgerHash.of(row, after: previous.hash)
        try database.run(
            """
            INSERT INTO audit
                (ledger, sequence, seal, at, actor, action, subject, changes, request_id, rows, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.ledger, row.sequence, row.seal, row.at.microsecondsSinceEpoch, row.actor, row.action, row.subject,
                row.changes, row.requestID, row.rows, hash,
            ]
        )
        ledgers.heads[row.organizationID]?.head = LedgerHead(sequence: row.sequence, hash: hash)
        ledgers.heads[row.organizationID]?.isMoved = true
    }

    /// Ends a request: its last ledger row is written, and no change is left that no row covers.
    /// - Throws: ``ChangeWithoutLedgerRow``.
    package func endRequest() throws {
        try closeLedgerRow()
        if let tables = watch?.sums.byTable.keys, !tables.isEmpty {
            throw ChangeWithoutLedgerRow(tables: tables.sorted())
        }
    }

    /// Ends the transaction's ledgers: writes the heads that it moved, and seals them.
    /// - Returns: nil where nothing was appended.
    package func sealLedgers() throws -> Seal? {
        try closeLedgerRow()
        let moved = ledgers.heads.filter(\.value.isMoved)
        guard !moved.isEmpty, let at = ledgers.latest else { return nil }
        let predecessor = try sealBefore()
        let number = (predecessor?.number ?? 0) + 1
        let hash = LedgerHash.ofSeal(
            number,
            at: at,
            heads: moved.mapValues(\.head),
            after: predecessor?.hash ?? AuditEntry.genesisHash
        )
        for place in moved.values {
            try database.run(
                "UPDATE ledgers SET sequence = ?, hash = ? WHERE number = ?",
                [place.head.sequence, place.head.hash, place.ledger]
            )
        }
        try database.run(
            "INSERT INTO seals (number, at, hash) VALUES (?, ?, ?)",
            [number, at.microsecondsSinceEpoch, hash]
        )
        ledgers = OpenLedgers()
        return Seal(number: number, at: at, hash: hash)
    }

    /// Where a ledger ends, with the rows of this transaction that are written.
    private func place(of organization: OrganizationID?) throws -> OpenLedgers.Head {
        if let known = ledgers.heads[organization] { return known }
        let row = try database.first(
            """
            SELECT number, sequence, hash FROM ledgers
            WHERE number = \(organization == nil ? "0" : "(SELECT number FROM organizations WHERE id = ?)")
            """,
            organization.map { [$0.value] } ?? []
        ) { OpenLedgers.Head(ledger: try $0[0], head: LedgerHead(sequence: try $0[1], hash: try $0[2])) }
        guard let row else {
            throw Refusal(
                .registryDamaged,
                organization.map { "The organisation \($0) has no ledger." } ?? "The registry has no ledger of its own."
            )
        }
        ledgers.heads[organization] = row
        return row
    }

    /// The last seal before this transaction's own.
    private func sealBefore() throws -> Seal? {
        if let known = ledgers.predecessor { return known }
        let found = try database.first(
            """
            SELECT s.*, (SELECT place FROM registry_successor) AS successor
            FROM seals s ORDER BY s.number DESC LIMIT 1
            """
        ) { row in (seal: try row.decode() as Seal, successor: try row["successor"] as String?) }
        ledgers.predecessor = .some(found?.seal)
        ledgers.successor = found?.successor
        return found?.seal
    }
}

// MARK: Reading

extension SQLSession {
    package func lastSeal() throws -> Seal? {
        try sealBefore()
    }

    package func successor() throws -> Successor? {
        try database.first("SELECT place, seal FROM registry_successor")
    }

    package func seal(_ number: Int64) throws -> Seal? {
        try database.first("SELECT * FROM seals WHERE number = ?", [number])
    }

    package func auditInstant(of sequence: Int64, in organization: OrganizationID) throws -> Instant? {
        try database.value(
            "SELECT at FROM audit WHERE ledger = (SELECT number FROM organizations WHERE id = ?) AND sequence = ?",
            [organization.value, sequence]
        )
    }

    package func auditSequence(of organization: OrganizationID, by instant: Instant) throws -> Int64 {
        try database.value(
            """
            SELECT coalesce(max(sequence), 0) FROM audit
            WHERE ledger = (SELECT number FROM organizations WHERE id = ?) AND at <= ?
            """,
            [organization.value, instant]
        ) ?? 0
    }

    package func ledgerHead(of organization: OrganizationID?) throws -> LedgerHead {
        try closeLedgerRow()
        return try place(of: organization).head
    }

    package func latestAuditInstant() throws -> Instant? {
        try ledgers.latest ?? sealBefore()?.at
    }

    package func ledgerRows() throws -> Int64 {
        try database.value("SELECT coalesce(sum(sequence), 0) FROM ledgers") ?? 0
    }

    package func size() throws -> RegistrySize {
        // Numbers have no gaps: rows are never removed.
        func last(_ table: String) throws -> Int {
            try database.value("SELECT coalesce(max(number), 0) FROM \(table)") ?? 0
        }
        return RegistrySize(
            organizations: try last("organizations"),
            enrollments: try last("enrollments"),
            tokens: try last("tokens"),
            seatBlocks: try last("seat_blocks")
        )
    }

    package func auditEntries(_ filter: AuditFilter, after cursor: LedgerCursor, limit: Int) throws -> [AuditEntry] {
        try closeLedgerRow()
        var conditions: [String] = []
        var arguments: [any ColumnValue] = []
        if let organization = filter.organizationID {
            conditions.append("a.ledger = (SELECT number FROM organizations WHERE id = ?)")
            arguments.append(organization.value)
        }
        switch cursor {
        case .beginning: break
        case .sequence(let sequence):
            conditions.append("a.sequence > ?")
            arguments.append(sequence)
        case .commit(let seal, let ledger, let sequence):
            conditions.append("(a.seal, a.ledger, a.sequence) > (?, ?, ?)")
            arguments += [seal, ledger, sequence]
        }
        if let subject = filter.subject {
            // The ledger names a person by the pseudonym.
            let user = try? UserPrincipalName(subject).value
            conditions.append(
                user == nil
                    ? "a.subject = ?"
                    : """
                    (a.subject = ? OR a.subject IN (
                        SELECT p.pseudonym FROM person_names n JOIN people p ON p.number = n.person
                        WHERE n.user_principal_name = ?
                    ))
                    """
            )
            arguments.append(subject)
            if let user { arguments.append(user) }
        }
        if let since = filter.since {
            conditions.append("a.at >= ?")
            arguments.append(since.microsecondsSinceEpoch)
        }
        if let until = filter.until {
            conditions.append("a.at <= ?")
            arguments.append(until.microsecondsSinceEpoch)
        }
        arguments.append(limit)
        return try database.all(
            """
            SELECT a.*, o.id AS organization_id FROM audit a LEFT JOIN organizations o ON o.number = a.ledger
            \(conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))")
            ORDER BY \(filter.organizationID == nil ? "a.seal, a.ledger, a.sequence" : "a.sequence") LIMIT ?
            """,
            arguments
        )
    }
}

/// R19: the hashes that chain rows and seals.
enum LedgerHash {
    static func of(_ row: AuditEntry, after predecessor: [UInt8]) -> [UInt8] {
        hash(row.canonicalBytes, after: predecessor)
    }

    static func ofSeal(
        _ number: Int64,
        at: Instant,
        heads: [OrganizationID?: LedgerHead],
        after predecessor: [UInt8]
    ) -> [UInt8] {
        hash(Seal.canonicalBytes(number: number, at: at, heads: heads), after: predecessor)
    }

    private static func hash(_ bytes: [UInt8], after predecessor: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: predecessor)
        hasher.update(data: bytes)
        return Array(hasher.finalize())
    }
}
