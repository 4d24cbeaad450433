/// The global options may stand before the noun too, as in `tokenctl --registry DIR org list`.
enum LeadingOptions {
    private static let valued: Set<String> = [
        "--registry", "--key", "--socket", "-o", "--output", "--profile",
    ]
    private static let flags: Set<String> = ["--local", "--no-input", "-q", "--quiet", "--excel"]

    /// Whether the next word belongs to this one.
    static func takesValue(_ word: String) -> Bool { valued.contains(word) }

    /// Moves global options from before the noun to the end, where every command takes them.
    static func moved(in arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            if flags.contains(first) || valued.contains(where: { first.hasPrefix($0 + "=") }) {
                leading.append(first)
                rest = rest.dropFirst()
            } else if valued.contains(first), rest.count >= 2 {
                leading += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        guard let terminator = rest.firstIndex(of: "--") else { return rest + leading }
        return rest[..<terminator] + leading + rest[terminator...]
    }

    /// Whether errors are to be problem documents, also when the command line cannot be parsed.
    static func asksForJSON(_ arguments: [String]) -> Bool {
        let words: Set<String> = ["json", "ndjson"]
        for (index, argument) in arguments.enumerated() {
            if argument == "-o" || argument == "--output", index + 1 < arguments.count,
                words.contains(arguments[index + 1])
            {
                return true
            }
            for prefix in ["-o=", "--output=", "-o"] where argument.hasPrefix(prefix) {
                if words.contains(String(argument.dropFirst(prefix.count))) { return true }
            }
        }
        return false
    }
}
