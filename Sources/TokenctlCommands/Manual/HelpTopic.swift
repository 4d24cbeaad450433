import ArgumentParser
import Registry

/// What `tokenctl help TOPIC` explains beside the commands.
enum HelpTopic: String, CaseIterable {
    case formats
    case dates
    case exitCodes = "exit-codes"
    case environment

    var text: String {
        let bytes =
            switch self {
            case .formats: PackageResources.formats_txt
            case .dates: PackageResources.dates_txt
            case .exitCodes: PackageResources.exit_codes_txt
            case .environment: PackageResources.environment_txt
            }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The topic that `arguments` ask for; nil where they ask for something else, or for a command.
    /// - Throws: `UsageError` where `help` is given a word that is neither.
    static func asked(_ arguments: [String]) throws -> HelpTopic? {
        guard arguments.first == "help", let word = arguments.dropFirst().first, !word.hasPrefix("-") else {
            return nil
        }
        if let topic = HelpTopic(rawValue: word) { return topic }
        let topics = allCases.map(\.rawValue)
        let commands = Tokenctl.configuration.subcommands.map { $0._commandName }
        if commands.contains(word) { return nil }
        throw UsageError(
            "There is no command and no topic '\(ActivationCode.excerpt(of: word, 40))'."
                + "\(didYouMean(word, topics + commands)) The topics are \(topics.joined(separator: ", ")).",
            hint: "tokenctl help"
        )
    }
}
