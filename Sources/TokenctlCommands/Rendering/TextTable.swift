import Registry

/// Aligned text for a person to read.
enum TextTable {
    /// A list: a heading, then a line for each row, cut to the terminal's width.
    static func table<Row: TableRow>(
        _ rows: [Row],
        _ columns: [ColumnHead],
        terminal: any Terminal,
        withHeader: Bool = true
    ) -> String {
        if rows.isEmpty { return withHeader ? "Nothing to show.\n" : "" }
        let texts = rows.map { row in row.texts(under: columns).map(\.escaped) }
        let kept = columns.indices.filter { index in
            !columns[index].isSparse || texts.contains { !$0[index].isEmpty }
        }
        let columns = kept.map { columns[$0] }
        let cells = texts.map { line in kept.map { line[$0] } }
        var widths = columns.map { $0.heading.count }
        for line in cells {
            for (index, cell) in line.enumerated() { widths[index] = max(widths[index], cell.count) }
        }
        fit(&widths, to: terminal.isOutputTerminal ? terminal.width : nil)
        var text = ""
        if withHeader {
            let heading = line(columns.map { $0.heading }, widths, columns.map(\.isNumber))
            text += terminal.isOutputTerminal ? terminal.styled(heading, .bold) : heading
            text += "\n"
        }
        for cells in cells { text += line(cells, widths, columns.map(\.isNumber)) + "\n" }
        return text
    }

    /// One thing: a line for each of its columns, at a terminal folded to its width.
    static func card<Row: TableRow>(_ row: Row, _ columns: [ColumnHead], terminal: any Terminal) -> String {
        let width = columns.map { $0.heading.count }.max() ?? 0
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
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return lines + [line]
    }

    private static func line(_ cells: [String], _ widths: [Int], _ numbers: [Bool]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { text += "  " }
            let cut = cell.count > widths[index] ? cell.prefix(max(0, widths[index] - 1)) + "…" : cell[...]
            let fill = String(repeating: " ", count: max(0, widths[index] - cut.count))
            text += numbers[index] ? fill + cut : cut + fill
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    /// Takes from the widest columns until the line fits.
    private static func fit(_ widths: inout [Int], to width: Int?) {
        guard let width else { return }
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width, let widest = widths.max(), widest > 8,
            let index = widths.firstIndex(of: widest)
        {
            widths[index] -= 1
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
