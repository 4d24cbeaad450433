package import Crypto
import FoundationEssentials
import Registry

/// The registry's master key, the keys derived from it, one for each use, and the sealing keys that took the place of the
/// derived one since.
///
/// Its file has 32 bytes, and 32 more for each sealing key after the first. The earlier ones stay: backups from before are
/// sealed with them.
package struct RegistryKey: Sendable {
    private let master: SymmetricKey
    /// By number: the first is derived from the master key.
    private let sealing: [SymmetricKey]
    package let lookup: SymmetricKey
    package let digest: SymmetricKey
    package let anchor: SymmetricKey
    package let rows: SymmetricKey
    /// What the database knows the key by; tells nothing of it.
    package let fingerprint: [UInt8]
    /// The file that it was read from.
    package let origin: String

    /// So many sealing keys can be in one file.
    package static let sealingKeyLimit = 100
    private static let length = 32

    /// - Parameters:
    ///   - later: sealing keys after the first.
    package init(master: [UInt8], later: [[UInt8]] = [], origin: String) {
        let key = SymmetricKey(data: master)
        self.master = key
        func derive(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("tokenctl.\(use)".utf8), outputByteCount: 32)
        }
        sealing = [derive("sealing")] + later.map { SymmetricKey(data: $0) }
        lookup = derive("lookup")
        digest = derive("digest")
        anchor = derive("anchor")
        rows = derive("rows")
        fingerprint = derive("fingerprint").withUnsafeBytes { Array($0) }
        self.origin = origin
    }

    /// What a key file has in it; nil where the number of bytes is no key's.
    package init?(file bytes: [UInt8], origin: String) {
        guard !bytes.isEmpty, bytes.count % Self.length == 0, bytes.count / Self.length <= Self.sealingKeyLimit else {
            return nil
        }
        let parts = stride(from: 0, to: bytes.count, by: Self.length).map { Array(bytes[$0..<$0 + Self.length]) }
        self.init(master: parts[0], later: Array(parts.dropFirst()), origin: origin)
    }

    /// The bytes of its file: a secret.
    package var fileBytes: [UInt8] {
        ([master] + sealing.dropFirst()).flatMap { key in key.withUnsafeBytes { Array($0) } }
    }

    /// The highest number of a sealing key that it has.
    package var lastSealingKey: Int { sealing.count }

    /// - Returns: nil where it has no such key.
    package func sealingKey(_ number: Int) -> SymmetricKey? {
        sealing.indices.contains(number - 1) ? sealing[number - 1] : nil
    }

    /// What the database knows a sealing key by; tells nothing of it.
    package func fingerprint(ofSealingKey number: Int) -> [UInt8]? {
        sealingKey(number).map {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: $0,
                info: Data("tokenctl.sealing-fingerprint".utf8),
                outputByteCount: 32
            ).withUnsafeBytes { Array($0) }
        }
    }

    /// The same with one more sealing key.
    package func addingSealingKey() -> RegistryKey {
        let bytes = fileBytes + SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return RegistryKey(file: bytes, origin: origin) ?? self
    }

    /// Takes the key from a systemd credential called `registry.key` where there is one, else from `path`.
    package static func load(at path: String) throws -> RegistryKey {
        guard let key = try loadIfPresent(at: path) else {
            throw Refusal(
                .registryKeyInvalid,
                "The registry's key \(path) is missing: without it no code can be found or opened. "
                    + "Put it back from where it was kept.",
                facts: ["path": path]
            )
        }
        return key
    }

    /// Takes the key that is there, or makes a new one, mode 0600.
    package static func loadOrCreate(at path: String) throws -> RegistryKey {
        if let key = try loadIfPresent(at: path) { return key }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        try POSIXFile.create(path, bytes)
        return RegistryKey(master: bytes, origin: path)
    }

    package static func loadIfPresent(at path: String) throws -> RegistryKey? {
        for place in [credentialPath, path] {
            guard let path = place, let key = try read(path) else { continue }
            return key
        }
        return nil
    }

    /// What the file `path` has in it, whatever credentials there are.
    /// - Returns: nil when there is no such file.
    package static func read(_ path: String) throws -> RegistryKey? {
        guard let bytes = try POSIXFile.read(path) else { return nil }
        guard let key = RegistryKey(file: bytes, origin: path) else {
            throw Refusal(
                .registryKeyInvalid,
                "The registry's key \(path) has \(bytes.count) bytes; a key has 32, and 32 more for each sealing key after "
                    + "the first.",
                facts: ["path": path]
            )
        }
        return key
    }

    static var credentialPath: String? {
        ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"].map { "\($0)/registry.key" }
    }
}
