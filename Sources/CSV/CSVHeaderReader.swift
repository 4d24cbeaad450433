/// Gathers the header of a CSV file from its pieces; empty lines above it are skipped.
struct CSVHeaderReader: Sendable {
    /// The line that is being read; once there is a header, the line below it.
    private(set) var line = 1

    private let required: [String]
    private let optional: [String]
    private var bytes: [UInt8] = []
    private var isInQuotes = false
    /// As the header shows it.
    private(set) var encoding = TextEncoding()

    init(required: [String], optional: [String]) {
        self.required = required
        self.optional = optional
    }

    /// Reads on from `index`, and moves it behind the header; nil while the header has not ended.
    ///
    /// - Throws: ``CSVError`` for a header that cannot be used.
    mutating func read(_ chunk: UnsafeRawBufferPointer, _ index: inout Int) throws(CSVError) -> CSVHeader? {
        while index < chunk.count {
            let byte = chunk[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\n") where !isInQuotes:
                if let header = try header() { return header }
                continue
            case UInt8(ascii: "\""):
                isInQuotes.toggle()
            case 0:
                throw CSVError.header(
                    line,
                    "Line \(line) has a NUL byte: the file is not text, or it is UTF-16 without a byte order mark."
                )
            default: break
            }
            bytes.append(byte)
            guard bytes.count <= CSVReader.fieldLimit else {
                throw CSVError.header(
                    line,
                    "The header, line \(line), is longer than \(CSVReader.fieldLimit) bytes; a quote may be open."
                )
            }
        }
        return nil
    }

    /// The header of a file that has nothing below it.
    ///
    /// - Throws: ``CSVError`` for a header that cannot be used, and for an empty file.
    mutating func finish() throws(CSVError) -> CSVHeader {
        guard !isInQuotes else {
            throw CSVError.header(line, "A quote in the header, line \(line), is never closed.")
        }
        guard let header = try header() else {
            throw CSVError.header(1, "The file is empty; its first line has to name the columns.")
        }
        return header
    }

    /// `sep=;`, as Excel writes and wants it above the header. What parts the columns, the header shows.
    private static func isSeparatorLine(_ content: ArraySlice<UInt8>) -> Bool {
        let bare = content.first == UInt8(ascii: "\"") ? content.dropFirst().dropLast() : content
        return bare.count == 5 && bare.starts(with: Array("sep=".utf8))
    }

    /// Makes the header of the bytes gathered; nil when the line is empty.
    private mutating func header() throws(CSVError) -> CSVHeader? {
        var content = bytes[...]
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
        if content.last == UInt8(ascii: "\r") { content.removeLast() }
        if content.contains(UInt8(ascii: "\r")) {
            throw CSVError.header(
                line,
                "The header has a carriage return that no line feed follows. Save the file with line feeds."
            )
        }
        let header =
            content.isEmpty || Self.isSeparatorLine(content)
            ? nil : try CSVHeader(line: line, bytes: Array(content), &encoding, required: required, optional: optional)
        line += 1 + content.count { $0 == UInt8(ascii: "\n") }
        bytes = []
        return header
    }
}
