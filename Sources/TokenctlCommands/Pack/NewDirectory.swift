import Crypto
import FoundationEssentials
import Glibc
import Registry

/// A directory that comes to be with all of its files, or not at all: until then it has another name beside its own.
final class NewDirectory {
    let path: String
    /// Its name while it is being made.
    private let draft: String
    private var isFinished = false
    /// The files with the SHA-256 of each, in the order in which they were written.
    private(set) var files: [(name: String, digest: String)] = []

    /// - Throws: `Refusal` with `file.unwritable` where there is something of that name, or nothing can be made.
    init(path: String) throws {
        guard !path.isEmpty else { throw Refusal.cannotWriteFile("\"\"", "a directory has a name") }
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        var status = stat()
        guard lstat(path, &status) != 0 else { throw Refusal.cannotWriteFile(path, "it exists already") }
        self.path = path
        var template = Array("\(path).partial-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Refusal.cannotWriteFile(path) }
        draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        guard !isFinished else { return }
        try? FileManager.default.removeItem(atPath: draft)
    }

    /// Writes a file that is at hand.
    func write(_ text: String, to name: String) throws {
        try write(to: name) { try $0(text) }
    }

    /// Writes a file piece by piece, and returns once it is on the disk.
    /// - Throws: `Refusal` with `file.unwritable`, and what `body` throws.
    func write(to name: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        let file = try OpenFile(draft, name, shownAs: "\(path)/\(name)")
        try body { try file.append($0) }
        files.append((name, try file.finish()))
    }

    /// The same for what is read meanwhile.
    func write(to name: String, _ body: ((String) throws -> Void) async throws -> Void) async throws {
        let file = try OpenFile(draft, name, shownAs: "\(path)/\(name)")
        try await body { try file.append($0) }
        files.append((name, try file.finish()))
    }

    /// Gives the directory its name. What came to have that name meanwhile stays, unless it is an empty directory.
    /// - Throws: `Refusal` with `file.unwritable`.
    func finish() throws {
        guard Self.sync(draft), rename(draft, path) == 0 else {
            throw Refusal.cannotWriteFile(path)
        }
        isFinished = true
        let parent = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
        _ = Self.sync(parent.isEmpty ? "/" : String(parent))
    }

    private static func sync(_ directory: String) -> Bool {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// A file that is being written.
    private final class OpenFile {
        private let descriptor: Int32
        private let path: String
        private var hasher = SHA256()

        init(_ directory: String, _ name: String, shownAs path: String) throws {
            self.path = path
            descriptor = open("\(directory)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Refusal.cannotWriteFile(path) }
        }

        deinit {
            close(descriptor)
        }

        func append(_ text: String) throws {
            hasher.update(data: Array(text.utf8))
            guard SystemTerminal.write(text, to: descriptor) else { throw Refusal.cannotWriteFile(path) }
        }

        /// - Returns: the digest, in hexadecimal.
        func finish() throws -> String {
            guard fsync(descriptor) == 0 else { throw Refusal.cannotWriteFile(path) }
            return Array(hasher.finalize()).hexadecimal
        }
    }
}
