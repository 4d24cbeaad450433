/// One row of a CSV file below its header. It has as many fields as the header, all of them UTF-8.
///
/// A row may be kept. It is cheapest, though, to take from it what is needed and to let it go: then the reader uses its
/// memory again for the next one.
public struct CSVRow: Sendable {
    /// The line of the file that the row begins on, from 1. A quoted field can make a row go over several.
    public let line: Int
    public let header: CSVHeader
    /// The fields one after another, without quotes.
    let content: [UInt8]
    /// Where in `content` each field ends.
    let ends: [Int]

    /// How many fields there are.
    public var count: Int { ends.count }

    /// The bytes of the column of this number, counted as in ``CSVReader/init(required:optional:problemLimit:)``;
    /// nothing where the file lacks an optional column.
    public func bytes(of column: Int) -> ArraySlice<UInt8> {
        header.positions[column].map(bytes(at:)) ?? []
    }

    /// The text of the column of this number; empty where the file lacks an optional column.
    public func text(of column: Int) -> String {
        String(decoding: bytes(of: column), as: UTF8.self)
    }

    /// The bytes of the field at this position in the file, from 0.
    public func bytes(at position: Int) -> ArraySlice<UInt8> {
        content[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }

    /// The text of the field at this position in the file, from 0.
    public func text(at position: Int) -> String {
        String(decoding: bytes(at: position), as: UTF8.self)
    }

    /// What the file calls the column of this number; nil where it lacks an optional column.
    public func name(of column: Int) -> String? {
        header.positions[column].map { header.names[$0] }
    }
}
