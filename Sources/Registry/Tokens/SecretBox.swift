/// The port that keeps codes secret: it seals them, opens them, and finds them without opening any.
public protocol SecretBox: Sendable {
    /// Seals `code` so that only the sealing key of this number opens it.
    /// - Throws: `Refusal` with `registry.key-invalid` when this host does not have it.
    func seal(_ code: ActivationCode, with sealingKey: Int) throws -> SealedCode
    /// - Throws: `Refusal` with `registry.key-invalid` when the key is another one or the bytes were changed.
    func open(_ sealed: SealedCode) throws -> ActivationCode
    /// A keyed digest of the code's normal form: the same for the same code, and telling nothing about it.
    func lookup(for code: ActivationCode) -> CodeLookup
    /// A keyed digest of any bytes, 32 bytes, unrelated to ``lookup(for:)``.
    func digest(of bytes: [UInt8]) -> [UInt8]
    /// What a sealing key is known by.
    /// - Throws: `Refusal` with `registry.key-invalid` when this host does not have it.
    func fingerprint(ofSealingKey number: Int) throws -> [UInt8]
}

/// A code as the registry keeps it.
public struct SealedCode: Hashable, Sendable, Decodable {
    /// The sealing key's number unless it is the first, nonce, ciphertext and authentication tag.
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

extension SealedCode {
    /// Nonce, 25 characters and authentication tag.
    public static let lengthWithFirstKey = 12 + 25 + 16

    /// What stands before the nonce: nothing for the first key, four bytes for any other.
    public static func prefix(ofSealingKey number: Int) -> [UInt8] {
        guard number > 1 else { return [] }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// The number of the key that it is sealed with, as it says.
    public var sealingKey: Int {
        guard bytes.count > Self.lengthWithFirstKey else { return 1 }
        return bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
}

/// Seals codes with one sealing key.
public struct CodeSealer: Sendable {
    let secrets: any SecretBox
    let sealingKey: Int

    func seal(_ code: ActivationCode) throws -> SealedCode { try secrets.seal(code, with: sealingKey) }
}

extension CommandContext {
    /// Seals `code` with the key that the registry's codes are sealed with now.
    func seal(_ code: ActivationCode) throws -> SealedCode {
        try secrets.seal(code, with: transaction.sealingKey())
    }
}
