import ArgumentParser
import Registry
import RegistryAPI

/// The file of a command that takes one row or many.
struct RowsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take the rows of this CSV or NDJSON file, or - for standard input: all of them, or none.",
            valueName: "file"
        ),
        completion: .file()
    )
    var file: String?

    init() {}

    /// - Parameters:
    ///   - single: what the command takes where it takes no file.
    ///   - words: what it takes then, for a person.
    ///   - isGiven: whether the rest of that was given.
    /// - Throws: `ValidationError` unless there is either of the two.
    func check(_ single: String?, _ words: String, isGiven: Bool) throws {
        guard file == nil || single == nil else { throw ValidationError("Give \(words), or --file, not both.") }
        guard file != nil || (single != nil && isGiven) else { throw ValidationError("Give \(words), or --file.") }
    }
}

extension Shell {
    /// Carries out the rows of a file, all or none. A person sees first what they would do, and is asked.
    func callRows<U: TakesRows>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file path: String,
        _ write: WriteOptions,
        _ confirmation: ConfirmationOptions,
        summary: (U.Output) -> String
    ) async throws -> U.Output {
        let file = try UploadedFile(path: path)
        let options = try options(write)
        if global.asksQuestions, !write.isDryRun, !confirmation.yes {
            let planned = try await call(useCase, fields, file: file, options.rehearsal)
            try confirm(Confirmation("\(file.name): \(summary(planned))", typing: "yes"))
        }
        return try await call(useCase, fields, file: file, options)
    }

    /// The same, and prints what was done.
    func printRows<U: TakesRows>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file path: String,
        _ write: WriteOptions,
        _ confirmation: ConfirmationOptions
    ) async throws where U.Output == Performed<BatchResource> {
        let batch = try await callRows(useCase, fields, file: path, write, confirmation) { $0.answer.summary }
        warn(batch.warnings)
        printer.print(batch)
    }
}

extension BatchResource {
    /// What it would do, for a person.
    fileprivate var summary: String {
        var lines = parts.map { "  \($0.what): \($0.rows)" }
        if unchanged > 0 { lines.append("  as it is already: \(unchanged)") }
        return ([counted(rows, "row")] + lines).joined(separator: "\n")
    }
}

extension BatchResource: Row {
    static let rowStyle = RowStyle(
        headings: ["parts": "DID"],
        texts: ["parts": { $0.listed { "\($0[text: "what"]): \($0[text: "rows"])" } }]
    )
}
