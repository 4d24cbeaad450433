import ArgumentParser
import Registry

/// Finds the word of a command line that is no command, which the argument parser would only call unexpected.
enum MistypedCommand {
    /// - Throws: `UsageError` that names the nearest command.
    static func check(_ arguments: [String]) throws {
        var command: any ParsableCommand.Type = Tokenctl.self
        var path: [String] = []
        for word in arguments {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty || word.hasPrefix("-") || (path.isEmpty && word == "help") { return }
            guard let next = subcommands.first(where: { $0._commandName == word }) else {
                throw error(word, after: path, subcommands.map { $0._commandName })
            }
            command = next
            path.append(word)
        }
    }

    private static func error(_ word: String, after path: [String], _ known: [String]) -> UsageError {
        let noun = (["tokenctl"] + path).joined(separator: " ")
        let near = nearest(word, after: path, known)
        let sentence = "'\(noun)' has no command '\(ActivationCode.excerpt(of: word, 40))'."
        guard let first = near.first else {
            let words = path.isEmpty ? "" : " Its commands are \(known.joined(separator: ", "))."
            return UsageError(sentence + words, hint: "\(noun) --help")
        }
        let names = near.map { "'\($0)'" }.joined(separator: " or ")
        return UsageError("\(sentence) Did you mean \(names)?", hint: "\(first) --help")
    }

    /// The nearest words, as whole commands; after `tokenctl` alone also a verb that nouns have.
    private static func nearest(_ word: String, after path: [String], _ known: [String]) -> [String] {
        let near = nearNames(to: word, among: known, limit: 2)
        if !near.isEmpty { return near.map { (["tokenctl"] + path + [$0]).joined(separator: " ") } }
        guard path.isEmpty else { return [] }
        let found = Tokenctl.configuration.subcommands.flatMap { noun in
            noun.configuration.subcommands.map { $0._commandName }.filter { $0 == word }
                .map { "tokenctl \(noun._commandName) \($0)" }
        }
        return found.count <= 3 ? found : []
    }
}
