import Registry
import RegistryAPI

extension Shell {
    /// Asks a person to type `word` before what cannot be undone.
    ///
    /// - Throws: `UsageError` when nobody can be asked, and when something else is typed.
    func confirm(_ question: String, typing word: String) throws {
        guard global.asksQuestions else {
            throw UsageError(
                "\(question) Nobody is there to be asked, so nothing was done.",
                hint: "run it again with --yes, or with --dry-run to see all that it would do"
            )
        }
        terminal.writeError("\(question)\nType \(terminal.styled(word, .bold)) to go on: ")
        guard let answer = terminal.readLine(), trimmed(answer).lowercased() == word.lowercased() else {
            throw UsageError("Nothing was done: the answer was not \(word).")
        }
    }

    private func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
