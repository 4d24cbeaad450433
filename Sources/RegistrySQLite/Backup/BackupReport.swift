/// A backup that was made.
public struct BackupReport: Hashable, Sendable, Codable {
    /// The file. It holds the database alone: codes in it stay sealed, and only the registry's key opens them.
    public let path: String
    public let bytes: Int
    /// The number of its last commit's seal; nil when the ledgers are empty.
    public let seal: Int64?
    /// That seal's hash, in hexadecimal.
    public let head: String?
    /// Older backups that were removed, since so many newer ones are there.
    public var removed: [String] = []
}

/// A backup that took the database's place.
public struct RestoreReport: Hashable, Sendable, Codable {
    /// The number of the last commit's seal now; nil when the ledgers are empty.
    public let seal: Int64?
    /// The database that was replaced; nil when there was none.
    public let replaced: String?
    /// Why the registry is not opened until the rollback is accepted; nil when nothing is missing.
    public let rollback: String?
}
