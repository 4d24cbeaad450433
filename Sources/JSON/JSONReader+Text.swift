extension JSONReader {
    /// Reads a text.
    public mutating func text() throws -> String {
        try expect(.text, "expected a text in quotes")
        index += 1
        var start = index
        var collected = ""
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                let rest = try utf8(start..<index)
                index += 1
                return collected.isEmpty ? rest : collected + rest
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
}
