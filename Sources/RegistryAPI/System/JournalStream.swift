import Glibc

/// Whether what a process writes goes to the systemd journal, which reads a line's priority from its first characters.
public enum JournalStream {
    /// Priorities as syslog has them.
    public enum Priority: Int, Sendable {
        case critical = 2
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
        case debug = 7

        /// What a line of this priority begins with.
        public var prefix: String { "<\(rawValue)>" }
    }

    /// Whether `descriptor` is the stream that `JOURNAL_STREAM` names, by its device and inode.
    ///
    /// A process that was started by a service with its output sent elsewhere has the variable, too.
    public static func leads(from descriptor: Int32, _ environment: [String: String]) -> Bool {
        guard let named = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        return fstat(descriptor, &status) == 0 && named == "\(status.st_dev):\(status.st_ino)"
    }
}
