import Registry
import RegistryAPI

/// Tells errors on standard error: as a problem document in JSON mode, else for a person.
struct ProblemReporter {
    let terminal: any Terminal
    var isJSON: Bool

    /// - Returns: the exit code.
    func report(_ problem: Problem) -> Int32 {
        var problem = problem
        problem.hint = problem.hint ?? Hints.hint(for: problem)
        if isJSON {
            write(problem)
            return problem.exitCode
        }
        let rule = problem.rule.map { " [\($0)]" } ?? ""
        terminal.writeError("\(terminal.styled("Error\(rule):", .red)) \(problem.detail.escaped)\n")
        // A single row's problem may be all that there is to say.
        let rows = problem.problems.count == 1 && problem.problems[0].detail == problem.detail ? [] : problem.problems
        for row in rows.prefix(50) {
            let column = row.column.map { ", column \($0.escaped)" } ?? ""
            let rule = row.rule.map { " [\($0)]" } ?? ""
            terminal.writeError("  line \(row.row)\(column)\(rule): \(row.detail.escaped)\n")
        }
        if problem.problems.count > 50 {
            terminal.writeError("  and \(problem.problems.count - 50) more; -o json lists them.\n")
        }
        if let hint = problem.hint { terminal.writeError("\(terminal.styled("Try:", .bold)) \(hint.escaped)\n") }
        return problem.exitCode
    }

    func report(_ usage: UsageError) -> Int32 {
        if isJSON {
            write(usageProblem(usage.message, hint: usage.hint))
        } else {
            terminal.writeError("\(terminal.styled("Error:", .red)) \(usage.message.escapedLines)\n")
            if let hint = usage.hint { terminal.writeError("\(terminal.styled("Try:", .bold)) \(hint.escaped)\n") }
        }
        return 64
    }

    /// The argument parser's own complaint.
    func reportUsage(_ text: String, _ message: String) -> Int32 {
        if isJSON {
            write(usageProblem(message, hint: "tokenctl --help"))
        } else {
            terminal.writeError(text.escapedLines + "\n")
        }
        return 64
    }

    /// What nobody foresaw: whole, with the request's id.
    func reportUnforeseen(_ error: any Error, requestID: String) -> Int32 {
        terminal.writeError("tokenctl: request \(requestID): \("\(error)".escapedLines)\n")
        return report(Problem.internalError(requestID: requestID))
    }

    private func usageProblem(_ message: String, hint: String?) -> Problem {
        var problem = Problem(
            code: "usage",
            title: "Invalid command line",
            status: 400,
            exitCode: 64,
            detail: message,
            requestID: ""
        )
        problem.hint = hint
        return problem
    }

    private func write(_ problem: Problem) {
        terminal.writeError(Printer.json(problem) + "\n")
    }
}
