/// A file that was given with a request, which can be read from its beginning more than once.
public struct UploadedFile: Sendable {
    /// What the administrator calls it, for messages.
    public let name: String
    /// SHA-256 of its bytes, in hexadecimal.
    public let digest: String
    /// How many bytes it has, where that is known before it is read.
    public var size: Int?
    /// Opens it at its beginning.
    public let open: @Sendable () throws -> any ChunkSource

    public init(name: String, digest: String, open: @escaping @Sendable () throws -> any ChunkSource) {
        self.name = name
        self.digest = digest
        self.open = open
    }

    /// A file that has not been sent yet.
    public static let absent = UploadedFile(name: "", digest: "") { NoBytes() }

    private struct NoBytes: ChunkSource {
        mutating func next() -> [UInt8]? { nil }
    }
}
