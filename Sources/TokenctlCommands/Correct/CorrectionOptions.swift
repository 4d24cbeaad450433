import ArgumentParser
import Registry
import RegistryAPI

/// The options of every correction.
struct CorrectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why: it is kept with the correction.", valueName: "text"))
    var reason: String

    @Option(
        help: ArgumentHelp("The day from which it is right (default: it was so from the start).", valueName: "date")
    )
    var on: String?

    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    init() {}
}

extension Shell {
    /// Corrects something, and shows a person what would change before it is done.
    ///
    /// - Parameter word: what has to be typed, for what must not be done by mistake; else "yes".
    /// - Throws: `UsageError` when the answer is not yes.
    func correct<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        _ correction: CorrectionOptions,
        _ write: WriteOptions,
        typing word: String? = nil
    ) async throws where U.Output == Performed<CorrectionResource> {
        let fields = fields.setting("reason", to: correction.reason).setting("on", to: correction.on)
        // What has to be typed is asked for wherever nobody can be asked, too.
        if !write.isDryRun, !correction.yes, global.asksQuestions || word != nil {
            let plan = try await call(useCase, fields, options(write).rehearsal)
            let warnings = plan.warnings.map { "\n\($0.detail)" }.joined()
            try confirm(Confirmation("\(plan.subject): \(plan.answer.summary).\(warnings)", typing: word ?? "yes"))
        }
        let corrected = try await call(useCase, fields, options(write))
        warn(corrected.warnings)
        printer.print(corrected)
    }
}

extension CorrectionResource {
    /// What changes, in a few words.
    var summary: String {
        changes.map { "\($0.field) \($0.was ?? "-") becomes \($0.becomes ?? "-")" }.joined(separator: ", ")
    }
}

extension CorrectionResource: Row {
    static let rowStyle = RowStyle(
        headings: ["corrects": "CORRECTS ROW", "on": "HOLDS FROM"],
        texts: [
            "changes": {
                $0.listed { "\($0[text: "field"]): \($0[text: "was"]) -> \($0[text: "becomes"])" }
            }
        ]
    )
}

extension CorrectionEntry: Row {
    static let rowStyle = RowStyle(headings: ["on": "HOLDS FROM"], hidden: ["recordedAt"])
}
