import Glibc
import Registry
import RegistrySQL

/// Who can get at a registry's files: its owner, and nobody else.
///
/// No file is opened for it but as a mere path (`O_PATH`): closing another descriptor of the database would end the
/// locks that SQLite holds on it.
struct FileModes {
    let directory: RegistryDirectory

    /// `O_PATH`, which the importer does not know.
    private static let pathOnly: Int32 = 0o10_000_000

    /// What others can get at, as sentences.
    func exposures() throws -> [Exposure] {
        try paths.compactMap { try exposure(of: $0) }
    }

    /// Takes from others what they were given, where the files are ours to change.
    ///
    /// - Returns: what was changed, as sentences.
    /// - Throws: `Refusal` with `registry.exposed` where it cannot be changed, and with `registry.unreadable` for what
    ///   is no regular file.
    func close() throws -> [String] {
        try paths.compactMap { path in
            guard let exposure = try exposure(of: path) else { return nil }
            try close(exposure)
            return "Closed \(path) to other users: its mode was \(exposure.mode)."
        }
    }

    struct Exposure {
        let path: String
        /// The permissions, in octal.
        let mode: String
        fileprivate let permissions: mode_t
        fileprivate let owner: uid_t
        fileprivate let isSticky: Bool

        var detail: String { "Other users can get at \(path): its mode is \(mode)." }
    }

    private var paths: [String] {
        [directory.path] + ["", "-wal", "-shm", "-journal"].map { directory.databasePath + $0 }
            + [directory.keyPath, directory.anchorPath, directory.lockPath]
    }

    private func exposure(of path: String) throws -> Exposure? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw POSIXFile.refusal(.registryUnreadable, "read", path, errno)
        }
        if path != directory.path, let kind = FileKind(unusual: status.st_mode) {
            throw kind.refusal(.registryUnreadable, path)
        }
        guard status.st_mode & 0o077 != 0 else { return nil }
        return Exposure(
            path: path,
            mode: String(status.st_mode & 0o7777, radix: 8),
            permissions: status.st_mode & 0o7700,
            owner: status.st_uid,
            isSticky: status.st_mode & S_ISVTX != 0
        )
    }

    private func close(_ exposure: Exposure) throws {
        guard !exposure.isSticky else {
            throw refusal(exposure, "It is a shared directory; a registry needs one of its own.")
        }
        guard geteuid() == 0 || geteuid() == exposure.owner else {
            throw refusal(exposure, "It belongs to another user, who must run: chmod go= \(exposure.path)")
        }
        let descriptor = open(exposure.path, Self.pathOnly | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(exposure, String(cString: strerror(errno))) }
        defer { _ = Glibc.close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFLNK,
            chmod("/proc/self/fd/\(descriptor)", exposure.permissions) == 0
        else { throw refusal(exposure, "Its mode cannot be changed; run: chmod go= \(exposure.path)") }
    }

    private func refusal(_ exposure: Exposure, _ reason: String) -> Refusal {
        Refusal(
            .registryExposed,
            "\(exposure.detail) \(reason)",
            facts: ["path": exposure.path, "mode": exposure.mode]
        )
    }
}
