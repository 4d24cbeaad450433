import Glibc
import Registry

extension Refusal {
    /// `file.unreadable`, with the system's reason.
    static func cannotReadFile(_ path: String, _ reason: String) -> Refusal {
        file(.fileUnreadable, "read", path, reason)
    }

    /// `file.unwritable`, with the reason that the system gave last.
    static func cannotWriteFile(_ path: String) -> Refusal {
        file(.fileUnwritable, "write", path, String(cString: strerror(errno)))
    }

    /// `file.unwritable`.
    /// - Parameter reason: the end of a sentence.
    static func cannotWriteFile(_ path: String, _ reason: String) -> Refusal {
        file(.fileUnwritable, "write", path, reason)
    }

    private static func file(_ code: RefusalCode, _ verb: String, _ path: String, _ reason: String) -> Refusal {
        Refusal(code, "Cannot \(verb) \(path): \(reason).", facts: ["path": path])
    }
}
