package import Glibc
package import Registry

/// The few calls on small files that need their POSIX meaning: modes, exclusive creation, what a failure was.
package enum POSIXFile {
    /// Opens the regular file `path`.
    ///
    /// A named pipe or a device is refused, not waited for.
    /// - Returns: nil when there is no such file.
    /// - Throws: `Refusal` with `code`.
    package static func open(
        _ path: String,
        _ flags: Int32,
        orRefuse code: RefusalCode = .registryUnreadable
    ) throws -> Int32? {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw refusal(code, "open", path, errno)
        }
        do {
            try requireRegular(descriptor, path, orRefuse: code)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Reads a whole file of at most `limit` bytes.
    /// - Returns: nil when there is no such file.
    package static func read(_ path: String, limit: Int = 4_096) throws -> [UInt8]? {
        guard let descriptor = try open(path, O_RDONLY) else { return nil }
        defer { close(descriptor) }
        return try read(descriptor, limit: limit, path)
    }

    package static func read(_ descriptor: Int32, limit: Int, _ path: String) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw refusal(.registryUnreadable, "read", path, errno) }
        return Array(bytes.prefix(count))
    }

    /// Makes a new file, whole or not at all, mode 0600. Its name is durable when the directory is synced.
    /// - Throws: `Refusal` with `registry.exists` when there is one.
    package static func create(_ path: String, _ bytes: [UInt8]) throws {
        let file = try TemporaryFile(beside: path)
        do {
            try write(bytes, to: file, path)
            try file.giveName(path, orRefuse: .registryExists)
        } catch {
            file.discard()
            throw error
        }
    }

    /// Puts a new file with `bytes` in the place of `path`, in one step.
    package static func replace(_ path: String, _ bytes: [UInt8]) throws {
        let file = try TemporaryFile(beside: path)
        do {
            try write(bytes, to: file, path)
            try file.replace(path)
        } catch {
            file.discard()
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to file: TemporaryFile, _ path: String) throws {
        try writeAll(bytes, to: file.descriptor, path)
        guard fsync(file.descriptor) == 0 else { throw refusal(.registryInputOutput, "write", path, errno) }
    }

    /// Makes the names in a directory durable.
    package static func syncDirectory(_ path: String) throws {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(.registryInputOutput, "open", path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw refusal(.registryInputOutput, "write", path, errno) }
    }

    package static func writeAll(_ bytes: [UInt8], to descriptor: Int32, at offset: Int = 0, _ path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written, off_t(offset + written))
            }
            if count > 0 {
                written += count
                continue
            }
            let number = count == 0 ? ENOSPC : errno
            if number == EINTR { continue }
            throw refusal(number == ENOSPC ? .registryFull : .registryInputOutput, "write", path, number)
        }
    }

    /// The directory that `path` lies in.
    package static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// - Parameter number: what `errno` was, taken right after the call that failed.
    package static func refusal(_ code: RefusalCode, _ verb: String, _ path: String, _ number: Int32) -> Refusal {
        let reason = String(cString: strerror(number))
        return Refusal(code, "Cannot \(verb) \(path): \(reason).", facts: ["path": path])
    }

    private static func requireRegular(_ descriptor: Int32, _ path: String, orRefuse code: RefusalCode) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw refusal(code, "open", path, errno) }
        if let kind = FileKind(unusual: status.st_mode) { throw kind.refusal(code, path) }
    }
}

/// What a path leads to where a regular file is expected.
package struct FileKind {
    private let name: String

    /// Nil for a regular file.
    package init?(unusual mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFDIR: name = "a directory"
        case S_IFIFO: name = "a named pipe"
        case S_IFSOCK: name = "a socket"
        case S_IFLNK: name = "a symbolic link"
        default: name = "a device"
        }
    }

    package func refusal(_ code: RefusalCode, _ path: String) -> Refusal {
        Refusal(code, "\(path) is \(name), not a regular file.", facts: ["path": path])
    }
}
