import ArgumentParser
import Registry

/// The manual page of a noun, or of a command that stands alone, in mdoc(7): made from the command tree, but for what
/// somebody wrote between the marks of a page that is there.
struct ManualPage {
    let command: CommandDescription
    /// The page as it was, from which the day and what was written by hand are kept.
    let earlier: String?
    let today: CalendarDate

    private var name: String { "tokenctl-\(command.commandName)" }

    /// Where the page is.
    var fileName: String { "\(name).1" }

    /// Every page that there is to be.
    static func all(earlier: (_ fileName: String) -> String?, today: CalendarDate) -> [ManualPage] {
        Tokenctl.configuration.subcommands.compactMap { CommandDescription(of: $0) }.filter(\.shouldDisplay).map {
            ManualPage(command: $0, earlier: earlier("tokenctl-\($0.commandName).1"), today: today)
        }
    }

    var text: String {
        if let day = earlierDay, let earlier, text(as: day) == earlier { return earlier }
        let (year, month, day) = today.components
        return text(as: "\(Self.months[month - 1]) \(day), \(year)")
    }

    private func text(as day: String) -> String {
        var lines = [
            ".\\\" Made from the commands by 'tokenctl manual', but for what is between 'By hand' and 'End'.",
            ".Dd \(day)", ".Dt \(name.uppercased()) 1", ".Os", ".Sh NAME", ".Nm \(name)",
            ".Nd \(Self.escaped(Self.summary(command)))", ".Sh SYNOPSIS",
        ]
        let verbs = command.verbs
        for verb in verbs { lines += Self.synopsis(of: verb) }
        lines += [".Sh DESCRIPTION"] + byHand("description", otherwise: Self.paragraphs(command.discussion ?? ""))
        if verbs.count > 1 || verbs[0].commandName != command.commandName {
            lines.append(".Sh COMMANDS")
            for verb in verbs {
                lines.append(".Ss \(Self.path(of: verb))")
                lines += Self.sentences(verb.abstract ?? "")
                let discussion = Self.paragraphs(verb.discussion ?? "")
                if !discussion.isEmpty { lines += [".Pp"] + discussion }
                lines += Self.options(of: verb, listIn: verb)
            }
        } else {
            lines += Self.options(of: command, listIn: command, heading: ".Sh OPTIONS")
        }
        lines += [".Sh EXIT STATUS", "As in", ".Xr tokenctl 1 ."]
        lines += byHand("examples", otherwise: [])
        lines += [".Sh SEE ALSO"] + seeAlso
        return lines.joined(separator: "\n") + "\n"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private var earlierDay: String? {
        earlier?.split(separator: "\n").first { $0.hasPrefix(".Dd ") }.map { String($0.dropFirst(4)) }
    }

    // MARK: What is written by hand

    private func byHand(_ part: String, otherwise lines: [String]) -> [String] {
        let begin = ".\\\" By hand: \(part)."
        let end = ".\\\" End."
        let earlier = (earlier ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = earlier.firstIndex(of: begin), let last = earlier[first...].firstIndex(of: end) else {
            return [begin] + lines + [end]
        }
        return Array(earlier[first...last])
    }

    // MARK: What the commands say

    private static func path(of command: CommandDescription) -> String {
        (["tokenctl"] + (command.superCommands ?? []) + [command.commandName]).joined(separator: " ")
    }

    private static func summary(_ command: CommandDescription) -> String {
        let abstract = command.abstract ?? command.commandName
        let sentence = abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
        return sentence.prefix(1).lowercased() + sentence.dropFirst()
    }

    private static func own(_ command: CommandDescription) -> [CommandDescription.Argument] {
        let shared = shared(by: command).reduce(into: Set<String>()) { $0.formUnion($1.names) }
        return command.shownArguments.filter { shared.isDisjoint(with: $0.spellings) }
    }

    /// A dry run without an idempotency key is its own.
    private static func shared(by command: CommandDescription) -> [SharedOptions] {
        let names = Set(command.shownArguments.flatMap(\.spellings))
        return SharedOptions.allCases.filter { options in
            options == .ofWriting ? options.names.isSubset(of: names) : !options.names.isDisjoint(with: names)
        }
    }

    private static func synopsis(of command: CommandDescription) -> [String] {
        [".Nm \(path(of: command))"]
            + own(command).map { argument in
                let word = form(of: argument, all: false)
                return argument.isOptional || argument.kind == .flag
                    ? ".Op \(word.dropFirst())\(argument.isRepeating ? " ..." : "")"
                    : "\(word)\(argument.isRepeating ? " ..." : "")"
            }
    }

    /// `.Fl -token Ar token`, or with all names `.Fl o , -output Ar format`.
    private static func form(of argument: CommandDescription.Argument, all: Bool) -> String {
        let value = argument.valueName ?? ""
        guard argument.kind != .positional else { return ".Ar \(value)" }
        let names = all ? argument.spellings : Array(argument.spellings.prefix(1))
        let flags = names.map { String($0.dropFirst()) }.joined(separator: " , ")
        return ".Fl \(flags)" + (argument.kind == .option ? " Ar \(value)" : "")
    }

    private static func options(
        of command: CommandDescription,
        listIn verb: CommandDescription,
        heading: String? = nil
    ) -> [String] {
        let own = own(command)
        let shared = shared(by: command).map(\.sentence)
        var lines = heading.map { [$0] } ?? []
        if !own.isEmpty {
            lines.append(".Bl -tag -width Ds")
            for argument in own {
                lines.append(".It \(form(of: argument, all: true).dropFirst())")
                lines += sentences(argument.abstract ?? "")
                if let values = argument.allValues, !values.isEmpty {
                    lines.append("One of \(values.map(escaped).joined(separator: ", ")).")
                }
                if let value = argument.defaultValue { lines.append("The default is \(escaped(value)).") }
            }
            lines.append(".El")
        }
        guard let first = shared.first else { return lines }
        let others = shared.dropFirst().joined(separator: " and ")
        if heading == nil || !own.isEmpty { lines.append(".Pp") }
        return lines + ["\(first)\(others.isEmpty ? "" : ", and \(others)"), which", ".Xr tokenctl 1", "has."]
    }

    private var seeAlso: [String] {
        let own = [".Xr tokenctl 1", ".Xr tokenctl-faq 7", ".Xr tokend 8"]
        return own.enumerated().map { $0.offset + 1 < own.count ? "\($0.element) ," : $0.element }
    }

    // MARK: Text as mdoc

    /// Paragraphs of `text`, whose indented lines are shown as they are.
    static func paragraphs(_ text: String) -> [String] {
        var lines: [String] = []
        for block in text.split(separator: "\n\n") {
            if !lines.isEmpty, !block.hasPrefix("  ") { lines.append(".Pp") }
            if block.hasPrefix("  ") {
                lines.append(".Bd -literal -offset indent")
                lines += block.split(separator: "\n").map { escaped(String($0.drop { $0 == " " })) }
                lines.append(".Ed")
            } else {
                lines += sentences(block.replacing("\n", with: " "))
            }
        }
        return lines
    }

    /// A line for each sentence, as mdoc wants it.
    private static func sentences(_ text: some StringProtocol) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            line += line.isEmpty ? String(word) : " \(word)"
            let bare = word.last == ")" ? word.dropLast() : word
            if bare.last == ".", bare.count > 2, !bare.contains("..") {
                lines.append(line)
                line = ""
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map(escaped)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "-": result += "\\-"
            case "…": result += "..."
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") ? "\\&\(result)" : result
    }
}
