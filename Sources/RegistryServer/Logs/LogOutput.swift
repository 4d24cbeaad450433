import Glibc
import RegistryAPI
import Synchronization

/// Where log lines go: standard error, or a file that can be opened anew.
public final class LogOutput: Sendable {
    private let path: String?
    /// Whether it is the journal's stream, in which a line begins with its priority.
    let isJournal: Bool
    private let descriptor: Mutex<Int32>

    /// - Parameters:
    ///   - path: nil for standard error.
    ///   - environment: with `JOURNAL_STREAM` where standard error is the journal's.
    /// - Throws: `StartupFailure` when the file cannot be opened.
    public init(path: String?, environment: [String: String] = [:]) throws {
        self.path = path
        isJournal = path == nil && JournalStream.leads(from: STDERR_FILENO, environment)
        guard let path else {
            descriptor = Mutex(STDERR_FILENO)
            return
        }
        let opened = Self.open(path)
        guard opened >= 0 else {
            throw StartupFailure("Cannot open the log file \(path): \(String(cString: strerror(errno))).")
        }
        descriptor = Mutex(opened)
    }

    deinit {
        if path != nil { descriptor.withLock { _ = close($0) } }
    }

    /// Opens the file anew. Where that fails, the old one stays in use.
    func reopen() {
        guard let path else { return }
        let opened = Self.open(path)
        guard opened >= 0 else { return }
        descriptor.withLock { descriptor in
            close(descriptor)
            descriptor = opened
        }
    }

    /// Writes one line as a whole. A line that cannot be written is lost: a full disk stops no request.
    func write(_ line: [UInt8]) {
        descriptor.withLock { descriptor in
            var written = 0
            while written < line.count {
                let result = line.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
                }
                if result < 0, errno == EINTR { continue }
                guard result > 0 else { return }
                written += result
            }
        }
    }

    /// A named pipe that nobody reads is an error, not waited for.
    private static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
    }
}
