import Foundation

/// Where a registry lies: a directory with the database, the key and the anchor.
public struct RegistryDirectory: Hashable, Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public var databasePath: String { "\(path)/registry.db" }
    public var keyPath: String { "\(path)/registry.key" }
    public var anchorPath: String { "\(path)/registry.anchor" }

    /// Whether a registry was made here, whatever its state.
    public var exists: Bool {
        FileManager.default.fileExists(atPath: databasePath)
    }
}
