import Glibc

/// Why the daemon does not start.
public struct StartupFailure: Error, CustomStringConvertible, Sendable {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// The socket's place on the disk, held by a lock so that two daemons never share it.
///
/// Binding removes a socket that is there already, so the lock is taken and the socket probed before.
final class SocketFile: Sendable {
    let path: String
    private let lock: Int32

    /// Takes the lock, and makes sure that nobody answers on the socket.
    /// - Throws: `StartupFailure`.
    init(path: String) throws {
        guard path.utf8.count < 108 else {
            throw StartupFailure("The socket's path has \(path.utf8.count) bytes; at most 107 are allowed.")
        }
        self.path = path
        try Self.makeDirectory(of: path)
        lock = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw Self.failure(errno, "open", path + ".lock") }
        // From here on the deinitializer closes the lock, also when this throws.
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw StartupFailure(
                "Another daemon is running on this socket (it has locked \(path).lock): stop it, or choose another --socket."
            )
        }
        try Self.probe(path)
    }

    deinit {
        // A child between fork and exec may hold a copy of the descriptor, and with it the lock.
        flock(lock, LOCK_UN)
        close(lock)
    }

    /// Lets the group, or only the owner, connect. Until then nobody but the owner may.
    /// - Throws: `StartupFailure`.
    func open(to group: gid_t?) throws {
        var information = stat()
        guard lstat(path, &information) == 0 else { throw Self.failure(errno, "look at", path) }
        // A sandbox may forbid the call, and the group is often right already.
        if let group, information.st_gid != group, chown(path, .max, group) != 0 {
            throw Self.failure(errno, "give a group to", path)
        }
        guard chmod(path, 0o660) == 0 else { throw Self.failure(errno, "set the mode of", path) }
    }

    func remove() {
        unlink(path)
    }

    private static func makeDirectory(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let directory = String(path[..<slash])
        // The directory is the service manager's to make; a missing last part of it is made here.
        if mkdir(directory, 0o755) == 0 {
            // The socket's own mode decides who may connect, whatever the umask made of the directory.
            guard chmod(directory, 0o755) == 0 else { throw failure(errno, "set the mode of", directory) }
        } else if errno != EEXIST {
            throw failure(errno, "make", directory)
        }
    }

    /// A socket that refuses connections is a dead daemon's.
    private static func probe(_ path: String) throws {
        var information = stat()
        guard lstat(path, &information) == 0 else {
            if errno == ENOENT { return }
            throw failure(errno, "look at", path)
        }
        guard information.st_mode & S_IFMT == S_IFSOCK else {
            throw StartupFailure("\(path) exists and is not a socket; move it away, or choose another --socket.")
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(errno, "probe", path) }
        defer { close(descriptor) }
        if UnixAddress(path).with({ connect(descriptor, $0, $1) }) == 0 {
            throw StartupFailure("Another program answers on \(path): stop it, or choose another --socket.")
        }
        guard errno == ECONNREFUSED else { throw failure(errno, "probe", path) }
        guard unlink(path) == 0 else { throw failure(errno, "remove the stale socket", path) }
    }

    /// - Parameter error: taken right after the call that failed: it is evaluated before the other arguments.
    private static func failure(_ error: Int32, _ verb: String, _ path: String) -> StartupFailure {
        StartupFailure("Cannot \(verb) \(path): \(String(cString: strerror(error))).")
    }
}

/// A Unix-domain address; a name that begins with `@` is in the abstract namespace.
struct UnixAddress {
    private var address = sockaddr_un()
    private let length: socklen_t

    init(_ name: String) {
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8.prefix(107))
        let isAbstract = bytes.first == UInt8(ascii: "@")
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        length = socklen_t(offset + bytes.count + (isAbstract ? 0 : 1))
    }

    func with<Answer>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Answer) -> Answer {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
