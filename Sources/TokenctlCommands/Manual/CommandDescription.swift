import ArgumentParser
import FoundationEssentials

/// A command as the argument parser describes it to programs.
struct CommandDescription: Decodable {
    let commandName: String
    var superCommands: [String]?
    var abstract: String?
    var discussion: String?
    var subcommands: [CommandDescription]?
    var arguments: [Argument]?
    var shouldDisplay: Bool

    /// A positional argument, an option or a flag.
    struct Argument: Decodable {
        let kind: Kind
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var allValues: [String]?
        var abstract: String?

        enum Kind: String, Decodable {
            case positional
            case option
            case flag
        }

        struct Name: Decodable {
            let kind: String
            let name: String

            /// `--token`, or `-o`.
            var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        /// With the dashes, the long name first; empty for a positional argument.
        var spellings: [String] {
            (names ?? []).sorted { $0.kind == "long" && $1.kind != "long" }.map(\.spelling)
        }
    }

    /// - Returns: nil for what the argument parser cannot describe.
    init?(of command: any ParsableCommand.Type) {
        guard let tool = try? JSONDecoder().decode(Tool.self, from: Data(command._dumpHelp().utf8)) else { return nil }
        self = tool.command
    }

    private struct Tool: Decodable {
        let command: CommandDescription
    }

    /// What a person is to see of its arguments.
    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

    /// The commands below it that do something, in order; itself where there are none.
    var verbs: [CommandDescription] {
        let shown = (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        return shown.isEmpty ? [self] : shown.flatMap(\.verbs)
    }
}

/// The options that many commands share. The page of `tokenctl` has them.
enum SharedOptions: CaseIterable {
    case ofEveryCommand
    case ofLists
    case ofWriting

    /// The sentence of a page whose command takes them.
    var sentence: String {
        switch self {
        case .ofEveryCommand: "It takes the options of every command"
        case .ofLists: "those of every list"
        case .ofWriting: "those of every command that changes something"
        }
    }

    private var type: any ParsableArguments.Type {
        switch self {
        case .ofEveryCommand: GlobalOptions.self
        case .ofLists: ListOptions.self
        case .ofWriting: WriteOptions.self
        }
    }

    /// The names of the options, such as `--dry-run`.
    var names: Set<String> {
        guard let tool = try? JSONDecoder().decode(Tool.self, from: Data(type._dumpHelp().utf8)) else { return [] }
        let names = (tool.command.arguments ?? []).flatMap(\.spellings)
        return Set(names).union(self == .ofEveryCommand ? ["--version", "--help", "-h"] : []).subtracting(
            self == .ofEveryCommand ? [] : ["--help", "-h", "--version"]
        )
    }

    private struct Tool: Decodable {
        let command: CommandDescription
    }
}
