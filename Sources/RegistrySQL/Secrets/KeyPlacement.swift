package import Registry

/// Puts a key where a registry looks for it: a copy that was kept, or a newer one from another host.
package struct KeyPlacement {
    private let path: String

    /// - Parameter path: the key's file, there or not.
    package init(at path: String) {
        self.path = path
    }

    /// Opens the copy `file`, and puts its key into place.
    ///
    /// A key that is there is only added to: the sealing keys that it lacks.
    /// - Parameter check: throws where the key is not the registry's.
    /// - Throws: `Refusal`; then the file is as it was.
    package func place(
        _ file: [UInt8],
        from source: String,
        with passphrase: Passphrase,
        check: (RegistryKey) throws -> Void
    ) throws -> KeyPlacementResource {
        let key = try KeyCopy.open(file, with: passphrase, path: source)
        let there = try RegistryKey.read(path)
        if let there {
            guard there.fingerprint == key.fingerprint else {
                throw Refusal(
                    .registryKeyInvalid,
                    "\(path) is another registry's key than the copy \(source). Put it out of the way if it is not needed any more.",
                    facts: ["path": path]
                )
            }
            let (longer, shorter) = there.lastSealingKey > key.lastSealingKey ? (there, key) : (key, there)
            guard longer.fileBytes.starts(with: shorter.fileBytes) else {
                throw Refusal(
                    .registryKeyInvalid,
                    "\(path) and the copy \(source) have different sealing keys of the same number. Keep the one that opens the "
                        + "registry.",
                    facts: ["path": path]
                )
            }
        }
        try check(key)
        let isNewer = there.map { $0.lastSealingKey < key.lastSealingKey } ?? true
        if there == nil {
            try POSIXFile.create(path, key.fileBytes)
        } else if isNewer {
            try POSIXFile.replace(path, key.fileBytes)
        }
        if isNewer { try POSIXFile.syncDirectory(POSIXFile.directory(of: path)) }
        return KeyPlacementResource(
            key: path,
            fingerprint: Array(key.fingerprint.prefix(4)).hexadecimal,
            sealingKeys: max(key.lastSealingKey, there?.lastSealingKey ?? 0),
            changed: isNewer
        )
    }
}
