import Glibc
package import Registry
import Synchronization

/// The registry's key as this process knows it, and the file that another process may have put one more sealing key into.
package final class KeyRing: SealingKeyFile {
    package let isSharedByHosts: Bool
    private let known: Mutex<RegistryKey>

    /// - Parameter isSharedByHosts: whether other hosts have copies of the file.
    package init(key: RegistryKey, isSharedByHosts: Bool = false) {
        known = Mutex(key)
        self.isSharedByHosts = isSharedByHosts
    }

    package var path: String { key.origin }

    package var key: RegistryKey { known.withLock { $0 } }

    package func holds(_ number: Int) throws -> Bool {
        try keyHolding(number) != nil
    }

    /// The key, read anew where it is not known to have this sealing key.
    /// - Returns: nil where the file has no such key either.
    package func keyHolding(_ number: Int) throws -> RegistryKey? {
        let key = key
        if number <= key.lastSealingKey { return key }
        guard let found = try RegistryKey.read(key.origin), found.fingerprint == key.fingerprint else { return nil }
        known.withLock { $0 = found }
        return number <= found.lastSealingKey ? found : nil
    }

    /// Puts sealing keys into the file until it has one of this number, durable. Two processes that do it at once get the
    /// same key.
    /// - Throws: `Refusal`; then the file is as it was.
    package func add(_ number: Int) throws {
        guard try !holds(number) else { return }
        guard path != RegistryKey.credentialPath else {
            throw Refusal(
                .registryReadOnly,
                "The key comes from the credential \(path), which only the service manager can change. Set the key's own "
                    + "file with --key, and bring the credential up to date afterwards."
            )
        }
        guard number <= RegistryKey.sealingKeyLimit else {
            throw Refusal(
                .registryKeyInvalid,
                "The key \(path) has \(RegistryKey.sealingKeyLimit) sealing keys, and can have no more."
            )
        }
        let descriptor = try lockedFile()
        defer { close(descriptor) }
        guard var key = try RegistryKey.read(path), key.fingerprint == self.key.fingerprint else {
            throw Refusal(
                .registryKeyInvalid,
                "The registry's key \(path) was replaced by another one.",
                facts: ["path": path]
            )
        }
        if key.lastSealingKey < number {
            while key.lastSealingKey < number { key = key.addingSealingKey() }
            try POSIXFile.replace(path, key.fileBytes)
        }
        // Nothing may be sealed with a key that a power cut could take away.
        try POSIXFile.syncDirectory(POSIXFile.directory(of: path))
        known.withLock { $0 = key }
    }

    package var fingerprint: [UInt8] { key.fingerprint }

    package func sealedCopy(under passphrase: Passphrase) throws -> [UInt8] {
        // Another process may have added to it.
        try KeyCopy.seal(RegistryKey.read(path) ?? key, under: passphrase)
    }

    /// The file that has the key's name, open and locked: not one that was replaced while this process waited.
    private func lockedFile() throws -> Int32 {
        while true {
            guard let descriptor = try POSIXFile.open(path, O_RDONLY) else {
                throw Refusal(.registryKeyInvalid, "The registry's key \(path) is missing.", facts: ["path": path])
            }
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else {
                    let number = errno
                    close(descriptor)
                    throw POSIXFile.refusal(.registryInputOutput, "lock", path, number)
                }
            }
            if FileIdentity(of: descriptor) == FileIdentity(at: path) { return descriptor }
            close(descriptor)
        }
    }
}
