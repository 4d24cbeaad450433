import Foundation
import RegistryAPI

extension Shell {
    /// A code from the command line, from a file, or from standard input (`-`).
    func code(argument: String?, file: String?) throws -> SecretText? {
        switch (argument, file) {
        case (nil, nil): return nil
        case (.some, .some): throw UsageError("Give the code either as an argument or in a file.")
        case ("-"?, nil):
            guard let line = terminal.readLine() else { throw UsageError("Standard input has no code.") }
            return SecretText(line)
        case (let argument?, nil): return SecretText(argument)
        case (nil, let file?):
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw UsageError("The file \(file) cannot be read.")
            }
            return SecretText(text)
        }
    }
}
