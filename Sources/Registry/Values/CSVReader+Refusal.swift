public import CSV

extension CSVReader {
    /// Hands over each row of a file.
    /// - Throws: `Refusal` with `import.invalid` for a file that cannot be read, and what `consume` throws.
    public mutating func read(_ file: any ChunkSource, row consume: (CSVRow) throws -> Void) throws {
        var file = file
        do {
            while let chunk = try file.next() { try read(chunk, row: consume) }
            try finish(row: consume)
        } catch let error as CSVError {
            throw Refusal(error)
        }
    }

    /// What was wrong with the rows that were left out.
    public var inputProblems: [InputProblem] { problems.map(InputProblem.init) }
}

extension Refusal {
    /// A file that cannot be read, or no further.
    public init(_ error: CSVError) {
        self.init(.importInvalid, said(error.detail), inputProblems: error.problems.map(InputProblem.init))
    }
}

extension InputProblem {
    /// A row that could not be read.
    public init(_ problem: CSVProblem) {
        self.init(
            row: problem.line,
            column: problem.column,
            code: .importInvalid,
            detail: said(problem.detail)
        )
    }
}

extension CSVRow {
    /// Names this row's column of this number as the place of something wrong.
    public func problem(
        _ column: Int,
        code: RefusalCode = .importInvalid,
        rule: Rule? = nil,
        _ detail: String
    ) -> InputProblem {
        InputProblem(row: line, column: name(of: column), code: code, rule: rule, detail: detail)
    }
}

/// A sentence that may repeat what a file says.
private func said(_ detail: String) -> String {
    ActivationCode.masking(detail).escaped
}
