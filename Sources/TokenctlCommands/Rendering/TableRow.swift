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
