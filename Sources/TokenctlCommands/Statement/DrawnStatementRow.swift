import Registry

/// A line of a statement for a screen, with a bar against its maximum.
struct DrawnStatementRow: TableRow {
    let row: StatementRow

    static let bar = ColumnHead(name: "bar", heading: "OF THE MAXIMUM", isNumber: false, yields: 100)
    private static let width = 20

    init(_ row: StatementRow) {
        self.row = row
    }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    static var showsSecret: Bool { false }
    static var fields: [ColumnHead] { StatementRow.fields + [bar] }

    func texts(under heads: [ColumnHead]) -> [String] {
        heads.flatMap { head in
            guard head.name == Self.bar.name else { return row.texts(under: [head]) }
            return [
                TextBar.text(used: row.used, available: row.available, maximum: row.maximum, width: Self.width)
            ]
        }
    }
}

extension Printer {
    /// Whether a list is for somebody's eyes as it comes, so that a drawing says more.
    var drawsBars: Bool {
        format == .table && terminal.isOutputTerminal && !isWide && shape.fields.isEmpty && shape.order.isEmpty
    }
}
