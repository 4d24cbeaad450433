/// Something that is wrong with a file, and where.
public struct CSVProblem: Hashable, Sendable {
    /// The line of the file, from 1.
    public let line: Int
    /// The column's name, as the file has it; nil where it is about the whole line.
    public let column: String?
    /// What is wrong, as a sentence. It may repeat what the file says.
    public let detail: String
}

/// Why a file cannot be read, or no further.
public struct CSVError: Error, Hashable, Sendable {
    /// As a sentence. It may repeat what the file says.
    public let detail: String
    /// What is wrong with the rows before, or with the header.
    public let problems: [CSVProblem]

    /// A header that cannot be used.
    static func header(_ line: Int, column: String? = nil, _ detail: String) -> CSVError {
        CSVError(detail: detail, problems: [CSVProblem(line: line, column: column, detail: detail)])
    }
}
