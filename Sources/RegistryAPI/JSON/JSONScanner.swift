import Registry

/// Why a body is no JSON that the daemon takes.
public struct JSONFault: Error, Hashable {
    /// What is wrong, as the end of a sentence.
    public let reason: String
    /// From 1.
    public let line: Int
    /// In bytes, from 1.
    public let column: Int
}

/// Reads strict JSON (RFC 8259) in UTF-8: no duplicate names, nothing after the document, bounded depth.
public struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var depth = 0
    private var line = 1
    private var lineStart = 0
    private var path = ""
    /// Nil where nobody asks for them.
    private var lines: [String: Int]?

    /// Objects and lists in one another, at most.
    static let depthLimit = 32

    /// - Throws: `JSONFault`.
    public static func scan(_ bytes: some Sequence<UInt8>) throws -> WireValue {
        try Array(bytes).withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(bytes: buffer, lines: nil)
            return try scanner.document()
        }
    }

    /// The document, and the line of every member and item by its path, such as `programs[0].id`.
    /// - Throws: `JSONFault`.
    public static func scanWithLines(_ bytes: some Sequence<UInt8>) throws -> (value: WireValue, lines: [String: Int]) {
        try Array(bytes).withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(bytes: buffer, lines: [:])
            return (try scanner.document(), scanner.lines ?? [:])
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, lines: [String: Int]?) {
        self.bytes = bytes
        self.lines = lines
    }

    private mutating func document() throws -> WireValue {
        skipBlanks()
        let value = try value()
        skipBlanks()
        guard index == bytes.count else { throw fault("the document ends before this") }
        return value
    }

    private mutating func value() throws -> WireValue {
        switch peek {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.list() }
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the document is cut off")
        case UInt8(ascii: "-"): return .number(try number())
        case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): return .number(try number())
        default: throw fault("unexpected character")
        }
    }

    /// The value of a member, or of an item.
    private mutating func value(named name: String = "", number: Int? = nil) throws -> WireValue {
        guard lines != nil else { return try value() }
        let outer = path
        defer { path = outer }
        path += number.map { "[\($0)]" } ?? (path.isEmpty ? name : ".\(name)")
        lines?[path] = line
        return try value()
    }

    private mutating func nested(_ body: (inout JSONScanner) throws -> WireValue) throws -> WireValue {
        depth += 1
        guard depth <= Self.depthLimit else { throw fault("it is nested deeper than \(Self.depthLimit)") }
        defer { depth -= 1 }
        index += 1
        return try body(&self)
    }

    private mutating func object() throws -> WireValue {
        var members: [WireValue.Member] = []
        var names: Set<String> = []
        skipBlanks()
        if take("}") { return .object([]) }
        while true {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
            let start = index
            let name = try text()
            guard names.insert(name).inserted else {
                index = start
                throw fault("duplicate name \"\(ActivationCode.excerpt(of: name, 40))\"")
            }
            skipBlanks()
            guard take(":") else { throw fault("a colon is missing") }
            skipBlanks()
            members.append(.init(name: name, value: try value(named: name)))
            skipBlanks()
            if take(",") { continue }
            if take("}") { return .object(members) }
            throw fault(index == bytes.count ? "the document is cut off" : "a comma or a closing brace is missing")
        }
    }

    private mutating func list() throws -> WireValue {
        var items: [WireValue] = []
        skipBlanks()
        if take("]") { return .list([]) }
        while true {
            skipBlanks()
            items.append(try value(number: items.count))
            skipBlanks()
            if take(",") { continue }
            if take("]") { return .list(items) }
            throw fault(index == bytes.count ? "the document is cut off" : "a comma or a closing bracket is missing")
        }
    }

    private mutating func number() throws -> String {
        let start = index
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            try digits()
        }
        guard index - start <= 64 else {
            index = start
            throw fault("the number is longer than 64 characters")
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws {
        let start = index
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        guard index > start else { throw fault("a digit is missing") }
    }

    private mutating func word(_ word: StaticString, _ value: WireValue) throws -> WireValue {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count,
            (0..<length).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] })
        else { throw fault("unexpected character") }
        index += length
        return value
    }

    // MARK: Texts

    private mutating func text() throws -> String {
        index += 1
        var start = index
        var collected = ""
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                collected += try utf8(start..<index)
                index += 1
                return collected
            case UInt8(ascii: "\\"):
                collected += try utf8(start..<index)
                index += 1
                collected.unicodeScalars.append(try escape())
                start = index
            case 0..<0x20: throw fault("a control character must be escaped")
            default: index += 1
            }
        }
        throw fault("the document is cut off in a text")
    }

    private mutating func utf8(_ range: Range<Int>) throws -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            index = range.lowerBound
            throw fault("the text is not UTF-8")
        }
        return text
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard let byte = peek else { throw fault("the document is cut off in a text") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default:
            index -= 1
            throw fault("unknown escape")
        }
    }

    private mutating func escapedScalar() throws -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else {
            throw fault("half of a surrogate pair is missing")
        }
        let second = try fourDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw fault("half of a surrogate pair is missing") }
        return scalar
    }

    private mutating func fourDigits() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("four hexadecimal digits are missing")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    // MARK: Bytes

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Only blanks have line feeds: a text has them as `\n`.
    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            index += 1
            guard byte == 0x0A else { continue }
            line += 1
            lineStart = index
        }
    }

    private func fault(_ reason: String) -> JSONFault {
        JSONFault(reason: reason, line: line, column: index - lineStart + 1)
    }
}
