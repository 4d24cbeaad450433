import CSQLite
import FoundationEssentials
public import Glibc
import RegistrySQL

/// A look at a registry's files and at SQLite that opens and changes nothing.
public struct RegistryExamination: Sendable {
    private let directory: RegistryDirectory

    public init(of directory: RegistryDirectory) {
        self.directory = directory
    }

    /// Who owns the directory; nil where there is none, or where it cannot be looked at.
    public var owner: uid_t? {
        var status = stat()
        return stat(directory.path, &status) == 0 ? status.st_uid : nil
    }

    /// - Throws: `Refusal` that says which file is missing or stands in the way, and why.
    public func requireFiles() throws {
        try RegistryFiles(directory: directory).checkReadable()
        _ = try RegistryKey.load(at: directory.keyPath)
    }

    /// The files that other users can get at, each with a sentence.
    public func exposures() throws -> [(path: String, detail: String)] {
        try FileModes(directory: directory).exposures().map { ($0.path, $0.detail) }
    }

    /// How large the database is with its log, in bytes.
    public var databaseSize: Int64 {
        [directory.databasePath, directory.logPath].reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 ? sum + Int64(status.st_size) : sum
        }
    }

    /// The kind of file system, such as `nfs4`, where it is one of other machines, on which SQLite cannot keep its log.
    public var networkFileSystem: String? {
        guard let resolved = realpath(directory.path, nil) else { return nil }
        defer { free(resolved) }
        let table = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
        let kind = Self.fileSystem(of: String(cString: resolved), mounts: table)
        return kind.flatMap { Self.networkKinds.contains($0) ? $0 : nil }
    }

    private static let networkKinds: Set<String> = [
        "9p", "afs", "beegfs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "fuse.glusterfs", "nfs", "nfs4", "smb3",
    ]

    /// - Parameter mounts: as `/proc/self/mountinfo` has them; of mounts at one place the last counts.
    static func fileSystem(of path: String, mounts: String) -> String? {
        var found: (place: String, kind: String)?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), fields.count > dash + 1, fields.count > 4 else { continue }
            // Blanks in it are written in octal; such a place is left out, and the one above it counts.
            let place = String(fields[4])
            let isAbove = place == "/" || path == place || path.hasPrefix(place + "/")
            if isAbove, place.utf8.count >= found?.place.utf8.count ?? 0 { found = (place, String(fields[dash + 1])) }
        }
        return found?.kind
    }

    /// Whether Litestream has made its directory beside the database.
    public var isReplicated: Bool {
        access("\(directory.path)/.registry.db-litestream", F_OK) == 0
            || access("\(directory.path)/registry.db-litestream", F_OK) == 0
    }

    /// The version of SQLite that this program runs with.
    public static var sqliteVersion: String { String(cString: sqlite3_libversion()) }

    /// Whether that SQLite can corrupt a database when a second process checkpoints during a commit. The registry's own
    /// programs never do.
    public static var hasCheckpointRace: Bool { sqlite3_libversion_number() < 3_051_003 }
}
