import FoundationEssentials
import Glibc
import Registry
import RegistrySQL

/// The registry's files, before any of them is opened as a database.
///
/// The database file is never opened here: closing any descriptor of it would end every lock that SQLite holds on it
/// in this process.
struct RegistryFiles {
    let directory: RegistryDirectory

    /// - Throws: `Refusal` that says which file stands in the way, and why.
    func checkReadable() throws {
        guard let status = try status(of: directory.path) else { throw notFound }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw Refusal(
                .registryUnreadable,
                "\(directory.path) is a file, and a registry is a directory.",
                facts: ["path": directory.path]
            )
        }
        guard try holdsDatabase() else { throw notFound }
    }

    var notFound: Refusal {
        Refusal(
            .registryNotFound,
            "There is no registry in \(directory.path).",
            facts: ["path": directory.path]
        )
    }

    /// Whether `registry.db` is there and has anything in it.
    /// - Throws: `Refusal` with `registry.unreadable`, also where it is no regular file.
    func holdsDatabase() throws -> Bool {
        guard let status = try status(of: directory.databasePath) else { return false }
        if let kind = FileKind(unusual: status.st_mode) {
            throw kind.refusal(.registryUnreadable, directory.databasePath)
        }
        return status.st_size > 0
    }

    /// Whether commits wait in a write-ahead log beside the database.
    func holdsLog() throws -> Bool {
        try status(of: directory.logPath)?.st_size ?? 0 > 0
    }

    /// Whether this process may write to the database and make files beside it.
    var areWritable: Bool {
        access(directory.path, W_OK) == 0 && access(directory.databasePath, W_OK) == 0
    }

    /// Makes the directory, mode 0700.
    ///
    /// - Returns: what was changed in one that was there, as sentences.
    /// - Throws: `Refusal` with `registry.exposed` where others can get at it and something else lies in it.
    func makeDirectory() throws -> [String] {
        if access(directory.path, F_OK) != 0, !Self.make(directory.path) {
            throw refusal(.registryReadOnly, "cannot be made: \(String(cString: strerror(errno))).")
        }
        let modes = FileModes(directory: directory)
        if try !modes.exposures().isEmpty, let other = try otherNames().first {
            throw refusal(
                .registryExposed,
                "is open to other users and holds \(other); a registry needs a directory of its own."
            )
        }
        return try modes.close()
    }

    /// Makes a directory, and those above it that are not there.
    private static func make(_ path: String) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == ENOENT, path.contains("/"), make(POSIXFile.directory(of: path)) else { return errno == EEXIST }
        return mkdir(path, 0o700) == 0
    }

    /// Makes an empty database file, mode 0600, before SQLite would make one that others can read.
    func makeDatabaseFile() throws {
        guard try status(of: directory.databasePath) == nil else { return }
        let file = try TemporaryFile(beside: directory.databasePath)
        do {
            try file.giveName(directory.databasePath, orRefuse: .registryExists)
        } catch {
            file.discard()
            throw error
        }
    }

    /// What lies in the directory and is not a registry's.
    private func otherNames() throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return names.filter { !$0.hasPrefix("registry.") && !$0.hasPrefix(".registry.") && $0 != "lost+found" }.sorted()
    }

    private func refusal(_ code: RefusalCode, _ reason: String) -> Refusal {
        Refusal(
            code,
            "The directory \(directory.path) \(reason)",
            facts: ["path": directory.path]
        )
    }

    private func status(of path: String) throws -> stat? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw POSIXFile.refusal(.registryUnreadable, "read", path, errno)
        }
        return status
    }
}
