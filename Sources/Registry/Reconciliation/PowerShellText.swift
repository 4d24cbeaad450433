/// What PowerShell shows on a screen: tables (`Format-Table`) and cards (`Format-List`) of SKUs or users.
enum PowerShellText {
    /// Nil for a text of another form.
    /// - Throws: `Refusal`, `ExportRecord.Flaw`.
    static func read(_ text: [UInt8]) throws -> TenantExport? {
        // A long file is looked at only where its form shows.
        let beginning = lines(of: text.prefix(65_536))
        if let rule = beginning.firstIndex(where: isRule), rule > 0 {
            return try table(lines(of: text[...]), below: rule)
        }
        guard let first = beginning.first(where: { !trimmingBlanks($0).isEmpty }), card(of: first) != nil else {
            return nil
        }
        return try cards(lines(of: text[...]))
    }

    // MARK: Tables

    /// `-----------    ------ -----`
    private static func isRule(_ line: Substring) -> Bool {
        line.contains("-") && line.allSatisfy { $0 == "-" || $0 == " " || $0 == "\t" }
    }

    private static func table(_ lines: [Substring], below rule: Int) throws -> TenantExport {
        let columns = columns(lines[rule - 1], lines[rule])
        guard columns.contains(where: { $0.field != nil }) else {
            throw Refusal.export("The columns of the table are not known. \(TenantExport.known)", line: rule)
        }
        var export = TenantExport()
        var names: [ExportedSKUName: Int] = [:]
        for (index, line) in lines.enumerated().dropFirst(rule + 1) {
            // The names and the rule again, where several tables follow one another.
            if trimmingBlanks(line).isEmpty || isRule(line) || line == lines[rule - 1] { continue }
            var record = ExportRecord(line: index + 1)
            for (column, cell) in zip(columns, try cells(of: line, under: columns, at: index + 1)) {
                try set(cell, column.field, column.name, in: &record)
            }
            try take(record, into: &export, &names)
        }
        return export
    }

    private struct Column {
        let name: String
        let field: ExportField?
        let start: Int
    }

    /// A column begins where its part of the rule does.
    private static func columns(_ header: Substring, _ rule: Substring) -> [Column] {
        let header = Array(header)
        let rule = Array(rule)
        let starts = rule.indices.filter { rule[$0] == "-" && ($0 == 0 || rule[$0 - 1] != "-") }
        return zip(starts, starts.dropFirst() + [max(header.count, rule.count)]).map { start, end in
            let name = trimmingBlanks(String(header[min(start, header.count)..<min(end, header.count)]))
            return Column(name: name, field: ExportField(name), start: start)
        }
    }

    /// The cells are parted by blanks. A value that is wider than its column pushes the others on, and a part number may
    /// have blanks of its own.
    private static func cells(of line: Substring, under columns: [Column], at number: Int) throws -> [String] {
        let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
        if words.count == columns.count { return words }
        if words.count < columns.count {
            let line = Array(line)
            return zip(columns, columns.dropFirst().map(\.start) + [line.count]).map { column, end in
                trimmingBlanks(String(line[min(column.start, line.count)..<min(max(column.start, end), line.count)]))
            }
        }
        let wide =
            columns.firstIndex { $0.field == .accountSKU || $0.field == .partNumber }
            ?? columns.firstIndex { $0.field == .productName }
        guard let wide else {
            throw ExportRecord.Flaw(line: number, column: columns[0].name, detail: "The row has too many cells.")
        }
        let end = wide + words.count - columns.count
        return Array(words[..<wide]) + [words[wide...end].joined(separator: " ")] + Array(words[(end + 1)...])
    }

    // MARK: Cards

    /// `SkuPartNumber : ENTERPRISEPACK`
    private static func card(of line: Substring) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return nil }
        let name = line[..<colon]
        guard name.first?.isLetter ?? false, ExportField(name) != nil || name.last == " ",
            !name.contains(where: { ",;\"@".contains($0) })
        else { return nil }
        return (trimmingBlanks(name), trimmingBlanks(line[line.index(after: colon)...]))
    }

    private static func cards(_ lines: [Substring]) throws -> TenantExport {
        var export = TenantExport()
        var names: [ExportedSKUName: Int] = [:]
        var card: [(name: String, value: String, line: Int)] = []
        func finish() throws {
            guard let first = card.first else { return }
            var record = ExportRecord(line: first.line)
            for item in card { try set(item.value, ExportField(item.name), item.name, in: &record) }
            card = []
            try take(record, into: &export, &names)
        }
        for (index, line) in lines.enumerated() {
            if trimmingBlanks(line).isEmpty {
                try finish()
            } else if let next = Self.card(of: line) {
                card.append((next.name, next.value, index + 1))
            } else if line.first == " ", let last = card.indices.last {
                // A value that goes over several lines.
                card[last].value += trimmingBlanks(line)
            } else {
                throw Refusal.export("Line \(index + 1) is not of the form \"name : value\".", line: index + 1)
            }
        }
        try finish()
        return export
    }

    // MARK: Both

    private static func set(
        _ value: String,
        _ field: ExportField?,
        _ name: String,
        in record: inout ExportRecord
    ) throws {
        guard let field, !value.isEmpty else { return }
        guard !value.hasSuffix("…"), !value.hasSuffix("..."), !value.hasSuffix("...}"), !value.hasSuffix("…}") else {
            throw ExportRecord.Flaw(
                line: record.line,
                column: name,
                detail: "PowerShell cut \(quoted(value)) off; export with Export-Csv or ConvertTo-Json."
            )
        }
        if field == .licenses, value.hasPrefix("{"), value.hasSuffix("}") {
            record.licenses = value.dropFirst().dropLast().split(separator: ",").map {
                ExportedSKUName(partNumber: trimmingBlanks($0))
            }
        } else if field == .licenses {
            record.licenses = ExportedCSV.licenses(value)
        } else {
            record[field] = value
        }
    }

    private static func take(
        _ record: ExportRecord,
        into export: inout TenantExport,
        _ names: inout [ExportedSKUName: Int]
    ) throws {
        var record = record
        if record.isUser, record.licenses == nil { record.licenses = [] }
        guard try export.take(record, &names) else {
            throw Refusal.export(
                "Line \(record.line) has neither a SKU nor a user. \(TenantExport.known)",
                line: record.line
            )
        }
    }

    /// The lines, without the sequences that colour a terminal.
    private static func lines(of text: ArraySlice<UInt8>) -> [Substring] {
        var text = String(decoding: text, as: UTF8.self)
        if text.utf8.contains(0x1B) { text.replace(/\u{1B}\[[0-9;]*m/, with: "") }
        return text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }
}
