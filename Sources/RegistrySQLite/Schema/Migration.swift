import Registry
import RegistrySQL

/// Brings a database to the schema of this version.
struct Migration {
    let database: Database

    /// Makes the schema in an empty database, and fills it with `seed`, in one transaction.
    func create<Answer>(_ watch: RowWatch, _ seed: (SQLSession) throws -> Answer) throws -> Answer {
        try database.transaction {
            try database.run("PRAGMA application_id = \(Schema.applicationID)")
            try apply(from: 0)
            watch.begin(on: database)
            return try seed(SQLSession(database: database, watch: watch))
        }
    }

    /// Whether there is nothing at all in the database yet.
    func isBlank() throws -> Bool {
        try Schema.isBlank(database)
    }

    /// - Throws: `Refusal` with `registry.not-a-database` for another program's database,
    ///   `registry.from-newer-version` when a newer version wrote it, and `registry.damaged` when none did.
    func bringUpToDate() throws {
        guard try knownVersion() < Schema.version else { return }
        // Another process may have done it while this one waited for the lock.
        try database.transaction { try apply(from: knownVersion()) }
    }

    /// Like ``bringUpToDate()``, where nothing can be written.
    /// - Throws: `Refusal` with `registry.read-only` when there would be something to do.
    func checkCurrent() throws {
        let version = try knownVersion()
        guard version == Schema.version else {
            throw Refusal(
                .registryReadOnly,
                "The registry has schema version \(version) and must be brought to \(Schema.version), and it cannot "
                    + "be written to here.",
                facts: ["schemaVersion": version, "known": Schema.version]
            )
        }
    }

    private func knownVersion() throws -> Int {
        try Schema.checkOwner(of: database)
        let version = try Schema.version(of: database)
        guard version >= 1 else {
            throw Refusal(
                .registryDamaged,
                "The database is damaged: its schema version is \(version), which is not a valid one. Restore a backup.",
                facts: ["schemaVersion": version]
            )
        }
        guard version <= Schema.version else {
            throw Refusal(
                .registryFromNewerVersion,
                "The registry has schema version \(version), but this program supports only versions up to "
                    + "\(Schema.version). Use the newer program that wrote it.",
                facts: ["schemaVersion": version, "known": Schema.version]
            )
        }
        return version
    }

    private func apply(from version: Int) throws {
        for migration in Schema.migrations.dropFirst(version) { try database.execute(migration) }
        try database.run("PRAGMA user_version = \(Schema.version)")
    }
}
