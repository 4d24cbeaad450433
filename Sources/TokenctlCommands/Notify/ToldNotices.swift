import FoundationEssentials
import Glibc
import Registry
import RegistryAPI

/// What was told already: a file that is locked while somebody tells, so that two runs do not tell the same.
final class ToldNotices {
    /// What was told of one matter.
    struct Told: Codable, Equatable {
        let severity: NoticeSeverity
        let at: Instant
    }

    private struct Document: Codable {
        var version = 1
        /// By the registry's location, then by the notice's key.
        var registries: [String: [String: Told]] = [:]
    }

    private let path: String
    private let lock: Int32
    private var document = Document()

    /// `told.json` in systemd's `STATE_DIRECTORY`, else in `tokenctl-notify` beside the usual registry.
    static func path(_ environment: [String: String]) throws -> String {
        if let directory = environment["STATE_DIRECTORY"], directory.hasPrefix("/"), !directory.contains(":") {
            return "\(directory)/told.json"
        }
        guard let usual = RegistryPath.usual(environment, isRoot: geteuid() == 0) else {
            throw UsageError("There is no place for what was told: HOME is not set. Name one with --state.")
        }
        return "\(usual)-notify/told.json"
    }

    /// Waits for whoever tells now.
    /// - Throws: `Refusal` with `file.unwritable`, `file.unreadable`, or `input.invalid` for a file of another kind: to
    ///   forget what was told would tell all of it again.
    init(at path: String) throws {
        self.path = path
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        if !directory.isEmpty, access(directory, F_OK) != 0 {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw Refusal.cannotWriteFile(directory)
            }
        }
        lock = open("\(path).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Refusal.cannotWriteFile("\(path).lock") }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else {
                // The deinitializer closes it.
                throw Refusal.cannotWriteFile("\(path).lock")
            }
        }
        try read()
    }

    deinit {
        if lock >= 0 { close(lock) }
    }

    private func read() throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw Refusal.cannotReadFile(path, String(cString: strerror(errno))) }
            return
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw Refusal.cannotReadFile(path, "it belongs to another user")
        }
        let bytes = try InputFile.contents(of: path)
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)), document.version == 1 else {
            throw Refusal(
                .inputInvalid,
                "\(path) is not what 'tokenctl notify' writes. Put it right from a copy, or remove it: then everything is "
                    + "told once more.",
                facts: ["path": path]
            )
        }
        self.document = document
    }

    /// The notices that were not told yet, or were told as less grave.
    func news(among notices: [NoticeResource], of registry: String) -> [NoticeResource] {
        let told = document.registries[registry] ?? [:]
        return notices.filter { notice in told[notice.key].map { notice.severity < $0.severity } ?? true }
    }

    /// Keeps that all of `notices` were told by now, and forgets what is no more, as far as it was looked for.
    /// - Throws: `Refusal` with `file.unwritable`.
    func keep(
        _ notices: [NoticeResource],
        of registry: String,
        at now: Instant,
        lookedAt isLookedAt: (_ kind: String, _ organization: String) -> Bool
    ) throws {
        let earlier = document.registries[registry] ?? [:]
        var told = earlier.filter { key, _ in
            let parts = key.split(separator: "/", maxSplits: 2)
            return parts.count < 2 || !isLookedAt(String(parts[0]), String(parts[1]))
        }
        for notice in notices {
            let before = earlier[notice.key]
            told[notice.key] =
                before.map { !(notice.severity < $0.severity) ? $0 : nil }
                .flatMap(\.self) ?? Told(severity: notice.severity, at: now)
        }
        guard told != earlier else { return }
        document.registries[registry] = told
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // It is made of texts and numbers: encoding it cannot fail.
        guard let data = try? encoder.encode(document) else { return }
        try ReplacedFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path, mode: 0o600)
    }
}
