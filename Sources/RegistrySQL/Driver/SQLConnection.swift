import Registry

/// A connection to a database, in what all engines understand: the driver's side of the store port.
///
/// Parameters are `?` in their order, or `?1`, `?2`… by number; truth is 0 and 1; days are text (`YYYY-MM-DD`). Whoever
/// has a connection is the only one to use it, one thread at a time.
package protocol SQLConnection: AnyObject, Sendable {
    /// Where the registry's tables are: what a table's name can be qualified with.
    var schemaName: String { get }
    var isInsideTransaction: Bool { get }
    /// Of the last statement that changed rows.
    var changes: Int64 { get }
    /// Goes up with every row that is changed; nil where the engine does not count.
    var changeCount: Int64? { get }

    /// Makes tables, indexes and guards, in the words of ``Schema``.
    func define(_ script: String) throws
    func hasTemporaryTable(_ name: String) throws -> Bool
    /// Waits until no other transaction inserts rows with numbers of its own into `table`.
    func waitForNumbers(of table: String) throws
    /// Lets the open transaction wait between two statements for as long as it takes.
    func allowLongPauses() throws
    /// Calls `body` with each row until it says that it wants no more.
    func read(_ sql: String, _ arguments: [any ColumnValue], _ body: (StoredRow) throws -> Bool) throws

    /// What an error of the engine means to a person; an error that nobody foresaw stays itself.
    func refusal(from error: any Error) -> any Error
    /// What the engine says of an error of its own; nil for any other.
    func message(of error: any Error) -> String?
}

extension SQLConnection {
    package var changeCount: Int64? { nil }

    package func read(_ sql: String, _ body: (StoredRow) throws -> Bool) throws {
        try read(sql, [], body)
    }

    /// Runs one statement that gives no rows, or whose rows nobody wants.
    package func run(_ sql: String, _ arguments: [any ColumnValue] = []) throws {
        try read(sql, arguments) { _ in true }
    }

    /// The first of the statement's rows that `isWanted`, decoded; nil when there is none. Later rows are not read.
    package func first<Value>(
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
    package func all<Value>(
        _ sql: String,
        _ arguments: [any ColumnValue] = [],
        _ decode: (StoredRow) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try forEach(sql, arguments) { values.append(try decode($0)) }
        return values
    }

    /// Calls `body` with each row, however many there are.
    package func forEach(
        _ sql: String,
        _ arguments: [any ColumnValue] = [],
        _ body: (StoredRow) throws -> Void
    ) throws {
        try read(sql, arguments) { row in
            try body(row)
            return true
        }
    }

    /// Inserts one row.
    /// - Returns: its number.
    package func insert<Number: ColumnValue>(_ sql: String, _ arguments: [any ColumnValue]) throws -> Number {
        guard let number: Number = try value("\(sql) RETURNING number", arguments) else {
            throw Refusal(.registryDamaged, "The registry refers to something that does not exist.")
        }
        return number
    }

    /// The first column of the first row; nil where there is no row.
    package func value<Value: ColumnValue>(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> Value? {
        try first(sql, arguments) { try $0[0] }
    }

    /// Whether the statement gives a row.
    package func exists(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> Bool {
        try first(sql, arguments) { _ in true } ?? false
    }

    /// Runs `body` in a transaction of its own, which `start` begins; an error undoes it.
    package func transaction<Answer>(_ start: String, _ body: () throws -> Answer) throws -> Answer {
        try run(start)
        do {
            let answer = try body()
            try run("COMMIT")
            return answer
        } catch {
            // After some errors the engine has ended it by itself.
            if isInsideTransaction { try? run("ROLLBACK") }
            throw error
        }
    }
}
