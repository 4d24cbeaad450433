/// Why a text is not JSON, and where.
public struct JSONFault: Error, Hashable, Sendable {
    /// What is wrong, as the end of a sentence.
    public let reason: String
    /// From 1.
    public let line: Int
    /// In bytes, from 1.
    public let column: Int
}
