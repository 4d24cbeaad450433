/// The port that keeps codes secret: it seals them, opens them, and finds them without opening any.
public protocol SecretBox: Sendable {
    /// Seals `code` so that only this registry's key opens it.
    func seal(_ code: ActivationCode) throws -> SealedCode
    /// - Throws: `Refusal` with `registry.key-invalid` when the key is another one or the bytes were changed.
    func open(_ sealed: SealedCode) throws -> ActivationCode
    /// A keyed digest of the code's normal form: the same for the same code, and telling nothing about it.
    func lookup(for code: ActivationCode) -> CodeLookup
    /// A keyed digest of any bytes, 32 bytes, unrelated to ``lookup(for:)``.
    func digest(of bytes: [UInt8]) -> [UInt8]
}

/// A code as the registry keeps it.
public struct SealedCode: Hashable, Sendable, Decodable {
    /// Nonce, ciphertext and authentication tag.
    public let bytes: [UInt8]
    public let lookup: CodeLookup
    /// The last group, in the clear: what is shown of a code.
    public let lastGroup: String

    public init(bytes: [UInt8], lookup: CodeLookup, lastGroup: String) {
        self.bytes = bytes
        self.lookup = lookup
        self.lastGroup = lastGroup
    }
}

/// What a code is found by.
public struct CodeLookup: Hashable, Sendable, Decodable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
