import CSV
import FoundationEssentials
import Registry
import RegistryAPI

/// Prints answers: one JSON document, one object a line, CSV, or a table.
struct Printer {
    var format: OutputFormat
    let terminal: any Terminal
    /// Whether a table has all of CSV's columns.
    var isWide = false
    /// Whether CSV is written as Excel reads it.
    var isForExcel = false
    /// What was asked of a list.
    var shape = ListShape()

    /// A single thing.
    func print<Value: TableRow>(_ value: Value) {
        switch format {
        case .json: terminal.write(Self.json(value) + "\n")
        case .ndjson: terminal.write(Self.compactJSON(value) + "\n")
        case .csv: terminal.write(csv([value], Value.heads))
        case .table: terminal.write(TextTable.card(value, tableColumns(of: Value.self), terminal: terminal))
        }
    }

    /// A few things that have much to say: for people each is a card of its own.
    func print<Value: TableRow>(cards values: [Value]) throws {
        guard format == .table else { return try print(list: values) }
        let columns = tableColumns(of: Value.self)
        terminal.write(values.map { TextTable.card($0, columns, terminal: terminal) }.joined(separator: "\n"))
    }

    /// A list that is at hand.
    /// - Throws: `UsageError` for fields that it does not have.
    func print<Value: TableRow>(list values: [Value]) throws {
        let columns = try columns(of: Value.self)
        let values = shape.sorted(values)
        switch format {
        case .json:
            terminal.write(values.isEmpty ? "[]\n" : Self.json(values.map { selected($0, columns) }) + "\n")
        case .ndjson: for value in values { terminal.write(Self.compactJSON(selected(value, columns)) + "\n") }
        case .csv: terminal.write(csv(values, columns))
        case .table: terminal.write(TextTable.table(values, columns, terminal: terminal, isWide: isWide))
        }
    }

    /// A list that is printed part by part: in JSON still one array, and never all of it in memory unless it is sorted.
    struct PrintedList<Value: TableRow> {
        let printer: Printer
        private let columns: [ColumnHead]
        private var isFirst = true
        private var layout: TableLayout?
        /// What is to be sorted.
        private var kept: [Value] = []

        /// - Throws: `UsageError` for fields that it does not have.
        init(printer: Printer) throws {
            self.printer = printer
            columns = try printer.columns(of: Value.self)
        }

        mutating func add(_ items: [Value]) {
            let terminal = printer.terminal
            if items.isEmpty { return }
            guard printer.shape.order.isEmpty else { return kept += items }
            defer { isFirst = false }
            switch printer.format {
            case .json:
                for (index, value) in items.enumerated() {
                    let separator = isFirst && index == 0 ? "[\n" : ",\n"
                    let json = Printer.json(printer.selected(value, columns))
                    terminal.write(separator + Printer.indented(json))
                }
            case .ndjson:
                terminal.write(
                    items.map { Printer.compactJSON(printer.selected($0, columns)) + "\n" }.joined()
                )
            case .csv: terminal.write(printer.csv(items, columns, withHeader: isFirst))
            case .table:
                // Later pages keep the columns of the first: a table of a million rows is aligned by its first page.
                terminal.write(
                    TextTable.table(items, columns, terminal: terminal, isWide: printer.isWide, layout: &layout)
                )
            }
        }

        func finish() throws {
            guard printer.shape.order.isEmpty, !isFirst else { return try printer.print(list: kept) }
            if printer.format == .json { printer.terminal.write("\n]\n") }
        }
    }

    /// The columns of a list: those that were asked for, else those that the format has.
    /// - Throws: `UsageError` for fields that it does not have.
    private func columns<Value: TableRow>(of type: Value.Type) throws -> [ColumnHead] {
        let fields = Value.fields
        try shape.check(against: fields)
        guard shape.fields.isEmpty else {
            return shape.fields.compactMap { name in fields.first { $0.name == name }?.asked }
        }
        return format == .table ? tableColumns(of: type) : Value.heads
    }

    private func tableColumns<Value: TableRow>(of type: Value.Type) -> [ColumnHead] {
        isWide ? Value.heads.map(\.asked) : Value.shown
    }

    /// What JSON has of a value: all of it, or the fields that were asked for.
    private func selected<Value: TableRow>(_ value: Value, _ columns: [ColumnHead]) -> SelectedValue<Value> {
        guard !shape.fields.isEmpty else { return .whole(value) }
        let names = Set(columns.map(\.name))
        // The answers are made of texts, numbers and lists: writing them cannot fail.
        let members = (try? WireEncoder.value(of: value, userInfo: Self.userInfo(of: Value.self)))?.members ?? []
        return .fields(EncodedValue(.object(members.filter { names.contains($0.name) })))
    }

    private enum SelectedValue<Value: TableRow>: Encodable, ListOfRows {
        case whole(Value)
        case fields(EncodedValue)

        static var row: any TableRow.Type { Value.self }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .whole(let value): try value.encode(to: encoder)
            case .fields(let fields): try fields.encode(to: encoder)
            }
        }
    }

    /// A single thing as CSV.
    func csv<Value: TableRow>(of value: Value) -> String { csv([value], Value.heads) }

    private func csv<Value: TableRow>(
        _ values: [Value],
        _ columns: [ColumnHead],
        withHeader: Bool = true
    ) -> String {
        let writer = CSVWriter(forExcel: isForExcel)
        var bytes: [UInt8] = []
        if withHeader {
            writer.begin(&bytes)
            writer.append(columns.map(\.name), to: &bytes)
        }
        for value in values { writer.append(value.texts(under: columns).map(\.escaped), to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
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

extension Array: ListOfRows where Element: ListOfRows {
    static var row: any TableRow.Type { Element.row }
}
