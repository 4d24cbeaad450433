import CSV

/// The rows of a file as people have them: CSV under a header, or NDJSON, an object on each line. The first character
/// tells which.
struct RowFile {
    let columns: [RowColumn]
    /// What stands in for an empty field, by its name.
    let defaults: [String: String]
    private(set) var problems: [InputProblem] = []

    init(_ columns: [RowColumn], defaults: [String: String] = [:]) {
        self.columns = columns
        self.defaults = defaults
    }

    /// Hands over each row that can be read; what is wrong with the others is told in ``problems``.
    /// - Throws: `Refusal` with `import.invalid` for a file that cannot be read, and what `consume` throws.
    mutating func read(_ file: UploadedFile, row consume: (FileRow) throws -> Void) throws {
        var source = try file.open()
        var first: [UInt8] = []
        while let chunk = try source.next() {
            first += chunk
            if Self.beginning(of: first) != nil { break }
        }
        if Self.beginning(of: first) == UInt8(ascii: "{") {
            try readObjects(first, source, consume)
        } else {
            try readCSV(first, source, consume)
        }
    }

    /// The first character that is no blank and no part of a byte order mark.
    private static func beginning(of bytes: [UInt8]) -> UInt8? {
        bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    }

    // MARK: CSV

    private mutating func readCSV(
        _ first: [UInt8],
        _ source: any ChunkSource,
        _ consume: (FileRow) throws -> Void
    ) throws {
        var source = source
        let names = columns.flatMap(\.names)
        var reader = CSVReader(required: [], optional: names)
        var shape: HeaderShape?
        let take = { (row: CSVRow) in
            let header = try shape ?? HeaderShape(row.header, columns, defaults: defaults)
            shape = header
            if let read = header.row(row, defaults: defaults, problems: &problems) { try consume(read) }
        }
        do {
            if !first.isEmpty { try reader.read(first, row: take) }
            while let chunk = try source.next() { try reader.read(chunk, row: take) }
            try reader.finish(row: take)
        } catch let error as CSVError {
            throw Refusal(error)
        }
        if let header = reader.header, shape == nil { _ = try HeaderShape(header, columns, defaults: defaults) }
        problems += reader.inputProblems
    }

    /// Which columns a CSV file has.
    private struct HeaderShape {
        private let columns: [RowColumn]
        /// For each column its number, as the reader counts it; nil where the file lacks it.
        private let numbers: [Int?]
        private let names: [String: String]

        /// - Throws: `Refusal` with `import.invalid` for a column that nobody knows, one that is there under two names,
        ///   and one that is missing.
        init(_ header: CSVHeader, _ columns: [RowColumn], defaults: [String: String]) throws {
            self.columns = columns
            var number = 0
            var numbers: [Int?] = []
            var names: [String: String] = [:]
            let wanted = columns.flatMap(\.names)
            for column in columns {
                let present = column.names.indices.map { number + $0 }.filter(header.has)
                number += column.names.count
                numbers.append(present.first)
                guard let field = column.field, let first = present.first else { continue }
                names[field] = wanted[first]
                guard present.count > 1 else { continue }
                let twice = present.map { quoted(wanted[$0]) }.joined(separator: " and ")
                throw Self.invalid("The header names the same thing twice: \(twice).")
            }
            self.numbers = numbers
            self.names = names
            try Self.checkNames(header, wanted)
            let missing = columns.filter { column in
                column.isRequired && column.field.map { names[$0] == nil && defaults[$0] == nil } ?? false
            }
            guard let first = missing.first else { return }
            throw Self.invalid(
                "The header lacks the column\(missing.count == 1 ? "" : "s") "
                    + "\(missing.map { quoted($0.names[0]) }.joined(separator: ", ")).",
                column: first.names[0]
            )
        }

        private static func checkNames(_ header: CSVHeader, _ wanted: [String]) throws {
            guard let name = header.unrecognized.first(where: { !$0.isEmpty }) else { return }
            let near = nearNames(to: name, among: wanted)
            throw invalid("There is no column \(shown(name)).\(suggestion(near))", column: ActivationCode.masking(name))
        }

        private static func invalid(_ detail: String, column: String? = nil) -> Refusal {
            let detail = ActivationCode.masking(detail).escaped
            let problem = InputProblem(row: 1, column: column, code: .importInvalid, detail: detail)
            return Refusal(.importInvalid, detail, inputProblems: [problem])
        }

        func row(_ row: CSVRow, defaults: [String: String], problems: inout [InputProblem]) -> FileRow? {
            var read = FileRow(line: row.line, values: defaults, columns: names)
            for (column, number) in zip(columns, numbers) {
                guard let number else { continue }
                let text = trimmingBlanks(row.text(of: number))
                if let problem = read.take(text, in: column) {
                    problems.append(problem)
                    return nil
                }
            }
            return read
        }
    }
}

extension FileRow {
    /// Takes a column's text in.
    /// - Returns: what is wrong with it.
    fileprivate mutating func take(_ text: String, in column: RowColumn) -> InputProblem? {
        if let only = column.only, !text.isEmpty, text != only {
            return InputProblem(
                row: line,
                column: column.names[0],
                code: .inputInvalid,
                detail: only.isEmpty
                    ? "The row is of something that ended on \(shown(text).escaped); leave it out."
                    : "The row is of another kind, \(shown(text).escaped), not \(only)."
            )
        }
        if let field = column.field, !text.isEmpty { values[field] = text }
        return nil
    }
}

// MARK: NDJSON

extension RowFile {
    private mutating func readObjects(
        _ first: [UInt8],
        _ source: any ChunkSource,
        _ consume: (FileRow) throws -> Void
    ) throws {
        var lines = JSONLines(first, source)
        var byName: [String: RowColumn] = [:]
        for column in columns { for name in column.names { byName[name] = column } }
        let names = Dictionary(
            columns.compactMap { column in column.field.map { ($0, column.names[0]) } },
            uniquingKeysWith: { first, _ in first }
        )
        while let line = try lines.next() {
            var read = FileRow(line: line.number, values: defaults, columns: names)
            var found: InputProblem?
            switch line.content {
            case .failure(let fault): found = read.problem(nil, code: .importInvalid, fault.detail)
            case .success(let object):
                for (name, value) in object {
                    guard let column = byName[name] else {
                        let near = suggestion(nearNames(to: name, among: byName.keys.sorted()))
                        found = read.problem(nil, code: .importInvalid, "There is no field \(shown(name)).\(near)")
                        break
                    }
                    guard let text = value.text else {
                        if column.field == nil { continue }
                        found = InputProblem(
                            row: line.number,
                            column: name,
                            code: .inputInvalid,
                            detail: "It is neither a text nor a number nor true or false."
                        )
                        break
                    }
                    found = read.take(trimmingBlanks(text), in: column)
                    if found != nil { break }
                }
            }
            if let found {
                problems.append(found)
                continue
            }
            if let missing = columns.first(where: { $0.isRequired && $0.field.map { read.values[$0] == nil } ?? false })
            {
                problems.append(read.problem(missing.field, code: .inputInvalid, "It is missing."))
                continue
            }
            try consume(read)
        }
    }
}
