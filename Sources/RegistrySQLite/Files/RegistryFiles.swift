import Foundation
import Registry

/// The registry's files, before any of them is opened as a database.
struct RegistryFiles {
    let directory: RegistryDirectory

    /// - Throws: `Refusal` that says which file stands in the way, and why.
    func checkReadable() throws {
        guard access(directory.path, F_OK) == 0, try holdsDatabase() else {
            if errno == EACCES { throw POSIXFile.refusal(.registryUnreadable, "read", directory.path) }
            throw Refusal(
                .registryNotFound,
                "There is no registry in \(directory.path).",
                facts: [.init("path", .text(directory.path))]
            )
        }
    }

    /// Whether `registry.db` is there and is a database; an empty file is none yet.
    func holdsDatabase() throws -> Bool {
        guard let header = try POSIXFile.read(directory.databasePath, limit: 16), !header.isEmpty else { return false }
        guard header == Array("SQLite format 3\0".utf8) else {
            throw Refusal(
                .registryNotADatabase,
                "\(directory.databasePath) is not a database. Move it away, or name another directory.",
                facts: [.init("path", .text(directory.databasePath))]
            )
        }
        return true
    }

    /// Makes the directory, mode 0700, and runs `body` while no other process makes a registry there.
    func withLock<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            try FileManager.default.createDirectory(
                atPath: directory.path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Refusal(
                .registryReadOnly,
                "The directory \(directory.path) cannot be made: \(error.localizedDescription)",
                facts: [.init("path", .text(directory.path))]
            )
        }
        let descriptor = open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXFile.refusal(.registryUnreadable, "open", directory.path) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else {
            throw POSIXFile.refusal(.registryInputOutput, "lock", directory.path)
        }
        return try body()
    }
}
