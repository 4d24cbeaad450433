/// Turns a file's bytes into UTF-8 as they come, where a byte order mark says that they are UTF-16.
struct UTF16Transcoder: Sendable {
    private enum Form {
        case unknown, other, littleEndian, bigEndian
    }

    private var form = Form.unknown
    /// Bytes of the file's beginning, or of a character, that the next piece completes.
    private var rest: [UInt8] = []

    /// - Returns: nil where the bytes are to be read as they are.
    mutating func utf8(_ chunk: UnsafeRawBufferPointer) -> [UInt8]? {
        if form == .other { return nil }
        rest.append(contentsOf: chunk)
        if form == .unknown {
            guard rest.count >= 2 else { return [] }
            switch (rest[0], rest[1]) {
            case (0xFF, 0xFE): form = .littleEndian
            case (0xFE, 0xFF): form = .bigEndian
            default:
                form = .other
                defer { rest = [] }
                return rest
            }
            rest.removeFirst(2)
        }
        return takeWhole()
    }

    /// What is left at the end of the file.
    mutating func finish() -> [UInt8] {
        defer { rest = [] }
        return form == .unknown ? rest : rest.isEmpty ? [] : Array("\u{FFFD}".utf8)
    }

    /// All of `rest` but a half of a unit or of a pair.
    private mutating func takeWhole() -> [UInt8] {
        let (high, low) = form == .littleEndian ? (1, 0) : (0, 1)
        var units = stride(from: 0, to: rest.count - 1, by: 2).map {
            UInt16(rest[$0 + high]) << 8 | UInt16(rest[$0 + low])
        }
        if let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
        rest.removeFirst(units.count * 2)
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

/// Windows-1252, which spreadsheets write where they do not write UTF-8.
enum Windows1252 {
    /// The characters of 0x80 to 0x9F; five bytes stand for none.
    private static let middle: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]

    /// The text; nil where a byte stands for no character.
    static func text(_ bytes: some Sequence<UInt8>) -> String? {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            guard let scalar = 0x80...0x9F ~= byte ? middle[Int(byte - 0x80)] : Unicode.Scalar(byte) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }
}

/// How the characters beyond ASCII are written in a file: as UTF-8 until a row cannot be, then as Windows-1252, unless an
/// earlier one could only be UTF-8.
struct TextEncoding: Sendable {
    private enum Form {
        case undecided, utf8, windows1252
    }

    private var form = Form.undecided

    /// The text of some bytes; nil where they are in no encoding that the file can have.
    mutating func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
        if form != .windows1252, let text = String(validating: bytes, as: UTF8.self) {
            form = .utf8
            return text
        }
        guard form != .utf8 else { return nil }
        form = .windows1252
        return Windows1252.text(bytes)
    }
}
