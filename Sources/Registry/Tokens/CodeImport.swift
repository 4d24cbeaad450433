import CSV

/// What importing a file of codes has found so far, whether they are tokens or product keys: its bad rows and its
/// warnings.
struct CodeImport {
    /// At most so many bad rows are named one by one.
    static let problemLimit = 1_000
    /// At most so many warnings are given.
    static let warningLimit = 100

    private(set) var warnings: [Warning] = []
    private var problems: [InputProblem] = []
    private var problemCount = 0

    /// Reads the code in a row's column; nil, and a bad row, when it is malformed.
    mutating func code(in row: CSVRow, column: Int) -> ActivationCode? {
        do {
            return try ActivationCode(parsing: row.text(of: column))
        } catch {
            report(row, column, .codeMalformed, error.reason)
            return nil
        }
    }

    /// Warns of characters that Microsoft's codes do not have.
    mutating func checkAlphabet(of code: ActivationCode, in row: CSVRow) {
        guard warnings.count < Self.warningLimit, let warning = code.alphabetWarning else { return }
        warn(warning.code, rule: nil, warning.detail, in: row)
    }

    mutating func warn(_ code: String, rule: Rule?, _ detail: String, in row: CSVRow) {
        guard warnings.count < Self.warningLimit else { return }
        warnings.append(Warning(code: code, rule: rule, detail: "Line \(row.line): \(detail)"))
    }

    mutating func report(_ row: CSVRow, _ column: Int, _ code: RefusalCode, _ detail: String, rule: Rule? = nil) {
        problemCount += 1
        guard problems.count < Self.problemLimit else { return }
        problems.append(row.problem(column, code: code, rule: rule, detail))
    }

    /// - Parameters:
    ///   - unreadable: the rows that the reader left out.
    ///   - figures: sentences that say more of the whole.
    /// - Throws: `Refusal` with `import.invalid` that names every bad row, up to the limit.
    func refuseProblems(unreadable: [InputProblem], subject: String, figures: [String] = []) throws {
        let count = problemCount + unreadable.count
        guard count > 0 else { return }
        let all = (problems + unreadable).sorted { ($0.row, $0.column ?? "") < ($1.row, $1.column ?? "") }
        let named = Array(all.prefix(Self.problemLimit))
        throw Refusal(
            .importInvalid,
            "\(count == 1 ? "A row of the file is" : "\(count) rows or fields of the file are") wrong; nothing was "
                + "imported.\(count > named.count ? " The first \(named.count) are named." : "")"
                + figures.map { " \($0)" }.joined(),
            facts: ["problemCount": count, "subject": subject],
            inputProblems: named
        )
    }
}

/// A field as a message may show it: a code that stands in the wrong column is masked.
func shown(_ field: String) -> String {
    (try? ActivationCode(parsing: field)).map { quoted($0.masked) } ?? quoted(field)
}
