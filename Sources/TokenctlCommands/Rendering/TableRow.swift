/// A thing that can stand in a table or a CSV file.
protocol TableRow: Encodable {
    /// All that JSON has, in the order in which it is shown.
    static var fields: [ColumnHead] { get }
    /// Whether the codes that it holds are shown.
    static var showsSecret: Bool { get }
    /// Its cells under these heads.
    func texts(under heads: [ColumnHead]) -> [String]
}

extension TableRow {
    /// The columns of CSV.
    static var heads: [ColumnHead] { fields.filter { $0.place != .json } }

    /// The columns of a table.
    static var shown: [ColumnHead] { fields.filter { $0.place == .everywhere } }
}

/// What stands above a column.
struct ColumnHead {
    /// Where it is shown unless it is asked for.
    enum Place {
        case everywhere
        /// In CSV and JSON, and in wide tables.
        case csv
        case json
    }

    /// The name in CSV: as in JSON.
    let name: String
    /// What stands above it in a table.
    let heading: String
    /// Whether it is aligned to the right.
    let isNumber: Bool
    var place = Place.everywhere
    /// Whether a list's table leaves it out where no row has anything under it.
    var isSparse = false
    /// The larger, the sooner it is left out where a screen is narrow; nil for its place from the left.
    var yields: Int?

    /// The same column, as one that was asked for.
    var asked: ColumnHead {
        var head = self
        head.place = .everywhere
        head.isSparse = false
        return head
    }
}
