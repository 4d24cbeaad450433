import Registry

/// Aligned text for a person to read.
enum TextTable {
    /// A list: a heading, then a line for each row. At a terminal it fits the screen, unless it is to be wide.
    static func table<Row: TableRow>(
        _ rows: [Row],
        _ columns: [ColumnHead],
        terminal: any Terminal,
        isWide: Bool = false
    ) -> String {
        var layout: TableLayout?
        return table(rows, columns, terminal: terminal, isWide: isWide, layout: &layout)
    }

    /// A part of a list.
    /// - Parameter layout: what the first part decided; nil for the first part, which has the heading.
    static func table<Row: TableRow>(
        _ rows: [Row],
        _ columns: [ColumnHead],
        terminal: any Terminal,
        isWide: Bool,
        layout: inout TableLayout?
    ) -> String {
        let isFirst = layout == nil
        if rows.isEmpty { return isFirst ? "Nothing to show.\n" : "" }
        let cells = rows.map { row in row.texts(under: columns).map(\.escaped) }
        let width = terminal.isOutputTerminal && !isWide ? terminal.width : nil
        let table = layout ?? TableLayout(columns, cells: cells, width: width)
        layout = table
        var text = ""
        if isFirst {
            let heading = line(table.shown.map { (columns[$0].heading, columns[$0], nil) }, table, terminal)
            text += terminal.isOutputTerminal ? terminal.styled(heading, .bold) : heading
            text += "\n"
        }
        for cells in cells {
            let parts = table.shown.map { index in
                let column = columns[index]
                return (
                    table.text(cells[index], of: column), column,
                    terminal.isOutputTerminal ? CellMeaning(column, cells[index])?.style : nil
                )
            }
            text += line(parts, table, terminal) + "\n"
        }
        if isFirst, !table.leftOut.isEmpty {
            let note = "For want of room without \(table.leftOut.joined(separator: ", ")); -o wide has all."
            terminal.writeError(
                terminal.styled(folded(note, to: max(20, width ?? 80)).joined(separator: "\n"), .dim) + "\n"
            )
        }
        return text
    }

    /// One thing: a line for each of its columns, at a terminal folded to its width.
    static func card<Row: TableRow>(_ row: Row, _ columns: [ColumnHead], terminal: any Terminal) -> String {
        let width = columns.map { $0.heading.displayWidth }.max() ?? 0
        return zip(columns, row.texts(under: columns)).map { column, text in
            let heading = padded(column.heading, width)
            let value = text.escaped
            guard terminal.isOutputTerminal else { return "\(heading)  \(value.isEmpty ? "-" : value)\n" }
            let indent = String(repeating: " ", count: width + 2)
            let lines = folded(value.isEmpty ? "-" : value, to: max(20, (terminal.width ?? 80) - indent.count))
            return "\(terminal.styled(heading, .dim))  \(lines.joined(separator: "\n\(indent)"))\n"
        }.joined()
    }

    /// `text` in lines of at most `width` characters, broken at blanks where there are any.
    static func folded(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.displayWidth + 1 + word.displayWidth > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return lines + [line]
    }

    private static func line(
        _ cells: [(text: String, column: ColumnHead, style: Style?)],
        _ layout: TableLayout,
        _ terminal: any Terminal
    ) -> String {
        var text = ""
        for (cell, width) in zip(cells, layout.widths) {
            if !text.isEmpty { text += "  " }
            let cut = cell.text.cut(toWidth: width)
            let fill = String(repeating: " ", count: max(0, width - cut.displayWidth))
            let styled = cell.style.map { terminal.styled(cut, $0) } ?? cut
            text += cell.column.isNumber ? fill + styled : styled + fill
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.displayWidth))
    }
}
