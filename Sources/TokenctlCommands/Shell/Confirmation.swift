import ArgumentParser
import Registry
import RegistryAPI

/// The options of every command that does what cannot be undone.
struct ConfirmationOptions: ParsableArguments {
    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    init() {}
}

/// What a person is asked before something that cannot be undone.
struct Confirmation {
    /// What will happen.
    let summary: String
    /// What has to be typed.
    let word: String

    init(_ summary: String, typing word: String) {
        self.summary = summary
        self.word = word
    }
}

extension Shell {
    /// Carries out a use case that cannot be undone.
    ///
    /// It is rehearsed first, so that a refusal is told before anybody is asked, and the question says what it would do.
    /// Nobody is asked with `--yes` or `--dry-run`.
    ///
    /// - Throws: `UsageError` when nobody can be asked, and when something else is typed.
    func callConfirmed<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        _ write: WriteOptions,
        _ confirmation: ConfirmationOptions,
        asking question: (U.Output) -> Confirmation
    ) async throws -> U.Output {
        let options = try options(write)
        if !write.isDryRun, !confirmation.yes {
            try confirm(question(await call(useCase, fields, options.rehearsal)))
        }
        return try await call(useCase, fields, options)
    }

    /// Asks a person to type a word before what cannot be undone.
    ///
    /// - Throws: `UsageError` when nobody can be asked, and when something else is typed.
    func confirm(_ confirmation: Confirmation) throws {
        guard global.asksQuestions else {
            let reason = terminal.isInteractive ? "--no-input was given" : "Not a terminal"
            throw UsageError("\(confirmation.summary) \(reason), so I can't ask for confirmation; pass --yes.")
        }
        terminal.writeError(
            "\(confirmation.summary.escapedLines)\nType \(terminal.styled(confirmation.word.escaped, .bold)) to continue: "
        )
        guard let answer = terminal.readLine(), trimmingBlanks(answer).lowercased() == confirmation.word.lowercased()
        else {
            throw UsageError("Nothing was done: the answer was not \(confirmation.word).")
        }
    }

    /// Asks a person for a number that is needed.
    ///
    /// - Throws: `UsageError` when something else is typed.
    func askForNumber(_ question: String) throws -> Int {
        terminal.writeError("\(question.escapedLines): ")
        let answer = trimmingBlanks(terminal.readLine() ?? "")
        guard let number = Int(answer), number >= 0 else {
            throw UsageError("Nothing was done: the answer was not a number.")
        }
        return number
    }

    /// Asks for a text; an empty answer is `suggestion`.
    func ask(_ question: String, default suggestion: String) -> String {
        terminal.writeError("\(question.escapedLines) [\(suggestion.escaped)] ")
        let answer = trimmingBlanks(terminal.readLine() ?? "")
        return answer.isEmpty ? suggestion : answer
    }
}

extension CommandOptions {
    /// The same request as a dry run.
    var rehearsal: CommandOptions {
        var options = self
        options.isDryRun = true
        options.idempotencyKey = nil
        return options
    }
}
