import RegistryAPI

/// A request's path and query, decoded.
struct RequestTarget: Sendable {
    /// Each decoded on its own, so an escaped slash stays inside its segment.
    let segments: [String]
    let query: [(name: String, value: String)]

    /// - Throws: `RequestProblem` for a target that is not a path, holds a bad escape, a NUL, or a `.` or `..` segment.
    init(_ target: String) throws {
        guard target.utf8.first == UInt8(ascii: "/") else { throw Self.problem("the target is not a path") }
        let bytes = Array(target.utf8)
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        let path = bytes[1..<(mark ?? bytes.count)]
        segments = try path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { segment in
            let decoded = try Self.decode(segment, plusIsBlank: false)
            guard decoded != ".", decoded != ".." else { throw Self.problem("the path contains a segment of dots") }
            return decoded
        }
        guard let mark else {
            query = []
            return
        }
        query = try bytes[(mark + 1)...].split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (
                try Self.decode(parts[0], plusIsBlank: true),
                parts.count > 1 ? try Self.decode(parts[1], plusIsBlank: true) : ""
            )
        }
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool) throws -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
                else { throw Self.problem("a percent sign is not followed by two hexadecimal digits") }
                byte = high << 4 | low
                index += 2
            } else if plusIsBlank, byte == UInt8(ascii: "+") {
                byte = 0x20
            }
            guard byte != 0 else { throw Self.problem("the target contains a NUL") }
            decoded.append(byte)
            index += 1
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw Self.problem("the target is not UTF-8")
        }
        return text
    }

    private static func problem(_ reason: String) -> RequestProblem {
        RequestProblem(.requestMalformed, "The request's target is not valid: \(reason).")
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
