import Foundation

/// A regular file that a person named as input.
///
/// A named pipe or a device is refused, not waited for: what comes through a pipe is read from standard input.
struct InputFile {
    let handle: FileHandle

    /// Why the file cannot be read, as the end of a sentence.
    struct Unreadable: Error {
        let reason: String
    }

    /// - Throws: `Unreadable`.
    init(path: String) throws(Unreadable) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw Unreadable(reason: "it is a directory")
        default: throw Unreadable(reason: "it is not a regular file; give - to read standard input")
        }
    }

    /// The file's whole contents.
    /// - Throws: `Unreadable`.
    static func contents(of path: String) throws(Unreadable) -> Data {
        let file = try InputFile(path: path)
        do {
            return try file.handle.readToEnd() ?? Data()
        } catch {
            throw Unreadable(reason: error.localizedDescription)
        }
    }
}
