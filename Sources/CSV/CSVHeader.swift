/// The first line of a CSV file: which columns it has, and in which order.
public final class CSVHeader: Sendable {
    /// The columns' names as the file has them, without blanks at their ends.
    public let names: [String]
    /// `,` or `;`, whichever parts the columns of the header.
    public let delimiter: UInt8
    /// For each column that the reader was asked for, its position in the file; nil where the file lacks it.
    let positions: [Int?]

    /// Columns of the file that nobody asked for.
    public var unrecognized: [String] {
        names.indices.filter { !positions.contains($0) }.map { names[$0] }
    }

    /// Whether the file has the column of this number, counted as in ``CSVReader/init(required:optional:problemLimit:)``.
    public func has(_ column: Int) -> Bool {
        positions[column] != nil
    }

    /// - Throws: ``CSVError`` when a required column is missing, or a column is there twice.
    init(
        line: Int,
        bytes: [UInt8],
        _ encoding: inout TextEncoding,
        required: [String],
        optional: [String]
    ) throws(CSVError) {
        guard let text = encoding.text(bytes[...]) else {
            throw CSVError.header(line, "Line \(line), the header, is neither UTF-8 nor Windows-1252.")
        }
        delimiter = Self.delimiter(of: bytes)
        var fields = Self.split(text, by: Unicode.Scalar(delimiter))
        fields[0] = Self.withoutBrokenMark(fields[0])
        names = fields.map { Self.trimmed($0) }
        let keys = names.map { $0.lowercased() }

        var seen: Set<String> = []
        for (key, name) in zip(keys, names) where !key.isEmpty && !seen.insert(key).inserted {
            throw CSVError.header(line, column: name, "The header has the column \(Self.quoted(name)) twice.")
        }
        let wanted = required + optional
        positions = wanted.map { keys.firstIndex(of: $0.lowercased()) }
        let missing = zip(required, positions).filter { $0.1 == nil }.map(\.0)
        guard let first = missing.first else { return }
        let list = missing.map { Self.quoted($0) }.joined(separator: ", ")
        let known = names.filter { !$0.isEmpty }.map { Self.quoted($0) }.joined(separator: ", ")
        throw CSVError.header(
            line,
            column: first,
            "The header lacks the column\(missing.count == 1 ? "" : "s") \(list); it has \(known)."
        )
    }

    /// Of `,`, `;` and the tab, the one that is there most often outside quotes; `,` when that does not tell.
    private static func delimiter(of bytes: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let comma = UInt8(ascii: ",")
        return [UInt8(ascii: ";"), UInt8(ascii: "\t")].reduce(comma) { best, other in
            counts[other, default: 0] > counts[best, default: 0] ? other : best
        }
    }

    private static func split(_ text: String, by delimiter: Unicode.Scalar) -> [String] {
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        for scalar in text.unicodeScalars {
            if scalar == "\"" {
                isQuoted.toggle()
                // A doubled quote closes and opens again; one of the two belongs to the name.
                if isQuoted, !field.isEmpty { field.append(scalar) }
            } else if scalar == delimiter, !isQuoted {
                fields.append(String(field))
                field = String.UnicodeScalarView()
            } else {
                field.append(scalar)
            }
        }
        return fields + [String(field)]
    }

    /// Without a byte order mark that a detour through another encoding turned into `???` or `ï»¿`.
    private static func withoutBrokenMark(_ name: String) -> String {
        for mark in ["???", "ï»¿"] where name.hasPrefix(mark) { return String(name.dropFirst(mark.count)) }
        return name
    }

    /// Without blanks of any script, no-break spaces and byte order marks at its ends.
    private static func trimmed(_ name: String) -> String {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
        let scalars = name.unicodeScalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(String.UnicodeScalarView(scalars))
    }

    private static func quoted(_ name: String) -> String {
        "\"\(name.prefix(100))\(name.count > 100 ? "…" : "")\""
    }
}
