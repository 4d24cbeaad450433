/// A thing that can stand in a table or a CSV file.
protocol TableRow: Encodable {
    /// In the order in which they are shown. CSV has all of them, a table those with a heading.
    static var heads: [ColumnHead] { get }
    /// Whether the codes that it holds are shown.
    static var showsSecret: Bool { get }
    /// Its cells under these heads.
    func texts(under heads: [ColumnHead]) -> [String]
}

/// What stands above a column.
struct ColumnHead {
    /// The name in CSV: as in JSON.
    let name: String
    /// What stands above it in a table; nil keeps it out of tables.
    let heading: String?
    /// Whether it is aligned to the right.
    let isNumber: Bool
}

/// A thing whose columns are written one by one.
protocol Tabular: TableRow {
    /// In the order in which they are shown. CSV has all of them, a table those with a heading.
    static var columns: [Column<Self>] { get }
}

extension Tabular {
    static var showsSecret: Bool { false }

    static var heads: [ColumnHead] {
        columns.map { ColumnHead(name: $0.name, heading: $0.heading, isNumber: $0.isNumber) }
    }

    func texts(under heads: [ColumnHead]) -> [String] {
        let columns = Dictionary(Self.columns.map { ($0.name, $0) }) { first, _ in first }
        return heads.map { columns[$0.name]?.value(self) ?? "" }
    }
}

struct Column<Row> {
    /// The name in CSV: as in JSON.
    let name: String
    /// What stands above it in a table; nil keeps it out of tables.
    let heading: String?
    let isNumber: Bool
    let value: (Row) -> String

    /// Text.
    init(_ name: String, _ heading: String?, _ value: @escaping (Row) -> String) {
        self.name = name
        self.heading = heading
        isNumber = false
        self.value = value
    }

    /// Text that may be missing.
    init(_ name: String, _ heading: String?, optional value: @escaping (Row) -> String?) {
        self.init(name, heading) { value($0) ?? "" }
    }

    /// A number, aligned to the right.
    init(_ name: String, _ heading: String?, number value: @escaping (Row) -> Int?) {
        self.name = name
        self.heading = heading
        isNumber = true
        self.value = { value($0).map(String.init) ?? "" }
    }
}
