import Foundation
import Registry

/// The registry's files, before any of them is opened as a database.
///
/// The database file is never opened here: closing any descriptor of it would end every lock that SQLite holds on it
/// in this process.
struct RegistryFiles {
    let directory: RegistryDirectory

    /// - Throws: `Refusal` that says which file stands in the way, and why.
    func checkReadable() throws {
        guard let mode = try mode(of: directory.path) else { throw notFound }
        guard mode & S_IFMT == S_IFDIR else {
            throw Refusal(
                .registryUnreadable,
                "\(directory.path) is a file, and a registry is a directory.",
                facts: [.init("path", .text(directory.path))]
            )
        }
        guard try holdsDatabase() else { throw notFound }
    }

    var notFound: Refusal {
        Refusal(
            .registryNotFound,
            "There is no registry in \(directory.path).",
            facts: [.init("path", .text(directory.path))]
        )
    }

    /// Whether `registry.db` is there and has anything in it.
    func holdsDatabase() throws -> Bool {
        try size(of: directory.databasePath) ?? 0 > 0
    }

    /// Whether commits wait in a write-ahead log beside the database.
    func holdsLog() throws -> Bool {
        try size(of: directory.logPath) ?? 0 > 0
    }

    /// Makes the directory, mode 0700.
    func makeDirectory() throws {
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
    }

    private func size(of path: String) throws -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw POSIXFile.refusal(.registryUnreadable, "read", path)
        }
        return Int(status.st_size)
    }

    private func mode(of path: String) throws -> mode_t? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw POSIXFile.refusal(.registryUnreadable, "read", path)
        }
        return status.st_mode
    }
}
