import FoundationEssentials
import Glibc
import Registry

extension SettingsFile {
    /// `$XDG_CONFIG_HOME/tokenctl/config`, else `~/.config/tokenctl/config`; nil without a home.
    static func path(_ environment: [String: String]) -> String? {
        if let configuration = environment["XDG_CONFIG_HOME"], configuration.hasPrefix("/") {
            return "\(configuration)/tokenctl/config"
        }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return "\(home)/.config/tokenctl/config"
    }

    /// The file at `path`; an empty one where there is none.
    ///
    /// Another user's file is not read: it could name a registry or a socket of theirs.
    ///
    /// - Throws: `Refusal` with `file.unreadable` or `input.invalid`.
    init(at path: String) throws(Refusal) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw .cannotReadFile(path, String(cString: strerror(errno)))
            }
            self.init()
            return
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .cannotReadFile(path, "it belongs to another user")
        }
        try self.init(parsing: String(decoding: InputFile.contents(of: path), as: UTF8.self), path: path)
    }

    /// Writes the whole file or nothing of it. Where `path` is a symbolic link, what it leads to is written.
    /// - Throws: `Refusal` with `file.unwritable`.
    func write(to path: String) throws(Refusal) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw .cannotWriteFile(directory)
        }
        let target = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: target ?? path), options: .atomic)
        } catch {
            throw .cannotWriteFile(path)
        }
    }
}
