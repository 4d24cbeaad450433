/// The refusal of a file for its bad rows.
enum BatchRefusal {
    /// - Throws: `Refusal` that names every bad row; with the rows' own code and rule where all have the same.
    static func refuse(_ problems: [InputProblem]) throws {
        let problems = problems.sorted { ($0.row, $0.column ?? "") < ($1.row, $1.column ?? "") }
        guard let first = problems.first else { return }
        let isUniform = first.code != .inputInvalid && problems.allSatisfy { $0.code == first.code }
        let rows = Set(problems.map(\.row)).count
        throw Refusal(
            isUniform ? first.code : .importInvalid,
            rule: isUniform ? first.rule : nil,
            "\(rows == 1 ? "A row of the file is" : "\(rows) rows of the file are") wrong, so nothing was recorded.",
            facts: ["problemCount": problems.count],
            inputProblems: problems
        )
    }
}
