package import Registry

/// What an engine does for a registry that comes from another place: tables without guards, then the guards, then the
/// release.
package protocol RegistryArrival: Sendable {
    /// As the ledger names it.
    var name: String { get }

    /// - Parameter first: the registry's first seal, by which what an earlier attempt left is known.
    /// - Throws: `Refusal` with `registry.exists` where something is there, and with `registry.key-invalid` where another
    ///   key is.
    func requireRoom(for key: RegistryKey, first: Seal) throws

    /// Makes the tables, has `load` fill them, makes indexes and guards, and has `verify` look at all of it. Then it is
    /// durable, complete, and not open yet. What an earlier attempt left is begun anew.
    func fill(
        with key: RegistryKey,
        load: (any SQLConnection) throws -> Void,
        verify: (SQLSession) throws -> Void
    ) throws

    /// Lets what is complete and ends with `seal` be opened, with the host's anchor there. What is open already stays as it
    /// is.
    /// - Throws: `Refusal` with `registry.not-found` where there is no copy that has this seal.
    func release(_ seal: Seal, key: RegistryKey) throws
}

extension RegistryArrival {
    /// - Parameter name: what takes the registry's place.
    package func taken(_ what: String) -> Refusal {
        Refusal(
            .registryExists,
            "\(what), and a registry is only copied to where nothing is. Nothing was changed.",
            facts: ["place": name]
        )
    }

    package var unfinishedOfAnother: Refusal {
        taken("\(name) holds the unfinished copy of another registry")
    }

    package var notThere: Refusal {
        Refusal(
            .registryNotFound,
            "\(name) does not hold the copy that this registry's ledger tells of.",
            facts: ["place": name]
        )
    }

    package var otherKey: Refusal {
        Refusal(
            .registryKeyInvalid,
            "The key for \(name) is another registry's, and codes stay sealed with the key that they are sealed with. Put "
                + "that key out of the way, or name another file.",
            facts: ["place": name]
        )
    }
}

extension RegistryKey {
    /// Puts this key where a copy of the registry looks for it.
    /// - Returns: false where there is another one.
    package func place(at path: String) throws -> Bool {
        guard let bytes = try POSIXFile.read(origin) else {
            throw Refusal(.registryKeyInvalid, "The registry's key \(origin) is missing.", facts: ["path": origin])
        }
        if let there = try RegistryKey.loadIfPresent(at: path) { return there.fileBytes.starts(with: bytes) }
        try POSIXFile.create(path, bytes)
        try POSIXFile.syncDirectory(POSIXFile.directory(of: path))
        return true
    }

    /// Whether a copy of the registry would find this key at `path`, with all of its sealing keys, or nothing yet.
    package func fits(at path: String) throws -> Bool {
        guard let there = try RegistryKey.loadIfPresent(at: path) else { return true }
        return there.fileBytes.starts(with: fileBytes)
    }
}
