import Registry

extension Schema {
    static let keyFingerprintTable = """
        -- The key that codes are sealed with, by a fingerprint that reveals nothing about it.
        CREATE TABLE registry_key (
            number INTEGER PRIMARY KEY CHECK (number = 1),
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32)
        ) STRICT;

        """
        + appendOnly("registry_key", key: "number", because: "codes are sealed with one key")
}

extension SQLSession {
    package func insert(keyFingerprint fingerprint: [UInt8]) throws {
        try database.run("INSERT INTO registry_key (number, fingerprint) VALUES (1, ?)", [fingerprint])
    }

    /// Makes sure that `key` is the one that the registry was made with: by its fingerprint, and by opening a code.
    ///
    /// Of the oldest and newest codes one has to open; a single one that does not is damage for the check to find.
    /// - Throws: `Refusal` with `registry.key-invalid`; with `registry.damaged` when the database names no key.
    package func requireKey(_ key: RegistryKey) throws {
        let stored = try database.value("SELECT fingerprint FROM registry_key") as [UInt8]?
        guard let stored else {
            throw Refusal(.registryDamaged, "The database does not say which key its codes are sealed with.")
        }
        guard stored == key.fingerprint else {
            throw Refusal(
                .registryKeyInvalid,
                "\(key.origin) is another registry's key: its fingerprint is \(Self.short(key.fingerprint)), and this "
                    + "registry was made with \(Self.short(stored)). Put the right key back from where it was kept.",
                facts: ["path": key.origin]
            )
        }
        for stated in try sealingKeys() {
            guard let fingerprint = key.fingerprint(ofSealingKey: stated.number) else {
                throw SealedBox.missing(stated.number, in: key.origin)
            }
            guard fingerprint == stated.fingerprint else {
                throw Refusal(
                    .registryKeyInvalid,
                    "Sealing key \(stated.number) in \(key.origin) is not the one that the registry's codes are sealed with. Put "
                        + "the right key back from where it was kept.",
                    facts: ["path": key.origin, "sealingKey": stated.number]
                )
            }
        }
        let box = SealedBox(key: key)
        let codes = try ["tokens", "product_keys"].flatMap { table in
            try ["ASC", "DESC"].compactMap { order in
                try database.first("\(Self.sealedCode) FROM \(table) ORDER BY number \(order) LIMIT 1") as SealedCode?
            }
        }
        guard let code = codes.first else { return }
        if !codes.contains(where: { (try? box.open($0)) != nil }) { _ = try box.open(code) }
    }

    private static func short(_ fingerprint: [UInt8]) -> String {
        Array(fingerprint.prefix(4)).hexadecimal
    }
}
