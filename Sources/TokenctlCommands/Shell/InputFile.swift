import Glibc
import Registry

/// A regular file that a person named as input, or standard input for `-`.
///
/// A named pipe or a device is refused, not waited for: what comes through a pipe is read from standard input.
final class InputFile: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Throws: `Refusal` with `file.unreadable`.
    init(path: String) throws(Refusal) {
        self.path = path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw .cannotReadFile(path, String(cString: strerror(errno)))
        }
        if path == "-" { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw .cannotReadFile(path, "it is a directory")
        default: throw .cannotReadFile(path, "it is not a regular file; give - to read standard input")
        }
    }

    deinit {
        if path != "-", descriptor >= 0 { close(descriptor) }
    }

    /// The next 256 KiB or less; nil at the end.
    /// - Throws: `Refusal` with `file.unreadable`.
    func next() throws(Refusal) -> [UInt8]? {
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: 262_144) { buffer, length in
            repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
            length = max(0, count)
        }
        guard count >= 0 else { throw .cannotReadFile(path, String(cString: strerror(errno))) }
        return count == 0 ? nil : piece
    }

    /// The file's whole contents.
    /// - Throws: `Refusal` with `file.unreadable`.
    static func contents(of path: String) throws(Refusal) -> [UInt8] {
        let file = try InputFile(path: path)
        var bytes: [UInt8] = []
        while let piece = try file.next() { bytes += piece }
        return bytes
    }
}
