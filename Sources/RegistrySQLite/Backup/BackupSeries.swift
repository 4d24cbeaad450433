import FoundationEssentials
import Glibc
public import Registry
import RegistrySQL

/// Backups in a directory, of which the newest are kept.
///
/// They are named after their instant, `registry-20260302T093000Z.db`; files with other names are nobody's concern here.
public struct BackupSeries: Sendable {
    private let directory: String
    /// How many are kept.
    private let kept: Int

    /// - Throws: `Refusal` with `file.unwritable` where there is no such directory.
    public init(in directory: String, keeping kept: Int) throws {
        var status = stat()
        guard stat(directory, &status) == 0 else {
            throw POSIXFile.refusal(.fileUnwritable, "write backups into", directory, errno)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw Refusal(
                .fileUnwritable,
                "\(directory) is not a directory, and with --keep the backups go into one.",
                facts: ["path": directory]
            )
        }
        self.directory = directory
        self.kept = max(1, kept)
    }

    /// The name of the backup that is made at `now`.
    public func path(at now: Instant) -> String {
        let stamp = now.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        return path("registry-\(stamp)Z.db")
    }

    /// Removes the oldest ones beyond those that are kept: once the newest is there, and durable.
    /// - Returns: those that were removed.
    /// - Throws: `Refusal` with `file.unwritable`.
    public func prune() throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let series = names.filter(Self.isOne).sorted()
        return try series.dropLast(kept).map { name in
            let path = path(name)
            guard unlink(path) == 0 else {
                throw POSIXFile.refusal(.fileUnwritable, "remove the old backup", path, errno)
            }
            return path
        }
    }

    private func path(_ name: String) -> String {
        directory.hasSuffix("/") ? "\(directory)\(name)" : "\(directory)/\(name)"
    }

    /// Whether a file is named as one of the series.
    static func isOne(_ name: String) -> Bool {
        name.wholeMatch(of: /registry-[0-9]{8}T[0-9]{6}Z\.db/) != nil
    }
}
