/// The port that gives a file piece by piece.
public protocol ChunkSource {
    /// The next piece; nil at the end.
    /// - Throws: `Refusal` with `input.invalid` when the file cannot be read.
    mutating func next() throws -> [UInt8]?
}

/// A file in one piece.
public struct OneChunk: ChunkSource {
    private var bytes: [UInt8]?

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public mutating func next() -> [UInt8]? {
        defer { bytes = nil }
        return bytes
    }
}
