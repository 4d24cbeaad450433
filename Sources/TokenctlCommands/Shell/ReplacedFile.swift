import Glibc
import Registry

/// A file that others read while it is written anew: they see the old one or the new one, whole.
///
/// What is written goes to a file of another name beside it, which takes its place once it is safe on the disk.
final class ReplacedFile {
    private let path: String
    private let target: String
    private let temporary: String
    private let descriptor: Int32
    private var isFinished = false

    /// - Parameters:
    ///   - path: where it is a symbolic link, what it leads to is replaced.
    ///   - mode: the new file's, whatever the process's mask is.
    /// - Throws: `Refusal` with `file.unwritable`, also for what is no regular file.
    init(path: String, mode: mode_t) throws {
        self.path = path
        let target = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let file = target ?? path
        var status = stat()
        if stat(file, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw Refusal.cannotWriteFile(path, "it is not a regular file")
        }
        let slash = file.lastIndex(of: "/")
        let directory = slash.map { String(file[...$0]) } ?? ""
        let name = slash.map { String(file[file.index(after: $0)...]) } ?? file
        self.target = file
        temporary = "\(directory).\(name.prefix(40)).\(String(UInt64.random(in: .min ... .max), radix: 36))"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Refusal.cannotWriteFile(path) }
        fchmod(descriptor, mode)
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporary) }
    }

    /// - Throws: `Refusal` with `file.unwritable`; then nothing was replaced.
    func append(_ text: String) throws {
        guard SystemTerminal.write(text, to: descriptor) else { throw Refusal.cannotWriteFile(path) }
    }

    /// Puts it in its place.
    /// - Throws: `Refusal` with `file.unwritable`; then nothing was replaced.
    func finish() throws {
        guard fsync(descriptor) == 0, rename(temporary, target) == 0 else { throw Refusal.cannotWriteFile(path) }
        isFinished = true
        let directory = open(
            target.lastIndex(of: "/").map { String(target[...$0]) } ?? ".",
            O_RDONLY | O_DIRECTORY | O_CLOEXEC
        )
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// The whole text or nothing of it.
    /// - Throws: `Refusal` with `file.unwritable`.
    static func write(_ text: String, to path: String, mode: mode_t) throws {
        let file = try ReplacedFile(path: path, mode: mode)
        try file.append(text)
        try file.finish()
    }
}
