import Foundation
import Registry

/// The few calls on small files that need their POSIX meaning: modes, exclusive creation, writing in place.
enum POSIXFile {
    /// Reads a whole file of at most `limit` bytes.
    /// - Returns: nil when there is no such file.
    static func read(_ path: String, limit: Int = 4_096) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw refusal(.registryUnreadable, "read", path)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw refusal(.registryUnreadable, "read", path) }
        return Array(bytes.prefix(count))
    }

    /// Makes a new file, whole or not at all. Its name is durable when the directory is synced.
    /// - Throws: `Refusal` with `registry.exists` when there is one.
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws {
        let temporary = "\(path).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw refusal(.registryReadOnly, "create", path) }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path)
        guard fsync(descriptor) == 0 else { throw refusal(.registryInputOutput, "write", path) }
        try moveIntoPlace(temporary, path)
    }

    /// Gives the file `temporary` the name `path`, unless another file has it.
    /// - Throws: `Refusal` with `code` when one has.
    static func moveIntoPlace(
        _ temporary: String,
        _ path: String,
        orRefuse code: RefusalCode = .registryExists
    ) throws {
        if link(temporary, path) == 0 {
            unlink(temporary)
            return
        }
        // A file system without hard links gives another error.
        guard errno != EEXIST, access(path, F_OK) != 0 else {
            throw Refusal(code, "There is a file \(path) already.", facts: [.init("path", .text(path))])
        }
        guard rename(temporary, path) == 0 else { throw refusal(.registryInputOutput, "create", path) }
    }

    /// Makes the bytes of a file, or the names in a directory, durable.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(.registryInputOutput, "open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw refusal(.registryInputOutput, "write", path) }
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
        let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == bytes.count else {
            throw refusal(errno == ENOSPC ? .registryFull : .registryInputOutput, "write", path)
        }
    }

    static func refusal(_ code: RefusalCode, _ verb: String, _ path: String) -> Refusal {
        let reason = String(cString: strerror(errno))
        return Refusal(code, "Cannot \(verb) \(path): \(reason).", facts: [.init("path", .text(path))])
    }
}
