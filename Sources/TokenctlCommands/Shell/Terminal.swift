import Glibc
import RegistryAPI

/// Standard input, output and error.
protocol Terminal: Sendable {
    /// Whether a person is there to be asked: input and error are a terminal.
    var isInteractive: Bool { get }
    /// Whether standard output is a terminal.
    var isOutputTerminal: Bool { get }
    /// Whether standard output is the journal's, which reads priorities.
    var isOutputJournal: Bool { get }
    /// Columns of the terminal that standard output is; nil when it is none.
    var width: Int? { get }
    /// Lines of the terminal that standard output is; nil when it is none.
    var height: Int? { get }
    var usesColor: Bool { get }
    /// Whether somebody is told how long something takes.
    var tellsTime: Bool { get }

    func write(_ text: String)
    func writeError(_ text: String)
    /// A line of standard input without its end; nil at its end.
    func readLine() -> String?
    /// Asks for a secret at a terminal, without showing what is typed; nil at the end of the input.
    func readSecret(_ question: String) -> String?
}

enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
}

extension Terminal {
    var height: Int? { nil }
    var isOutputJournal: Bool { false }
    var tellsTime: Bool { false }

    func readSecret(_ question: String) -> String? {
        writeError(question)
        return readLine()
    }

    /// `text` in a colour, where colours are used.
    func styled(_ text: String, _ style: Style) -> String {
        usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// The process's own standard streams.
struct SystemTerminal: Terminal {
    let usesColor: Bool
    let isOutputJournal: Bool
    private let isErrorJournal: Bool

    init(environment: [String: String]) {
        isOutputJournal = JournalStream.leads(from: STDOUT_FILENO, environment)
        isErrorJournal = JournalStream.leads(from: STDERR_FILENO, environment)
        usesColor =
            isatty(STDOUT_FILENO) == 1 && isatty(STDERR_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
    }

    var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }
    var tellsTime: Bool { isInteractive }
    var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    var width: Int? { size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } }
    var height: Int? { size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } }

    private var size: winsize? {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
    }

    func write(_ text: String) {
        if !Self.write(text, to: STDOUT_FILENO) { Self.endWithoutOutput(errno) }
    }

    func writeError(_ text: String) {
        _ = Self.write(isErrorJournal ? Self.withPriorities(text) : text, to: STDERR_FILENO)
    }

    /// Each line with its priority: an error's, a warning's, or that of anything else that is said.
    private static func withPriorities(_ text: String) -> String {
        let priority: JournalStream.Priority =
            text.hasPrefix("Error") ? .error : text.hasPrefix("Warning") ? .warning : .info
        return text.split(separator: "\n").map { "\(priority.prefix)\($0)\n" }.joined()
    }

    func readLine() -> String? {
        Swift.readLine(strippingNewline: true)
    }

    func readSecret(_ question: String) -> String? {
        writeError(question)
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return readLine() }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            writeError("\n")
        }
        return readLine()
    }

    /// - Returns: false where the system took not all of it; `errno` says why.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// Data was lost, so the exit code says so: quietly, as a program that SIGPIPE ended, when the reader has gone away.
    private static func endWithoutOutput(_ error: Int32) -> Never {
        if error == EPIPE { exit(141) }
        _ = write(
            "Error: Cannot write to standard output: \(String(cString: strerror(error))). "
                + "Whatever the command had recorded by then stays recorded.\n",
            to: STDERR_FILENO
        )
        exit(74)
    }
}
