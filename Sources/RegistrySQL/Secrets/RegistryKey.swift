package import Crypto
import FoundationEssentials
import Registry

/// The registry's master key, and the keys derived from it: one for each use.
package struct RegistryKey: Sendable {
    package let sealing: SymmetricKey
    package let lookup: SymmetricKey
    package let digest: SymmetricKey
    package let anchor: SymmetricKey
    package let rows: SymmetricKey
    /// What the database knows the key by; tells nothing of it.
    package let fingerprint: [UInt8]
    /// The file that it was read from.
    package let origin: String

    package init(master: [UInt8], origin: String) {
        let key = SymmetricKey(data: master)
        func derive(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("tokenctl.\(use)".utf8), outputByteCount: 32)
        }
        sealing = derive("sealing")
        lookup = derive("lookup")
        digest = derive("digest")
        anchor = derive("anchor")
        rows = derive("rows")
        fingerprint = derive("fingerprint").withUnsafeBytes { Array($0) }
        self.origin = origin
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

    static func loadIfPresent(at path: String) throws -> RegistryKey? {
        for place in [credentialPath, path] {
            guard let path = place, let bytes = try POSIXFile.read(path) else { continue }
            guard bytes.count == 32 else {
                throw Refusal(
                    .registryKeyInvalid,
                    "The registry's key \(path) has \(bytes.count) bytes; a key has 32.",
                    facts: ["path": path]
                )
            }
            return RegistryKey(master: bytes, origin: path)
        }
        return nil
    }

    private static var credentialPath: String? {
        ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"].map { "\($0)/registry.key" }
    }
}
