/// Where a registry lies: a directory with the database, the key and the anchor.
public struct RegistryDirectory: Hashable, Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public var databasePath: String { "\(path)/registry.db" }
    /// The write-ahead log, where SQLite keeps the latest commits.
    var logPath: String { "\(databasePath)-wal" }
    public var keyPath: String { "\(path)/registry.key" }
    /// Locked by whoever writes.
    var lockPath: String { "\(path)/registry.lock" }
    public var anchorPath: String { "\(path)/registry.anchor" }
}
