/// Reads strict JSON (RFC 8259) in UTF-8 piece by piece, as its caller asks: no duplicate names, bounded depth.
///
///     var reader = JSONReader(bytes)
///     try reader.object { reader, name in
///         if name == "value" { try reader.list { reader, _ in use(try reader.text()) } } else { try reader.skip() }
///     }
///     try reader.finish()
///
/// What is passed over is read as strictly as what is asked for. Every method throws ``JSONFault``, and what its closure
/// throws.
public struct JSONReader: Sendable {
    let bytes: [UInt8]
    var index = 0
    private let depthLimit: Int
    private var depth = 0
    /// The line that is being read, from 1.
    public private(set) var line = 1
    private var lineStart = 0

    /// What a value is.
    public enum Kind: Hashable, Sendable {
        case null
        case flag
        case number
        case text
        case list
        case object
    }

    /// - Parameter depthLimit: how many objects and lists may stand in one another.
    public init(_ bytes: [UInt8], depthLimit: Int = 32) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    /// What comes next.
    public mutating func kind() throws -> Kind {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .list
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"): return .number
        case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): return .number
        case nil: throw fault("the document is cut off")
        default: throw fault("unexpected character")
        }
    }

    /// Reads an object: `member` is given each name and reads its value.
    public mutating func object(_ member: (inout JSONReader, String) throws -> Void) throws {
        try begin(.object, "expected an object")
        var names: Set<String> = []
        skipBlanks()
        if !take("}") {
            repeat {
                skipBlanks()
                guard peek == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
                let start = index
                let name = try text()
                guard names.insert(name).inserted else {
                    index = start
                    throw fault("duplicate name")
                }
                skipBlanks()
                guard take(":") else { throw fault("a colon is missing") }
                try member(&self, name)
                skipBlanks()
            } while take(",")
            guard take("}") else {
                throw fault(isAtEnd ? "the document is cut off" : "a comma or a closing brace is missing")
            }
        }
        depth -= 1
    }

    /// Reads a list: `item` is given each position, from 0, and reads what stands there.
    public mutating func list(_ item: (inout JSONReader, Int) throws -> Void) throws {
        try begin(.list, "expected a list")
        skipBlanks()
        if !take("]") {
            var position = 0
            repeat {
                try item(&self, position)
                position += 1
                skipBlanks()
            } while take(",")
            guard take("]") else {
                throw fault(isAtEnd ? "the document is cut off" : "a comma or a closing bracket is missing")
            }
        }
        depth -= 1
    }

    /// Reads `true` or `false`.
    public mutating func flag() throws -> Bool {
        try expect(.flag, "expected true or false")
        if peek == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        try word("false")
        return false
    }

    /// Reads `null`.
    public mutating func null() throws {
        try expect(.null, "expected null")
        try word("null")
    }

    /// Reads a number, as it is written.
    public mutating func number() throws -> String {
        try expect(.number, "expected a number")
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

    /// Passes over a value.
    public mutating func skip() throws {
        switch try kind() {
        case .null: try null()
        case .flag: _ = try flag()
        case .number: _ = try number()
        case .text: _ = try text()
        case .list: try list { reader, _ in try reader.skip() }
        case .object: try object { reader, _ in try reader.skip() }
        }
    }

    /// Whether nothing but blanks is left.
    public mutating func hasEnded() -> Bool {
        skipBlanks()
        return isAtEnd
    }

    /// - Throws: ``JSONFault`` when something is left.
    public mutating func finish() throws {
        guard hasEnded() else { throw fault("the document ends before this") }
    }

    /// Something that is wrong at this place.
    public func fault(_ reason: String) -> JSONFault {
        JSONFault(reason: reason, line: line, column: index - lineStart + 1)
    }

    // MARK: Bytes

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ kind: Kind, _ reason: String) throws {
        guard try self.kind() == kind else { throw fault(reason) }
    }

    private mutating func begin(_ kind: Kind, _ reason: String) throws {
        try expect(kind, reason)
        depth += 1
        guard depth <= depthLimit else { throw fault("it is nested deeper than \(depthLimit)") }
        index += 1
    }

    private mutating func digits() throws {
        let start = index
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        guard index > start else { throw fault("a digit is missing") }
    }

    private mutating func word(_ word: StaticString) throws {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count,
            (0..<length).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] })
        else { throw fault("unexpected character") }
        index += length
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
}
