import Registry

/// One connection's view of the registry while a transaction runs: the reads and writes of the store port.
///
/// Its extensions stand in `SQLSession+Concept.swift`, one for each concept of the domain.
package final class SQLSession: RegistryTransaction {
    package let database: any SQLConnection
    /// What the engine itself knows of the registry, when it is checked.
    let inspection: (any EngineInspection)?
    /// What this transaction appended to the ledgers.
    var ledgers = OpenLedgers()
    /// Sums up what is done to rows; nil where nothing is written.
    let watch: (any RowWatching)?
    /// What the rows that are there add up to beyond what the ledgers' rows say, where nothing watches the rows: the next
    /// row of a ledger says it.
    var missingSums = RowSums()
    /// How many rows had been changed when the savepoint began that is open.
    private var savepointMark: Int64?

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
        let mark = database.changeCount
        // Where nothing has changed since the one around it began, that one serves.
        let isShared = mark != nil && mark == savepointMark
        if !isShared { try database.run("SAVEPOINT attempt") }
        let outerMark = savepointMark
        savepointMark = mark
        defer { savepointMark = outerMark }
        do {
            let answer = try body()
            if !isShared { try database.run("RELEASE attempt") }
            return answer
        } catch {
            ledgerState = before
            try rollBackSavepoint(isKept: isShared)
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
    private var ledgerState: (ledgers: OpenLedgers, sums: RowSums?) {
        get { (ledgers, watch?.sums) }
        set {
            ledgers = newValue.ledgers
            if let sums = newValue.sums { watch?.sums = sums }
        }
    }

    /// An I/O error or a full disk makes SQLite end the whole transaction by itself; then there is no savepoint left.
    private func rollBackSavepoint(isKept: Bool = false) throws {
        guard database.isInsideTransaction else { return }
        try database.run("ROLLBACK TO attempt")
        if !isKept { try database.run("RELEASE attempt") }
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
