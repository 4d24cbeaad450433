import CSQLite

/// A connection to a SQLite database, which keeps its statements prepared.
///
/// `@unchecked Sendable`: whoever has it is the only one to use it, one thread at a time.
final class Database: @unchecked Sendable {
    let handle: OpaquePointer
    /// Called before the writer commits: tests let it fail as SQLite would.
    var beforeCommit: (() throws -> Void)?
    /// Those that do not run now.
    private var statements: [String: Statement] = [:]
    /// So many at most: those that name a temporary table are seldom asked for again.
    private static let statementLimit = 500
    private var isClosed = false

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

    var isInsideTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
    /// Whether it was opened for reading alone, which gives no error until the first write.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") != 0 }
    /// Of the last statement that changed rows.
    var changes: Int64 { sqlite3_changes64(handle) }
    /// The number of the row that was inserted last.
    var lastNumber: Int64 { sqlite3_last_insert_rowid(handle) }

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

    /// Calls `body` with each row until it says that it wants no more.
    func read(_ sql: String, _ arguments: [any ColumnValue] = [], _ body: (StoredRow) throws -> Bool) throws {
        let statement = try statement(sql)
        defer {
            statement.reset()
            if statements.count == Self.statementLimit { statements = [:] }
            statements[sql] = statement
        }
        try statement.bind(arguments)
        let row = StoredRow(statement)
        while try statement.step() {
            guard try body(row) else { return }
        }
    }

    private func statement(_ sql: String) throws -> Statement {
        // One that runs is another's.
        if let statement = statements.removeValue(forKey: sql) { return statement }
        guard let statement = try Statement(sql, on: handle, isKept: true) else {
            throw SQLiteError(SQLITE_MISUSE, message: "an empty statement")
        }
        return statement
    }
}

extension Database {
    /// Runs one statement that gives no rows, or whose rows nobody wants.
    func run(_ sql: String, _ arguments: [any ColumnValue] = []) throws {
        try read(sql, arguments) { _ in true }
    }

    /// The first of the statement's rows that `isWanted`, decoded; nil when there is none. Later rows are not read.
    func first<Value>(
        _ sql: String,
        _ arguments: [any ColumnValue] = [],
        where isWanted: (Value) throws -> Bool = { _ in true },
        _ decode: (StoredRow) throws -> Value
    ) throws -> Value? {
        var found: Value?
        try read(sql, arguments) { row in
            let value = try decode(row)
            guard try isWanted(value) else { return true }
            found = value
            return false
        }
        return found
    }

    /// All rows, decoded.
    func all<Value>(
        _ sql: String,
        _ arguments: [any ColumnValue] = [],
        _ decode: (StoredRow) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try forEach(sql, arguments) { values.append(try decode($0)) }
        return values
    }

    /// Calls `body` with each row, however many there are.
    func forEach(_ sql: String, _ arguments: [any ColumnValue] = [], _ body: (StoredRow) throws -> Void) throws {
        try read(sql, arguments) { row in
            try body(row)
            return true
        }
    }

    /// The first column of the first row; nil where there is no row.
    func value<Value: ColumnValue>(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> Value? {
        try first(sql, arguments) { try $0[0] }
    }

    /// Whether the statement gives a row.
    func exists(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> Bool {
        try first(sql, arguments) { _ in true } ?? false
    }

    /// Runs `body` in a transaction of its own; an error undoes it.
    func transaction<Answer>(_ kind: String = "IMMEDIATE", _ body: () throws -> Answer) throws -> Answer {
        try run("BEGIN \(kind)")
        do {
            let answer = try body()
            try run("COMMIT")
            return answer
        } catch {
            // After some errors SQLite has ended it by itself.
            if isInsideTransaction { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` on one state of the database.
    func reading<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try transaction("DEFERRED", body)
    }

    /// Copies all of the database to another one.
    func copy(to destination: Database) throws {
        guard let backup = sqlite3_backup_init(destination.handle, "main", handle, "main") else {
            throw SQLiteError(of: destination.handle)
        }
        let code = sqlite3_backup_step(backup, -1)
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw SQLiteError(code) }
        guard end == SQLITE_OK else { throw SQLiteError(end) }
    }
}
