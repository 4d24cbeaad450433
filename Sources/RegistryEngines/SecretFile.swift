import Glibc
import Registry
import RegistrySQL

/// A new file with a secret in it.
public enum SecretFile {
    /// Makes the file, mode 0600, whole and durable or not at all; an existing one is not overwritten.
    /// - Throws: `Refusal` with `file.unwritable`.
    public static func create(_ path: String, _ bytes: [UInt8]) throws {
        do {
            let file = try TemporaryFile(beside: path, ownedAsDirectory: false)
            do {
                try POSIXFile.writeAll(bytes, to: file.descriptor, path)
                guard fsync(file.descriptor) == 0 else {
                    throw POSIXFile.refusal(.fileUnwritable, "write", path, errno)
                }
                try file.giveName(path, orRefuse: .fileUnwritable)
                try POSIXFile.syncDirectory(POSIXFile.directory(of: path))
            } catch {
                file.discard()
                throw error
            }
        } catch let refusal as Refusal {
            throw Refusal(.fileUnwritable, refusal.detail, facts: ["path": path])
        }
    }
}
