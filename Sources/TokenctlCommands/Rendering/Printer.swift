import CSV
import FoundationEssentials
import Registry

/// Prints answers: one JSON document, one object a line, CSV, or a table.
struct Printer {
    let format: OutputFormat
    let terminal: any Terminal

    /// A single thing.
    func print<Value: TableRow>(_ value: Value) {
        switch format {
        case .json: terminal.write(Self.json(value) + "\n")
        case .ndjson: terminal.write(Self.compactJSON(value) + "\n")
        case .csv: printCSV([value])
        case .table: terminal.write(TextTable.card(value, terminal: terminal))
        }
    }

    /// A few things that have much to say: for people each is a card of its own.
    func print<Value: TableRow>(cards values: [Value]) {
        guard format == .table else { return print(list: values) }
        terminal.write(values.map { TextTable.card($0, terminal: terminal) }.joined(separator: "\n"))
    }

    /// A list that is at hand.
    func print<Value: TableRow>(list values: [Value]) {
        switch format {
        case .json: terminal.write(Self.json(values) + "\n")
        case .ndjson: for value in values { terminal.write(Self.compactJSON(value) + "\n") }
        case .csv: printCSV(values)
        case .table: terminal.write(TextTable.table(values, terminal: terminal))
        }
    }

    /// A list that is printed part by part: in JSON still one array, and never all of it in memory.
    struct PrintedList<Value: TableRow> {
        let printer: Printer
        private var isFirst = true

        init(printer: Printer) {
            self.printer = printer
        }

        mutating func add(_ items: [Value]) {
            let terminal = printer.terminal
            if items.isEmpty { return }
            defer { isFirst = false }
            switch printer.format {
            case .json:
                for (index, value) in items.enumerated() {
                    let separator = isFirst && index == 0 ? "[\n" : ",\n"
                    terminal.write(separator + Printer.indented(Printer.json(value)))
                }
            case .ndjson: terminal.write(items.map { Printer.compactJSON($0) + "\n" }.joined())
            case .csv: printer.printCSV(items, withHeader: isFirst)
            case .table:
                // Later pages keep the columns of the first: a table of a million rows is aligned by its first page.
                terminal.write(TextTable.table(items, terminal: terminal, withHeader: isFirst))
            }
        }

        func finish() {
            switch printer.format {
            case .json: printer.terminal.write(isFirst ? "[]\n" : "\n]\n")
            case .ndjson, .csv, .table: if isFirst { printer.print(list: [Value]()) }
            }
        }
    }

    private func printCSV<Value: TableRow>(_ values: [Value], withHeader: Bool = true) {
        let heads = Value.heads
        let writer = CSVWriter()
        var bytes: [UInt8] = []
        if withHeader { writer.append(heads.map(\.name), to: &bytes) }
        for value in values { writer.append(value.texts(under: heads).map(\.escaped), to: &bytes) }
        terminal.write(String(decoding: bytes, as: UTF8.self))
    }

    static func json(_ value: some Encodable) -> String {
        encode(value, [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    }

    static func compactJSON(_ value: some Encodable) -> String {
        encode(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    /// What an encoder has to know of answers of a type.
    static func userInfo<Value>(of type: Value.Type) -> [CodingUserInfoKey: any Sendable] {
        let row = type as? any TableRow.Type ?? (type as? any ListOfRows.Type)?.row
        guard row?.showsSecret == true, let key = ActivationCode.encodingKey else { return [:] }
        return [key: ActivationCode.Encoding.revealed]
    }

    private static func encode<Value: Encodable>(
        _ value: Value,
        _ formatting: JSONEncoder.OutputFormatting
    ) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.userInfo = userInfo(of: Value.self)
        // The answers are made of texts, numbers and lists: encoding them cannot fail.
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self).escapedJSON
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
    }
}

private protocol ListOfRows {
    static var row: any TableRow.Type { get }
}

extension Array: ListOfRows where Element: TableRow {
    static var row: any TableRow.Type { Element.self }
}
