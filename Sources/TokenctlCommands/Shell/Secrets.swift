import Registry
import RegistryAPI

extension Shell {
    /// A code from the command line, which is warned of, from a file, or from standard input (`-`).
    func code(argument: String?, file: String?) throws -> String? {
        switch (argument, file) {
        case (nil, nil): return nil
        case (.some, .some): throw UsageError("Give the code as an argument or in a file, not both.")
        case ("-"?, nil):
            guard let line = global.asksQuestions ? terminal.readSecret("Code: ") : terminal.readLine() else {
                throw UsageError("Standard input is empty; expected a code.")
            }
            return line
        case (let argument?, nil):
            if (try? ActivationCode(parsing: argument)) != nil { warnOfVisibleCode() }
            return argument
        case (nil, let file?):
            return String(decoding: try InputFile.contents(of: file), as: UTF8.self)
        }
    }

    /// A code that is asked for at a terminal; nil where nobody can be asked.
    func askForCode() -> String? {
        guard global.asksQuestions else { return nil }
        return terminal.readSecret("Code: ")
    }

    /// Standard error of a command that prints JSON is for problem documents.
    private func warnOfVisibleCode() {
        guard global.format == .table, !global.isSilent else { return }
        terminal.writeError(
            terminal.styled("Warning: ", .yellow)
                + "Other users may see a code on the command line, and it stays in the shell's history; "
                + "pass - or --code-file FILE.\n"
        )
    }
}
