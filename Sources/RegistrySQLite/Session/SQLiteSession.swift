import Crypto
import Foundation
import GRDB
import Registry

/// One connection's view of the registry while a transaction runs: the reads and writes of the store port.
///
/// Its extensions stand in `SQLiteSession+Concept.swift`, one for each concept of the domain.
final class SQLiteSession: RegistryTransaction {
    let database: Database
    /// What the ledger is held against when the registry is checked.
    let anchor: RollbackAnchor?
    /// Who can get at the files, when the registry is checked.
    let modes: FileModes?
    /// The ledger's end as this transaction sees it; nil until it is asked for.
    private var head: AuditHead??

    init(database: Database, anchor: RollbackAnchor? = nil, modes: FileModes? = nil) {
        self.database = database
        self.anchor = anchor
        self.modes = modes
    }

    func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let headBefore = head
        try run("SAVEPOINT attempt")
        do {
            let answer = try body()
            try run("RELEASE attempt")
            return answer
        } catch {
            head = headBefore
            try rollBackSavepoint()
            throw SQLiteFailure.refusal(from: error)
        }
    }

    func rehearse<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let headBefore = head
        try run("SAVEPOINT attempt")
        let result = Result { try body() }
        head = headBefore
        try rollBackSavepoint()
        do {
            return try result.get()
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    /// An I/O error or a full disk makes SQLite end the whole transaction by itself; then there is no savepoint left.
    private func rollBackSavepoint() throws {
        guard database.isInsideTransaction else { return }
        try run("ROLLBACK TO attempt")
        try run("RELEASE attempt")
    }

    // MARK: Statements

    /// Runs one statement that gives no rows.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row, decoded.
    func first<Value>(
        _ sql: String,
        _ arguments: StatementArguments = StatementArguments(),
        _ decode: (Row) throws -> Value
    ) throws -> Value? {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        return try rows.next().map(decode)
    }

    /// The first of the statement's rows that `isWanted`, decoded; nil when there is none. Later rows are not read.
    func first<Value>(
        _ sql: String,
        _ arguments: StatementArguments,
        where isWanted: (Value) throws -> Bool,
        _ decode: (Row) throws -> Value
    ) throws -> Value? {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            let value = try decode(row)
            if try isWanted(value) { return value }
        }
        return nil
    }

    /// All rows, decoded.
    func all<Value>(
        _ sql: String,
        _ arguments: StatementArguments = StatementArguments(),
        _ decode: (Row) throws -> Value
    ) throws -> [Value] {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try decode(row)) }
        return values
    }

    /// Whether the statement gives a row.
    func exists(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try first(sql, arguments) { _ in true } ?? false
    }

    /// The row number that an organisation or enrollment has in this database.
    func number(of table: String, id: String) throws -> Int64 {
        guard let number = try first("SELECT number FROM \(table) WHERE id = ?", [id], { $0[0] as Int64 }) else {
            throw Refusal(.registryDamaged, "The registry refers to \(id) in \(table), which does not exist.")
        }
        return number
    }
}

// MARK: The ledger

extension SQLiteSession {
    func auditHead() throws -> AuditHead? {
        if let head { return head }
        let found = try first("SELECT sequence, at, hash FROM audit ORDER BY sequence DESC LIMIT 1") { row in
            AuditHead(
                sequence: row[0],
                at: Instant(microsecondsSinceEpoch: row[1]),
                hash: Array(row[2] as Data)
            )
        }
        head = .some(found)
        return found
    }

    func size() throws -> RegistrySize {
        // Numbers have no gaps: rows are never removed.
        func last(_ table: String) throws -> Int {
            try first("SELECT coalesce(max(number), 0) FROM \(table)") { $0[0] } ?? 0
        }
        return RegistrySize(
            organizations: try last("organizations"),
            enrollments: try last("enrollments"),
            tokens: try last("tokens"),
            seatBlocks: try last("seat_blocks")
        )
    }

    func append(_ draft: AuditDraft) throws -> Int64 {
        let previous = try auditHead()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let unhashed = AuditEntry(
            sequence: (previous?.sequence ?? 0) + 1,
            at: draft.at,
            actor: draft.actor,
            action: draft.action,
            subject: draft.subject,
            changes: String(decoding: try encoder.encode(draft.changes), as: UTF8.self),
            requestID: draft.requestID,
            hash: []
        )
        let hash = auditHash(of: unhashed, after: previous?.hash ?? AuditEntry.genesisHash)
        try run(
            """
            INSERT INTO audit (sequence, at, actor, action, subject, changes, request_id, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                unhashed.sequence, unhashed.at.microsecondsSinceEpoch, unhashed.actor, unhashed.action,
                unhashed.subject, unhashed.changes, unhashed.requestID, Data(hash),
            ]
        )
        head = AuditHead(sequence: unhashed.sequence, at: unhashed.at, hash: hash)
        return unhashed.sequence
    }

    func auditHash(of entry: AuditEntry, after predecessor: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: predecessor)
        hasher.update(data: entry.canonicalBytes)
        return Array(hasher.finalize())
    }

    func auditEntries(_ filter: AuditFilter, after sequence: Int64, limit: Int) throws -> [AuditEntry] {
        var conditions = ["sequence > ?"]
        var arguments: [any DatabaseValueConvertible] = [sequence]
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
        return try all(
            "SELECT * FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY sequence LIMIT ?",
            StatementArguments(arguments),
            Self.auditEntry
        )
    }

    func forEachAuditEntry(_ body: (AuditEntry) throws -> Void) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM audit ORDER BY sequence")
        while let row = try rows.next() { try body(Self.auditEntry(row)) }
    }

    private static func auditEntry(_ row: Row) -> AuditEntry {
        AuditEntry(
            sequence: row["sequence"],
            at: Instant(microsecondsSinceEpoch: row["at"]),
            actor: row["actor"],
            action: row["action"],
            subject: row["subject"],
            changes: row["changes"],
            requestID: row["request_id"],
            hash: Array(row["hash"] as Data)
        )
    }
}
