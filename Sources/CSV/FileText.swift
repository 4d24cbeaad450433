/// The text of a whole file as people have it, for what is not read as CSV.
public enum FileText {
    /// The file's bytes as UTF-8, without a byte order mark.
    ///
    /// UTF-16 is known by its mark, or by the NUL that its first character has without one; what is not UTF-8 is read as
    /// Windows-1252.
    /// - Returns: nil where it is in no encoding that the file can have.
    public static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
        var file = bytes
        if bytes.count >= 2, bytes.count.isMultiple(of: 2) {
            if bytes[0] != 0, bytes[1] == 0 { file = [0xFF, 0xFE] + bytes }
            if bytes[0] == 0, bytes[1] != 0 { file = [0xFE, 0xFF] + bytes }
        }
        if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
            var transcoder = UTF16Transcoder()
            return (file.withUnsafeBytes { transcoder.utf8($0) } ?? []) + transcoder.finish()
        }
        let body = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        if String(validating: body, as: UTF8.self) != nil { return Array(body) }
        return Windows1252.text(body).map { Array($0.utf8) }
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
