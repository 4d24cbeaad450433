/// Writes CSV in the form of RFC 4180: fields parted by `,`, lines ended by LF unless they are for Excel, quotes only where they are needed.
///
/// A field that a spreadsheet would take for a formula gets a `'` before it; ``CSVReader`` takes that off again.
public struct CSVWriter: Sendable {
    private let isForExcel: Bool

    /// - Parameter isForExcel: what Excel opens as it is in every language: a byte order mark, a line `sep=,`, and lines
    ///   ended by CRLF. ``CSVReader`` reads that too.
    public init(forExcel isForExcel: Bool = false) {
        self.isForExcel = isForExcel
    }

    /// Appends what stands above the header.
    public func begin(_ output: inout [UInt8]) {
        if isForExcel { output.append(contentsOf: "\u{FEFF}sep=,\r\n".utf8) }
    }

    private var lineEnd: String { isForExcel ? "\r\n" : "\n" }

    /// Appends one line.
    public func append(_ fields: some Collection<String>, to output: inout [UInt8]) {
        // A lone empty field would otherwise be an empty line, which readers skip.
        if fields.count == 1, let field = fields.first, field.isEmpty {
            output.append(contentsOf: "\"\"\(lineEnd)".utf8)
            return
        }
        var isFirst = true
        for field in fields {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            append(field, to: &output)
        }
        output.append(contentsOf: lineEnd.utf8)
    }

    /// One line, its end included.
    public func line(_ fields: some Collection<String>) -> String {
        var output: [UInt8] = []
        append(fields, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func append(_ field: String, to output: inout [UInt8]) {
        let field = CSVFormula.isLike(field) ? "'\(field)" : field
        guard field.utf8.contains(where: Self.needsQuotes) else {
            output.append(contentsOf: field.utf8)
            return
        }
        output.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { output.append(byte) }
            output.append(byte)
        }
        output.append(UInt8(ascii: "\""))
    }

    /// The semicolon too: in a header it would make a reader doubt what parts the columns.
    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        default: false
        }
    }
}
