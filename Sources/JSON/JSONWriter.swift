/// Writes values as JSON (RFC 8259) in UTF-8: without blanks, the members of an object in the order of their names.
///
///     let bytes = try JSONWriter().bytes(of: token)
///
/// A value is written as it encodes itself, straight into the bytes; where its members come in another order, they are put
/// in order once the object is complete.
public struct JSONWriter {
    /// What the values are told while they encode themselves.
    public var userInfo: [CodingUserInfoKey: Any] = [:]
    /// Which characters from U+007F on are written as `\uXXXX`; none by default.
    public var isEscaped: (Unicode.Scalar) -> Bool = { _ in false }

    public init() {}

    /// - Throws: what the value's own encoding throws; `EncodingError` for a number that JSON does not have.
    public func bytes(of value: some Encodable) throws -> [UInt8] {
        let output = JSONOutput(userInfo: userInfo, isEscaped: isEscaped)
        try output.encode(value)
        return output.bytes
    }

    /// The same as a text.
    public func text(of value: some Encodable) throws -> String {
        String(decoding: try bytes(of: value), as: UTF8.self)
    }
}

/// What has been written of a document.
final class JSONOutput {
    var bytes: [UInt8] = []
    let userInfo: [CodingUserInfoKey: Any]
    let isEscaped: (Unicode.Scalar) -> Bool

    init(userInfo: [CodingUserInfoKey: Any], isEscaped: @escaping (Unicode.Scalar) -> Bool) {
        self.userInfo = userInfo
        self.isEscaped = isEscaped
        bytes.reserveCapacity(512)
    }

    func encode(_ value: some Encodable) throws {
        let encoder = JSONValueEncoder(self)
        try value.encode(to: encoder)
        encoder.finish()
    }

    func writeNull() { bytes += "null".utf8 }

    func write(_ flag: Bool) { bytes += (flag ? "true" : "false").utf8 }

    func write(integer number: some BinaryInteger) {
        guard let small = Int(exactly: number), small >= 0 else {
            bytes += String(number).utf8
            return
        }
        let start = bytes.count
        var rest = small
        repeat {
            bytes.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "not a number of JSON"))
        }
        // 3, not 3.0.
        if let whole = Int(exactly: number), abs(whole) < 1 << 53 { return write(integer: whole) }
        bytes += "\(number)".utf8
    }

    func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                if (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                    index += 1
                    continue
                }
                bytes.append(contentsOf: utf8[start..<index])
                start = index
                if byte < 0x7F {
                    writeEscaped(byte)
                    index += 1
                    start = index
                } else {
                    let length = byte == 0x7F ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                    let scalar = Self.scalar(utf8[index..<(index + length)])
                    index += length
                    guard isEscaped(scalar) else { continue }
                    for unit in String(scalar).utf16 { writeHexadecimal(unit) }
                    start = index
                }
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func writeEscaped(_ byte: UInt8) {
        let letter: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            default: nil
            }
        guard let letter else { return writeHexadecimal(UInt16(byte)) }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
    }

    private func writeHexadecimal(_ unit: UInt16) {
        bytes += "\\u".utf8
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 0xF)
            bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }

    /// The one character of these bytes, which are valid UTF-8.
    private static func scalar(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar {
        let mask: UInt8 =
            switch bytes.count {
            case 1: 0x7F
            case 2: 0x1F
            case 3: 0x0F
            default: 0x07
            }
        let value = bytes.dropFirst().reduce(UInt32(bytes[bytes.startIndex] & mask)) { $0 << 6 | UInt32($1 & 0x3F) }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
