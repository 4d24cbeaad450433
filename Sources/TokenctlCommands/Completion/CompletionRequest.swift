import ArgumentParser
import FoundationEssentials

/// A command line that is being typed, and which of its words.
struct CompletionRequest {
    /// What can stand in the word's place.
    enum Wanted {
        /// One of these, each with a few words about it.
        case words([(name: String, text: String)])
        case files
        case directories
        /// A name that the registry has.
        case live(LiveName)
    }

    /// What the word begins with.
    private(set) var current = ""
    private(set) var wanted = Wanted.words([])
    /// The options and arguments that stand before the word, by the name of their value, such as `org`.
    private(set) var given: [String: String] = [:]
    /// The command's words, such as `token show`.
    private(set) var path: [String] = []
    /// The options of the registry that stand before it.
    private var globalWords: [String] = []
    /// What they say.
    var global: GlobalOptions? { try? GlobalOptions.parse(globalWords) }
    /// What stands before each word that is offered.
    private(set) var prefix = ""

    /// - Parameters:
    ///   - words: those after `tokenctl`, up to the one that is being typed.
    ///   - index: that word's place.
    init(words: [String], at index: Int) {
        current = words.indices.contains(index) ? words[index] : ""
        // bash gives '--option=value' as three words.
        if current == "=" { current = "" }
        let before = words.prefix(index).filter { $0 != "=" }
        var command: any ParsableCommand.Type = Tokenctl.self
        var rest = before[...]
        var leading: [String] = []
        while let word = rest.first {
            if word.hasPrefix("-") {
                leading.append(word)
                rest = rest.dropFirst()
                if LeadingOptions.takesValue(word), let value = rest.first {
                    leading.append(value)
                    rest = rest.dropFirst()
                }
                continue
            }
            guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else { break }
            command = next
            path.append(word)
            rest = rest.dropFirst()
        }
        guard command.configuration.subcommands.isEmpty else {
            // A word that is no command has none below it.
            if rest.isEmpty { wanted = .words(Self.nouns(of: command)) }
            if path.isEmpty, let last = before.last, LeadingOptions.takesValue(last) || current.hasPrefix("-") {
                complete(leading[...], of: GlobalOptions.self)
            }
            return
        }
        complete(leading + rest, of: command)
    }

    private static func nouns(of command: any ParsableCommand.Type) -> [(name: String, text: String)] {
        command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map {
            ($0._commandName, $0.configuration.abstract)
        }
    }

    private mutating func complete(_ words: some Collection<String>, of command: any ParsableArguments.Type) {
        let arguments = Self.arguments(of: command)
        let positionals = arguments.filter { $0.kind == .positional }
        var used: Set<String> = []
        var pending: CompletableArgument?
        var count = 0
        var endsOptions = false
        for word in words {
            if let argument = pending {
                keep(word, of: argument)
                pending = nil
            } else if word == "--", !endsOptions {
                endsOptions = true
            } else if word.hasPrefix("-"), word.count > 1, !endsOptions {
                let name = String(word.prefix { $0 != "=" })
                used.insert(name)
                let argument = arguments.first { $0.spellings.contains(name) }
                if let argument, argument.kind == .option {
                    if name.count < word.count {
                        keep(String(word.dropFirst(name.count + 1)), of: argument)
                    } else {
                        pending = argument
                    }
                }
            } else {
                if let argument = positionals[place: count] { keep(word, of: argument) }
                count += 1
            }
        }
        if let pending { return wanted = pending.wanted(in: path) }
        if current.hasPrefix("-"), !endsOptions {
            if let equals = current.firstIndex(of: "="),
                let argument = arguments.first(where: { $0.spellings.contains(String(current[..<equals])) })
            {
                // A shell that does not split here wants the whole word again.
                prefix = String(current[...equals])
                current = String(current[current.index(after: equals)...])
                return wanted = argument.wanted(in: path)
            }
            return wanted = .words(
                arguments.filter { $0.isRepeating || used.isDisjoint(with: $0.spellings) }.compactMap { argument in
                    argument.spellings.first.map { ($0, argument.text) }
                }
            )
        }
        if let argument = positionals[place: count] { wanted = argument.wanted(in: path) }
    }

    private mutating func keep(_ value: String, of argument: CompletableArgument) {
        given[argument.valueName] = value
        guard let name = argument.spellings.first, ["--registry", "--key", "--socket", "--profile"].contains(name)
        else {
            return
        }
        globalWords += [name, value]
    }

    private static func arguments(of command: any ParsableArguments.Type) -> [CompletableArgument] {
        struct Tool: Decodable {
            struct Command: Decodable {
                var arguments: [CompletableArgument]?
            }

            let command: Command
        }
        let tool = try? JSONDecoder().decode(Tool.self, from: Data(command._dumpHelp().utf8))
        return (tool?.command.arguments ?? []).filter(\.shouldDisplay)
    }
}

extension Array {
    /// The item for the argument at `place`; the last one where that takes several.
    fileprivate subscript(place place: Int) -> Element? where Element == CompletableArgument {
        if indices.contains(place) { return self[place] }
        return last.flatMap { $0.isRepeating ? $0 : nil }
    }
}

/// An argument, and what can stand in its place.
struct CompletableArgument: Decodable {
    private let description: CommandDescription.Argument
    private let completionKind: Kind?

    private struct Kind: Decodable {
        struct List: Decodable {
            let values: [String]
        }

        struct Anything: Decodable {}

        var list: List?
        var file: Anything?
        var directory: Anything?
    }

    private enum CodingKeys: CodingKey {
        case completionKind
    }

    init(from decoder: any Decoder) throws {
        description = try CommandDescription.Argument(from: decoder)
        completionKind = try? decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .completionKind)
    }

    var kind: CommandDescription.Argument.Kind { description.kind }
    var shouldDisplay: Bool { description.shouldDisplay }
    var isRepeating: Bool { description.isRepeating }
    var spellings: [String] { description.spellings }
    var valueName: String { description.valueName ?? "" }
    var text: String { description.abstract ?? "" }

    /// - Parameter path: the command's words.
    func wanted(in path: [String]) -> CompletionRequest.Wanted {
        let values = description.allValues ?? completionKind?.list?.values ?? []
        if !values.isEmpty { return .words(values.map { ($0, "") }) }
        if completionKind?.file != nil { return .files }
        if completionKind?.directory != nil { return .directories }
        switch valueName {
        case "file", "path": return .files
        case "dir": return .directories
        // An idempotency key is nobody's to know.
        case "key": return path.first == "key" && kind == .positional ? .live(.key) : .words([])
        default: return LiveName(rawValue: valueName).map { .live($0) } ?? .words([])
        }
    }
}
