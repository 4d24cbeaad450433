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

    /// Makes a new file, durably. Fails when there is one.
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw refusal(errno == EEXIST ? .registryExists : .registryReadOnly, "create", path)
        }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path)
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
