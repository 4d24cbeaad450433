import Glibc
import Synchronization

/// The system's time zones (`tzdata`), read from a directory such as `/usr/share/zoneinfo`.
///
/// Each zone is read once: a process keeps to what it has read when the database is upgraded.
public final class ZoneDatabase: Sendable {
    public static let system = ZoneDatabase(directory: "/usr/share/zoneinfo")

    /// A zone takes some 2 KB at most.
    private static let largestFile = 65_536

    private let directory: String
    private let known = Mutex<[String: Zone]>([:])

    public init(directory: String) {
        self.directory = directory
    }

    /// The zone of an IANA name, such as `Europe/Berlin`.
    ///
    /// Nil when the database has none that can be read. `UTC` needs no database. The second copies of all zones that lie
    /// below `posix/` and `right/` are not zones' names.
    public func zone(named name: String) -> Zone? {
        if name == "UTC" { return .utc }
        guard Self.isName(name) else { return nil }
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard let zone = Self.read("\(directory)/\(name)").flatMap(Zone.init(tzif:)) else { return nil }
        known.withLock { $0[name] = zone }
        return zone
    }

    /// No name has a dot or begins with a slash, so none leads out of the directory.
    private static func isName(_ name: String) -> Bool {
        guard name.utf8.count <= 100, !name.hasPrefix("posix/"), !name.hasPrefix("right/") else { return false }
        return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        // A pipe must not make the caller wait.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largestFile
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                return Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { return nil }
            count += read
        }
        return bytes
    }
}
