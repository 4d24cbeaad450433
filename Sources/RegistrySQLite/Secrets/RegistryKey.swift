import Crypto
import Foundation
import Registry

/// The registry's master key, and the keys derived from it: one for each use.
struct RegistryKey: Sendable {
    let sealing: SymmetricKey
    let lookup: SymmetricKey
    let anchor: SymmetricKey

    init(master: [UInt8]) {
        let key = SymmetricKey(data: master)
        func derive(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("tokenctl.\(use)".utf8), outputByteCount: 32)
        }
        sealing = derive("sealing")
        lookup = derive("lookup")
        anchor = derive("anchor")
    }

    /// Takes the key from a systemd credential called `registry.key` where there is one, else from the directory.
    static func load(from directory: RegistryDirectory) throws -> RegistryKey {
        guard let bytes = try credential() ?? POSIXFile.read(directory.keyPath) else {
            throw Refusal(
                .registryKeyInvalid,
                "The registry's key \(directory.keyPath) is missing: without it no code can be found or opened. "
                    + "Put it back from where it was kept.",
                facts: [.init("path", .text(directory.keyPath))]
            )
        }
        guard bytes.count == 32 else {
            throw Refusal(
                .registryKeyInvalid,
                "The registry's key \(directory.keyPath) has \(bytes.count) bytes; a key has 32.",
                facts: [.init("path", .text(directory.keyPath))]
            )
        }
        return RegistryKey(master: bytes)
    }

    private static func credential() throws -> [UInt8]? {
        guard let directory = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else { return nil }
        return try POSIXFile.read("\(directory)/registry.key")
    }

    /// Takes the key that is there, or makes a new one, mode 0600.
    static func loadOrCreate(in directory: RegistryDirectory) throws -> RegistryKey {
        if try credential() ?? POSIXFile.read(directory.keyPath) != nil { return try load(from: directory) }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        try POSIXFile.create(directory.keyPath, bytes, mode: 0o600)
        return RegistryKey(master: bytes)
    }
}
