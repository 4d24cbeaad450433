import FoundationEssentials
import Registry
import RegistryAPI

/// The reconciliations of several files, told as they come; in JSON one list.
struct ReconciliationBatch {
    private let shell: Shell
    private var reports: [ReconciliationReport] = []
    private var rows: Printer.PrintedList<DifferenceRow>
    private var hasDifferences = false
    private var failure: Int32?

    /// - Throws: `UsageError`.
    init(shell: Shell) throws {
        self.shell = shell
        rows = try Printer.PrintedList(printer: shell.printer)
    }

    /// The files of a folder in the order of their names, hidden ones left out; any other path as it is.
    static func files(at path: String) -> [String] {
        guard path != "-", let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [path] }
        return names.filter { !$0.hasPrefix(".") }.sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }

    /// Whether it is about one file, and not about all that is asked.
    static func isOfTheFile(_ problem: Problem) -> Bool { [5, 6, 9, 65, 66].contains(problem.exitCode) }

    mutating func add(_ report: ReconciliationReport, of file: String) throws {
        var report = report
        report.file = file
        hasDifferences = hasDifferences || !report.differences.isEmpty
        switch shell.global.format {
        case .json: reports.append(report)
        case .csv, .ndjson: rows.add(report.differences)
        default:
            try report.print(in: shell)
            return
        }
        report.tell(in: shell)
    }

    mutating func add(_ problem: Problem, of file: String) {
        failure = failure ?? problem.exitCode
        let reporter = ProblemReporter(terminal: shell.terminal, isJSON: false)
        _ = reporter.report(
            Problem(
                code: problem.code,
                title: problem.title,
                status: problem.status,
                exitCode: problem.exitCode,
                detail: "\(file): \(problem.detail)",
                rule: problem.rule,
                requestID: problem.requestID,
                problems: problem.problems.count == 1 ? [] : problem.problems
            )
        )
    }

    /// - Throws: `ExitStatus` with the first failure's exit code, or 10 where that was asked for.
    func finish(detailedExitCode: Bool) throws {
        switch shell.global.format {
        case .json: shell.terminal.write((reports.isEmpty ? "[]" : Printer.json(reports)) + "\n")
        case .csv, .ndjson: try rows.finish()
        default: break
        }
        if let failure { throw ExitStatus(code: failure) }
        if detailedExitCode, hasDifferences { throw ExitStatus(code: 10) }
    }
}
