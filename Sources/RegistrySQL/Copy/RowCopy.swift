import Registry

/// Copies the rows of one table from one database to another, many with each statement.
struct RowCopy {
    let table: Schema.Table
    let destination: any SQLConnection
    /// Of the columns that can be written.
    private var columns: [Int] = []
    private var names = ""
    private var waiting: [any ColumnValue] = []
    private var waitingRows = 0

    /// So many rows go with one statement, and so many values at most: fewer than either engine takes.
    private static let rowLimit = 200
    private static let valueLimit = 10_000

    init(_ table: Schema.Table, to destination: any SQLConnection) {
        (self.table, self.destination) = (table, destination)
    }

    /// - Returns: what was read.
    mutating func run(from source: any SQLConnection, _ summarizer: inout RowSummarizer) throws -> RowSummary {
        var summary = RowSummary()
        try source.forEach("SELECT * FROM \(table.name)") { row in
            if columns.isEmpty { begin(row.names) }
            let values = (0..<row.count).map { row.value($0) }
            summarizer.add(values, of: table.name, to: &summary)
            waiting += columns.map { values[$0] }
            waitingRows += 1
            if waitingRows == Self.rowLimit || waiting.count + columns.count > Self.valueLimit { try write() }
        }
        try write()
        return summary
    }

    private mutating func begin(_ all: [String]) {
        columns = all.indices.filter { !table.generated.contains(all[$0]) }
        names = columns.map { all[$0] }.joined(separator: ", ")
    }

    private mutating func write() throws {
        guard waitingRows > 0 else { return }
        let row = "(\(columns.map { _ in "?" }.joined(separator: ", ")))"
        let rows = Array(repeating: row, count: waitingRows).joined(separator: ", ")
        try destination.run("INSERT INTO \(table.name) (\(names)) VALUES \(rows)", waiting)
        waiting.removeAll(keepingCapacity: true)
        waitingRows = 0
    }
}
