import Registry
import RegistryAPI

/// Answers a shell that asks what a word can become: `tokenctl ---complete INDEX WORD...`, the words after the program's
/// name up to the one that is being typed, which is word number INDEX of the command line.
///
/// It prints a line for each word, with a tab and what it is; `:files` and `:directories` stand for what the shell itself
/// completes. It never fails and never waits long: a shell waits for it at every press of a key.
struct Completer {
    let terminal: any Terminal
    let environment: [String: String]
    let clock: any InstantSource
    let randomness: any RandomSource

    static let word = "---complete"

    /// Longer than this nobody waits for a name.
    private static let patience: Duration = .milliseconds(500)

    func answer(_ arguments: [String]) async {
        guard let index = arguments.first.flatMap({ Int($0) }), index > 0, index <= arguments.count + 1 else { return }
        let request = CompletionRequest(words: Array(arguments.dropFirst()), at: index - 1)
        switch request.wanted {
        case .files: terminal.write(":files\n")
        case .directories: terminal.write(":directories\n")
        case .words(let words): write(words, for: request)
        case .live(let kind): write(await names(of: kind, for: request), for: request)
        }
    }

    private func write(_ words: [LiveNames.Name], for request: CompletionRequest) {
        var lines = ""
        for word in words where word.name.hasPrefix(request.current) {
            lines += "\(request.prefix)\(word.name)" + (word.text.isEmpty ? "" : "\t\(word.text)").escapedTabbed + "\n"
        }
        terminal.write(lines)
    }

    /// None where the registry cannot be asked, or does not answer in time.
    private func names(of kind: LiveName, for request: CompletionRequest) async -> [LiveNames.Name] {
        let silent = SilentTerminal()
        guard let global = request.global else { return [] }
        let settings = try? Settings(environment: environment, profile: global.profile)
        let shell = Shell(
            terminal: silent,
            environment: environment,
            clock: clock,
            randomness: randomness,
            global: Shell.GlobalSettings(
                global,
                settings: settings ?? Settings(environment: environment),
                terminal: silent
            )
        )
        let names = await withTaskGroup(of: [LiveNames.Name]?.self) { group in
            group.addTask { try? await LiveNames(shell: shell, request: request).names(of: kind) }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        await shell.connection.close()
        return names ?? []
    }
}

extension String {
    /// On one line, whose first tab stays.
    fileprivate var escapedTabbed: String { isEmpty ? "" : "\t\(dropFirst().escaped)" }
}

/// A terminal that nobody reads.
private struct SilentTerminal: Terminal {
    let isInteractive = false
    let isOutputTerminal = false
    let width: Int? = nil
    let usesColor = false

    func write(_ text: String) {}
    func writeError(_ text: String) {}
    func readLine() -> String? { nil }
}
