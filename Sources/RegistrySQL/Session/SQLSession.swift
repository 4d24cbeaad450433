import Crypto
import FoundationEssentials
package import Registry

/// One connection's view of the registry while a transaction runs: the reads and writes of the store port.
///
/// Its extensions stand in `SQLSession+Concept.swift`, one for each concept of the domain.
package final class SQLSession: RegistryTransaction {
    package let database: any SQLConnection
    /// What the engine itself knows of the registry, when it is checked.
    let inspection: (any EngineInspection)?
    /// The ledger's end as this transaction sees it; nil until it is asked for.
    private var head: AuditHead??
    /// The ledger's row that was appended last, while its request may still change rows.
    private var openRow: AuditEntry?
    /// Sums up what is done to rows; nil where nothing is written.
    let watch: (any RowWatching)?

    package init(
        database: any SQLConnection,
        inspection: (any EngineInspection)? = nil,
        watch: (any RowWatching)? = nil
    ) {
        self.database = database
        self.inspection = inspection
        self.watch = watch
    }

    package func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let before = ledgerState
        try database.run("SAVEPOINT attempt")
        do {
            let answer = try body()
            try database.run("RELEASE attempt")
            return answer
        } catch {
            ledgerState = before
            try rollBackSavepoint()
            throw database.refusal(from: error)
        }
    }

    package func rehearse<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let before = ledgerState
        try database.run("SAVEPOINT attempt")
        let result = Result { try body() }
        ledgerState = before
        try rollBackSavepoint()
        do {
            return try result.get()
        } catch {
            throw database.refusal(from: error)
        }
    }

    /// What a savepoint has to bring back beside the database.
    private var ledgerState: (head: AuditHead??, openRow: AuditEntry?, sums: RowSums?) {
        get { (head, openRow, watch?.sums) }
        set {
            (head, openRow) = (newValue.head, newValue.openRow)
            if let sums = newValue.sums { watch?.sums = sums }
        }
    }

    /// An I/O error or a full disk makes SQLite end the whole transaction by itself; then there is no savepoint left.
    private func rollBackSavepoint() throws {
        guard database.isInsideTransaction else { return }
        try database.run("ROLLBACK TO attempt")
        try database.run("RELEASE attempt")
    }

    // MARK: Statements

    /// What is selected of a code.
    package static let sealedCode = "SELECT code_sealed AS bytes, code_lookup AS lookup, code_last_group AS last_group"

    /// The values of an indexed column that stand next to `text` in its order, on both sides, `limit` in all.
    package func neighbours(of text: String, in column: String, of table: String, limit: Int) throws -> [String] {
        let before = try database.all(
            "SELECT \(column) FROM \(table) WHERE \(column) < ? ORDER BY \(column) DESC LIMIT ?",
            [text, limit / 2]
        ) { try $0[0] as String }
        let after = try database.all(
            "SELECT \(column) FROM \(table) WHERE \(column) >= ? ORDER BY \(column) LIMIT ?",
            [text, limit / 2]
        ) { try $0[0] as String }
        return before + after
    }

    /// The number of the table's next row. Whoever inserts rows of it with numbers of their own asks for it first: nobody
    /// else inserts until the transaction ends.
    func reserveNumbers(of table: String) throws -> Int64 {
        try database.waitForNumbers(of: table)
        return try database.value("SELECT coalesce(max(number), 0) + 1 FROM \(table)") ?? 1
    }

    /// The row number that an organisation or enrollment has in this database.
    package func number(of table: String, id: String) throws -> Int64 {
        guard let number: Int64 = try database.value("SELECT number FROM \(table) WHERE id = ?", [id]) else {
            throw Refusal(.registryDamaged, "The registry refers to \(id) in \(table), which does not exist.")
        }
        return number
    }
}

/// R19: a use case changed rows and appended nothing to the ledger. Nobody's input leads to it.
package struct ChangeWithoutLedgerRow: Error {
    package let tables: [String]
}

// MARK: The ledger

extension SQLSession {
    package func auditHead() throws -> AuditHead? {
        try closeLedgerRow()
        if let head { return head }
        let found: AuditHead? = try database.first(
            "SELECT sequence, at, hash FROM audit ORDER BY sequence DESC LIMIT 1"
        )
        head = .some(found)
        return found
    }

    package func lastAuditSequence() throws -> Int64 {
        // Reading the head would close the row.
        try openRow?.sequence ?? auditHead()?.sequence ?? 0
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

    package func append(_ draft: AuditDraft) throws -> Int64 {
        let previous = try auditHead()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let sequence = (previous?.sequence ?? 0) + 1
        openRow = AuditEntry(
            sequence: sequence,
            at: draft.at,
            actor: draft.actor,
            organizationID: draft.organizationID,
            action: draft.action,
            subject: draft.subject,
            changes: String(decoding: try encoder.encode(draft.changes), as: UTF8.self),
            requestID: draft.requestID,
            rows: "{}",
            hash: []
        )
        return sequence
    }

    /// R19: writes the ledger's row that was appended last, with what was done to rows up to now.
    ///
    /// A row is written when the next one is appended, when the ledger is read, and at the end of the request, so that
    /// it also covers what the request does after it appended the row.
    package func closeLedgerRow() throws {
        guard let open = openRow else { return }
        openRow = nil
        let previous = try auditHead()
        let row = AuditEntry(
            sequence: open.sequence,
            at: open.at,
            actor: open.actor,
            organizationID: open.organizationID,
            action: open.action,
            subject: open.subject,
            changes: open.changes,
            requestID: open.requestID,
            rows: (watch?.sums ?? RowSums()).text,
            hash: []
        )
        watch?.sums = RowSums()
        let hash = auditHash(of: row, after: previous?.hash ?? AuditEntry.genesisHash)
        try database.run(
            """
            INSERT INTO audit (sequence, at, actor, organization, action, subject, changes, request_id, rows, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.sequence, row.at.microsecondsSinceEpoch, row.actor, row.organizationID?.value, row.action,
                row.subject, row.changes, row.requestID, row.rows, hash,
            ]
        )
        head = AuditHead(sequence: row.sequence, at: row.at, hash: hash)
    }

    /// Ends a request: its last ledger row is written, and no change is left that no row covers.
    /// - Throws: ``ChangeWithoutLedgerRow``.
    package func endRequest() throws {
        try closeLedgerRow()
        if let tables = watch?.sums.byTable.keys, !tables.isEmpty {
            throw ChangeWithoutLedgerRow(tables: tables.sorted())
        }
    }

    package func auditHash(of entry: AuditEntry, after predecessor: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: predecessor)
        hasher.update(data: entry.canonicalBytes)
        return Array(hasher.finalize())
    }

    package func auditEntries(_ filter: AuditFilter, after sequence: Int64, limit: Int) throws -> [AuditEntry] {
        try closeLedgerRow()
        var conditions = ["sequence > ?"]
        var arguments: [any ColumnValue] = [sequence]
        if let organization = filter.organizationID {
            conditions.append("organization = ?")
            arguments.append(organization.value)
        }
        if let subject = filter.subject {
            conditions.append("subject = ?")
            arguments.append(subject)
        }
        if let since = filter.since {
            conditions.append("at >= ?")
            arguments.append(since.microsecondsSinceEpoch)
        }
        if let until = filter.until {
            conditions.append("at <= ?")
            arguments.append(until.microsecondsSinceEpoch)
        }
        arguments.append(limit)
        return try database.all(
            "\(Self.auditColumns) WHERE \(conditions.joined(separator: " AND ")) ORDER BY sequence LIMIT ?",
            arguments
        )
    }

    package func forEachAuditEntry(_ body: (AuditEntry) throws -> Void) throws {
        try database.forEach("\(Self.auditColumns) ORDER BY sequence") { try body($0.decode()) }
    }

    private static let auditColumns = "SELECT *, organization AS organization_id FROM audit"
}
