/// A key that codes are sealed with, after the first one, which the registry was made with.
public struct SealingKey: Hashable, Sendable, Decodable {
    /// From 2 on.
    public let number: Int
    /// Tells nothing of the key.
    public let fingerprint: [UInt8]
    /// From then on new codes are sealed with it.
    public let begunAt: Instant
    /// From then on every code is; nil while there are codes that are sealed with an earlier key.
    public let endedAt: Instant?
}

/// What a sealed code belongs to.
public enum CodeOwner: String, CaseIterable, Sendable, Codable {
    case tokens
    case productKeys = "product_keys"
}

/// A sealed code and the number of what it belongs to.
public struct OwnedCode: Hashable, Sendable {
    public let number: Int64
    public let code: SealedCode

    public init(number: Int64, code: SealedCode) {
        self.number = number
        self.code = code
    }
}

public protocol SealingKeyReading {
    /// Those after the first, in order.
    func sealingKeys() throws -> [SealingKey]
    /// The number of the one that new codes are sealed with.
    func sealingKey() throws -> Int
    /// In the order of their numbers, after `number`.
    func sealedCodes(of owner: CodeOwner, after number: Int64, limit: Int) throws -> [OwnedCode]
}

public protocol SealingKeyWriting {
    /// Lets new codes be sealed with this key only: once it is committed, no other transaction adds one that is sealed with
    /// an earlier key.
    func begin(_ key: SealingKey) throws
    /// Every code is sealed with it.
    func end(sealingKey number: Int, at now: Instant) throws
    /// Puts the same code in its place, sealed with the newest key.
    func reseal(_ code: OwnedCode, of owner: CodeOwner) throws
}

/// The file of this host that the registry's key is in, with all of its sealing keys.
public protocol SealingKeyFile: Sendable {
    var path: String { get }
    /// Whether other hosts have copies of it.
    var isSharedByHosts: Bool { get }
    /// Whether it has the sealing key of this number.
    func holds(_ number: Int) throws -> Bool
    /// Makes a sealing key of this number, durable, unless there is one.
    /// - Throws: `Refusal`; then the file is as it was.
    func add(_ number: Int) throws
    /// What the database knows the registry's key by; tells nothing of it.
    var fingerprint: [UInt8] { get }
    /// A copy of it that only `passphrase` opens.
    /// - Throws: `Refusal`.
    func sealedCopy(under passphrase: Passphrase) throws -> [UInt8]
}
