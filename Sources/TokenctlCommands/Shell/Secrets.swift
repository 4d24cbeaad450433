import Foundation
import Registry
import RegistryAPI

extension Shell {
    /// A code from the command line, from a file, or from standard input (`-`).
    func code(argument: String?, file: String?) throws -> SecretText? {
        switch (argument, file) {
        case (nil, nil): return nil
        case (.some, .some): throw UsageError("Give the code as an argument or in a file, not both.")
        case ("-"?, nil):
            guard let line = terminal.readLine() else { throw UsageError("Standard input is empty; expected a code.") }
            return SecretText(line)
        case (let argument?, nil): return SecretText(argument)
        case (nil, let file?):
            do {
                return SecretText(String(decoding: try InputFile.contents(of: file), as: UTF8.self))
            } catch {
                throw Refusal.cannotReadFile(file, error.reason)
            }
        }
    }
}
