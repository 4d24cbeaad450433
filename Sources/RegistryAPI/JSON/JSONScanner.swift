import JSON
import Registry

/// Reads a JSON document as a value: strict, and nothing after the document.
public struct JSONScanner {
    private var path = ""
    /// Nil where nobody asks for them.
    private var lines: [String: Int]?

    /// - Throws: `JSONFault`.
    public static func scan(_ bytes: some Sequence<UInt8>) throws -> WireValue {
        var scanner = JSONScanner(lines: nil)
        return try scanner.document(Array(bytes))
    }

    /// The document, and the line of every member and item by its path, such as `programs[0].id`.
    /// - Throws: `JSONFault`.
    public static func scanWithLines(_ bytes: some Sequence<UInt8>) throws -> (value: WireValue, lines: [String: Int]) {
        var scanner = JSONScanner(lines: [:])
        return (try scanner.document(Array(bytes)), scanner.lines ?? [:])
    }

    private init(lines: [String: Int]?) {
        self.lines = lines
    }

    private mutating func document(_ bytes: [UInt8]) throws -> WireValue {
        var reader = JSONReader(bytes)
        let value = try value(&reader)
        try reader.finish()
        return value
    }

    private mutating func value(_ reader: inout JSONReader) throws -> WireValue {
        switch try reader.kind() {
        case .null:
            try reader.null()
            return .null
        case .flag: return .flag(try reader.flag())
        case .number: return .number(try reader.number())
        case .text: return .text(try reader.text())
        case .list:
            var items: [WireValue] = []
            try reader.list { items.append(try value(&$0, number: $1)) }
            return .list(items)
        case .object:
            var members: [WireValue.Member] = []
            try reader.object { members.append(.init(name: $1, value: try value(&$0, named: $1))) }
            return .object(members)
        }
    }

    /// The value of a member, or of an item.
    private mutating func value(
        _ reader: inout JSONReader,
        named name: String = "",
        number: Int? = nil
    ) throws -> WireValue {
        guard lines != nil else { return try value(&reader) }
        let outer = path
        defer { path = outer }
        path += number.map { "[\($0)]" } ?? (path.isEmpty ? name : ".\(name)")
        // The line that it begins on.
        _ = try reader.kind()
        lines?[path] = reader.line
        return try value(&reader)
    }
}
