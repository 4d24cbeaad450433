/// Reads CSV as it comes, piece by piece, in memory that does not grow with the file.
///
///     var reader = CSVReader(required: ["code", "sku", "seats"])
///     while let chunk = try file.next() {
///         try reader.read(chunk) { row in use(row.text(of: 0)) }
///     }
///     try reader.finish { row in use(row.text(of: 0)) }
///
/// The form is that of RFC 4180, with the liberties that spreadsheets take: `;` or a tab instead of `,` (the header
/// decides), lines that end in LF alone, a byte order mark, UTF-16 behind one, Windows-1252 instead of UTF-8, and
/// Excel's line `sep=;` above the header. Column names are matched without regard to case and to blanks around them; their order is free. Empty lines are skipped. The `'` that ``CSVWriter`` puts before what begins like a formula is
/// taken off.
///
/// A row that cannot be read is told in ``problems`` and left out; reading goes on with the next. Only a file without a
/// usable header, and one with too many bad rows, ends the reading with an error.
public struct CSVReader: Sendable {
    /// The longest field, in bytes.
    public static let fieldLimit = 65_536

    /// What was wrong with the rows that were left out, in the order of the file.
    public private(set) var problems: [CSVProblem] = []
    /// Nil until the header was read.
    public private(set) var header: CSVHeader?

    private let problemLimit: Int
    private var headerReader: CSVHeaderReader

    private var transcoder = UTF16Transcoder()
    private var encoding = TextEncoding()
    private var state = State.fieldStart
    private var delimiter = UInt8(ascii: ",")
    private var line = 1
    private var rowLine = 1
    private var content: [UInt8] = []
    private var ends: [Int] = []
    private var fieldStart = 0
    private var fieldCount = 0
    private var rowIsQuoted = false
    private var seenBits: UInt8 = 0
    private var rowProblem: String?
    private var rowProblemColumn: Int?

    private enum State {
        case fieldStart, unquoted, quoted, quoteInQuoted, carriageReturn, skipping
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// - Parameters:
    ///   - required: Columns that the file must have. The rows' fields are asked for by their number here, from 0.
    ///   - optional: Columns that it may have; their numbers follow.
    ///   - problemLimit: How many bad rows are told before the reader gives up.
    public init(required: [String], optional: [String] = [], problemLimit: Int = 100_000) {
        headerReader = CSVHeaderReader(required: required, optional: optional)
        self.problemLimit = problemLimit
    }

    /// Reads the next piece of the file and hands over the rows that end in it.
    ///
    /// - Throws: ``CSVError`` for a header that cannot be used, and for too many bad rows; what `consume` throws.
    public mutating func read(_ chunk: [UInt8], row consume: (CSVRow) throws -> Void) throws {
        try chunk.withUnsafeBytes { try read($0, row: consume) }
    }

    /// Reads the next piece of the file and hands over the rows that end in it.
    ///
    /// - Throws: ``CSVError`` for a header that cannot be used, and for too many bad rows; what `consume` throws.
    public mutating func read(_ chunk: UnsafeRawBufferPointer, row consume: (CSVRow) throws -> Void) throws {
        guard let text = transcoder.utf8(chunk) else { return try readText(chunk, consume) }
        try text.withUnsafeBytes { try readText($0, consume) }
    }

    private mutating func readText(_ chunk: UnsafeRawBufferPointer, _ consume: (CSVRow) throws -> Void) throws {
        var index = 0
        if header == nil {
            guard let header = try headerReader.read(chunk, &index) else { return }
            begin(below: header)
        }
        try readRows(chunk, from: index, consume)
    }

    /// Says that the file has ended, and hands over its last row where no line end follows it.
    ///
    /// - Throws: ``CSVError`` for a file without a header, and for too many bad rows; what `consume` throws.
    public mutating func finish(row consume: (CSVRow) throws -> Void) throws {
        try transcoder.finish().withUnsafeBytes { try readText($0, consume) }
        if header == nil { begin(below: try headerReader.finish()) }
        switch state {
        case .quoted:
            rowProblem = "The quote that opens this field is never closed."
            rowProblemColumn = fieldCount
            try endRow(consume)
        case .fieldStart where fieldCount == 0: break
        case .skipping: try endSkipped()
        default: try endRow(consume)
        }
        state = .fieldStart
    }

    // MARK: Rows

    private mutating func begin(below header: CSVHeader) {
        self.header = header
        delimiter = header.delimiter
        encoding = headerReader.encoding
        line = headerReader.line
        rowLine = line
    }

    private mutating func readRows(
        _ chunk: UnsafeRawBufferPointer,
        from start: Int,
        _ consume: (CSVRow) throws -> Void
    ) throws {
        var index = start
        while index < chunk.count {
            switch state {
            case .fieldStart:
                if chunk[index] == Self.quote {
                    rowIsQuoted = true
                    state = .quoted
                    index += 1
                } else {
                    state = .unquoted
                }
            case .unquoted: try readUnquoted(chunk, &index, consume)
            case .quoted: readQuoted(chunk, &index)
            case .quoteInQuoted:
                let byte = chunk[index]
                index += 1
                if byte == Self.quote {
                    append(Self.quote)
                    state = .quoted
                } else if byte == delimiter {
                    endField()
                } else if byte == Self.lineFeed {
                    try endRow(consume)
                } else if byte == Self.carriageReturn {
                    state = .carriageReturn
                } else {
                    skip("Unexpected text after the closing quote; write a quote within a field twice.")
                    index -= 1
                }
            case .carriageReturn:
                if chunk[index] == Self.lineFeed {
                    index += 1
                    try endRow(consume)
                } else {
                    skip("A carriage return is not followed by a line feed.")
                }
            case .skipping:
                while index < chunk.count, chunk[index] != Self.lineFeed { index += 1 }
                guard index < chunk.count else { return }
                index += 1
                try endSkipped()
            }
        }
    }

    @inline(__always)
    private mutating func readUnquoted(
        _ chunk: UnsafeRawBufferPointer,
        _ index: inout Int,
        _ consume: (CSVRow) throws -> Void
    ) throws {
        let start = index
        let delimiter = delimiter
        var bits: UInt8 = 0
        var byte: UInt8 = 0
        while index < chunk.count {
            byte = chunk[index]
            // No byte that means something lies above the semicolon.
            if byte <= 0x3B,
                byte == delimiter || byte == Self.lineFeed || byte == Self.quote || byte == Self.carriageReturn
                    || byte == 0
            {
                break
            }
            bits |= byte
            index += 1
        }
        seenBits |= bits
        append(chunk, start..<index)
        guard index < chunk.count else { return }
        index += 1
        if byte == delimiter {
            endField()
        } else if byte == Self.lineFeed {
            try endRow(consume)
        } else if byte == Self.carriageReturn {
            state = .carriageReturn
        } else if byte == Self.quote {
            skip("Unexpected quote in an unquoted field.")
        } else {
            skip("There is a NUL byte.")
        }
    }

    private mutating func readQuoted(_ chunk: UnsafeRawBufferPointer, _ index: inout Int) {
        let start = index
        while index < chunk.count {
            let byte = chunk[index]
            if byte == Self.quote { break }
            if byte == Self.lineFeed { line += 1 }
            if byte == 0 { note("There is a NUL byte.") }
            seenBits |= byte
            index += 1
        }
        append(chunk, start..<index)
        if index < chunk.count {
            index += 1
            state = .quoteInQuoted
        }
    }

    @inline(__always)
    private mutating func append(_ chunk: UnsafeRawBufferPointer, _ range: Range<Int>) {
        guard content.count - fieldStart + range.count <= Self.fieldLimit else {
            return note("The field is longer than \(Self.fieldLimit) bytes.")
        }
        content.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[range]))
    }

    private mutating func append(_ byte: UInt8) {
        guard content.count - fieldStart < Self.fieldLimit else {
            return note("The field is longer than \(Self.fieldLimit) bytes.")
        }
        content.append(byte)
    }

    @inline(__always)
    private mutating func endField() {
        fieldCount += 1
        if fieldCount <= header?.names.count ?? 0 {
            if CSVFormula.isMarked(content[fieldStart...]) { content.remove(at: fieldStart) }
            ends.append(content.count)
            fieldStart = content.count
        } else {
            // Too many: they are counted, not kept.
            content.removeLast(content.count - fieldStart)
        }
        state = .fieldStart
    }

    private mutating func endRow(_ consume: (CSVRow) throws -> Void) throws {
        let isEmptyLine = fieldCount == 0 && content.isEmpty && !rowIsQuoted && rowProblem == nil
        endField()
        defer { beginRow() }
        guard let header, !isEmptyLine else { return }
        if rowProblem == nil {
            checkRow(header)
        }
        guard rowProblem == nil else { return try tellProblem() }
        try consume(CSVRow(line: rowLine, header: header, content: content, ends: ends))
    }

    private mutating func beginRow() {
        line += 1
        rowLine = line
        content.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        fieldStart = 0
        fieldCount = 0
        rowIsQuoted = false
        seenBits = 0
        rowProblem = nil
        state = .fieldStart
    }

    private mutating func checkRow(_ header: CSVHeader) {
        guard fieldCount == header.names.count else {
            rowProblem =
                "There \(fieldCount == 1 ? "is 1 field" : "are \(fieldCount) fields"), the header has"
                + " \(header.names.count)."
            rowProblemColumn = nil
            return
        }
        if seenBits >= 0x80 { decodeRow() }
    }

    /// Turns the fields into UTF-8.
    private mutating func decodeRow() {
        var decoded: [UInt8] = []
        var start = 0
        for column in ends.indices {
            guard let text = encoding.text(content[start..<ends[column]]) else {
                rowProblem = "The text is neither UTF-8, as the rest of the file is, nor Windows-1252."
                rowProblemColumn = column
                return
            }
            decoded.append(contentsOf: text.utf8)
            start = ends[column]
            ends[column] = decoded.count
        }
        content = decoded
    }

    // MARK: Problems

    /// Keeps the first thing wrong with the row, at the field that is being read.
    private mutating func note(_ problem: String) {
        guard rowProblem == nil else { return }
        rowProblem = problem
        rowProblemColumn = fieldCount
    }

    private mutating func skip(_ problem: String) {
        note(problem)
        state = .skipping
    }

    private mutating func endSkipped() throws {
        defer { beginRow() }
        try tellProblem()
    }

    private mutating func tellProblem() throws {
        let names = header?.names ?? []
        let column = rowProblemColumn.flatMap { $0 < names.count ? names[$0] : nil }
        let detail = rowProblem ?? "The row cannot be read."
        problems.append(CSVProblem(line: rowLine, column: column, detail: detail))
        guard problems.count <= problemLimit else {
            throw CSVError(
                detail:
                    "More than \(problemLimit) rows of the file cannot be read; reading stopped at line \(rowLine).",
                problems: problems
            )
        }
    }
}
