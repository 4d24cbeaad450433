/// The port that gives a file piece by piece.
public protocol ChunkSource {
    /// The next piece; nil at the end.
    /// - Throws: `Refusal` with `input.invalid` when the file cannot be read.
    mutating func next() throws -> [UInt8]?
}
