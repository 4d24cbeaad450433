import Synchronization

/// What is printed, kept as a text: in place of a terminal, for a file.
final class CollectedText: Terminal {
    private let collected = Mutex("")

    var text: String { collected.withLock { $0 } }
    var isInteractive: Bool { false }
    var isOutputTerminal: Bool { false }
    var width: Int? { nil }
    var usesColor: Bool { false }

    func write(_ text: String) { collected.withLock { $0 += text } }
    func writeError(_ text: String) {}
    func readLine() -> String? { nil }
}
