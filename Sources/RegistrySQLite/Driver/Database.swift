import CSQLite
import Registry
import RegistrySQL

/// A connection to a SQLite database, which keeps its statements prepared.
///
/// `@unchecked Sendable`: whoever has it is the only one to use it, one thread at a time.
final class Database: SQLConnection, @unchecked Sendable {
    let handle: OpaquePointer
    /// Of whoever reads with it now.
    var allowance = ReadAllowance(.none)
    /// Called before the writer commits: tests let it fail as SQLite would.
    var beforeCommit: (() throws -> Void)?
    /// Those that were prepared lately.
    private var statements: [StatementText: Statement] = [:]
    /// So many at most: those that name a temporary table are seldom asked for again.
    private static let statementLimit = 500
    private var isClosed = false
    /// Once for the process. Where another user of SQLite was first, its settings stay.
    private static let isConfigured = csqlite_count_no_memory() == SQLITE_OK

    /// How a file is opened.
    struct Mode: OptionSet {
        let rawValue: Int32

        static let reading = Mode(rawValue: SQLITE_OPEN_READONLY)
        static let writing = Mode(rawValue: SQLITE_OPEN_READWRITE)
        /// Makes a file that is not there.
        static let creating = Mode(rawValue: SQLITE_OPEN_CREATE)
    }

    /// - Parameters:
    ///   - name: a path, or a `file:` name with conditions.
    ///   - patience: how long it waits for another process's lock, in milliseconds.
    init(_ name: String, _ mode: Mode, patience: Int32 = 0) throws(SQLiteError) {
        _ = Self.isConfigured
        var handle: OpaquePointer?
        let flags = mode.rawValue | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(name, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let error = handle.map { SQLiteError(of: $0) } ?? SQLiteError(code)
            sqlite3_close_v2(handle)
            throw error
        }
        self.handle = handle
        // A connection that reads never checkpoints.
        if mode == .reading { csqlite_no_checkpoint_on_close(handle) }
        sqlite3_busy_timeout(handle, patience)
    }

    deinit {
        close()
    }

    /// Further calls do nothing.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        statements = [:]
        sqlite3_close_v2(handle)
    }

    let schemaName = "main"
    var isInsideTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
    /// Whether it was opened for reading alone, which gives no error until the first write.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") != 0 }
    /// Of the last statement that changed rows.
    var changes: Int64 { sqlite3_changes64(handle) }
    var changeCount: Int64? { sqlite3_total_changes64(handle) }

    /// Runs statements without arguments and without rows, one after the other.
    func execute(_ script: String) throws {
        try script.withCString { start in
            var rest: UnsafePointer<CChar>? = start
            while let next = rest, next.pointee != 0 {
                guard let statement = try Statement(next, on: handle, isKept: false, rest: &rest) else { continue }
                while try statement.step() {}
            }
        }
    }

    /// SQLite takes the schema as it is written.
    func define(_ script: String) throws { try execute(script) }

    func hasTemporaryTable(_ name: String) throws -> Bool {
        try exists("SELECT 1 FROM sqlite_temp_schema WHERE name = ?", [name])
    }

    /// There is one writer.
    func waitForNumbers(of table: String) {}

    /// Nobody watches how long one waits.
    func allowLongPauses() {}

    /// Calls `body` with each row until it says that it wants no more.
    func read(_ sql: String, _ arguments: [any ColumnValue], _ body: (StoredRow) throws -> Bool) throws {
        try withStatement(sql, arguments) { statement in
            let row = StoredRow(statement)
            while try statement.step() {
                guard try body(row) else { return }
            }
        }
    }

    /// Calls `body` with the statement on each of its rows.
    func forEachStatementRow(_ sql: String, _ body: (Statement) throws -> Void) throws {
        try withStatement(sql, []) { statement in
            while try statement.step() { try body(statement) }
        }
    }

    private func withStatement(
        _ sql: String,
        _ arguments: [any ColumnValue],
        _ body: (Statement) throws -> Void
    ) throws {
        let statement = try statement(sql)
        statement.isRunning = true
        defer {
            statement.reset()
            statement.isRunning = false
        }
        try statement.bind(arguments)
        try body(statement)
    }

    func refusal(from error: any Error) -> any Error { SQLiteFailure.refusal(from: error) }

    func message(of error: any Error) -> String? { (error as? SQLiteError)?.message }

    private func statement(_ sql: String) throws -> Statement {
        let text = StatementText(sql)
        let known = statements[text]
        if let known, !known.isRunning { return known }
        guard let statement = try Statement(sql, on: handle, isKept: known == nil) else {
            throw SQLiteError(SQLITE_MISUSE, message: "an empty statement")
        }
        // One that runs inside itself is prepared again, and not kept.
        if known == nil {
            if statements.count == Self.statementLimit { statements = [:] }
            statements[text] = statement
        }
        return statement
    }
}

/// A statement's text, found by its ends: a statement is long, and what differs most is how it ends.
private struct StatementText: Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(text.utf8.suffix(24).reduce(text.utf8.count) { $0 &* 31 &+ Int($1) })
    }
}

extension Database {
    /// Runs `body` as the one writer; an error undoes it.
    func transaction<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try transaction("BEGIN IMMEDIATE", body)
    }

    /// Runs `body` on one state of the database.
    func reading<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try transaction("BEGIN DEFERRED", body)
    }

    /// Pages that are copied between two looks at how far it is.
    private static let pagesAtATime: Int32 = 4_096

    /// Copies all of the database to another one. In a transaction, so that all of it is of one moment.
    /// - Parameter progress: is told now and then how many pages have been copied, and of how many.
    func copy(to destination: Database, progress: (Int, Int) -> Void = { _, _ in }) throws {
        guard let backup = sqlite3_backup_init(destination.handle, "main", handle, "main") else {
            throw SQLiteError(of: destination.handle)
        }
        var code = SQLITE_OK
        while code == SQLITE_OK {
            code = sqlite3_backup_step(backup, Self.pagesAtATime)
            let total = Int(sqlite3_backup_pagecount(backup))
            progress(total - Int(sqlite3_backup_remaining(backup)), total)
        }
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw SQLiteError(code) }
        guard end == SQLITE_OK else { throw SQLiteError(end) }
    }
}
