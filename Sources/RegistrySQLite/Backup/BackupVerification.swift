import Registry
import RegistrySQL

/// Whether a copy of a database can take a registry's place.
struct BackupVerification {
    let database: Database
    let key: RegistryKey
    /// What the administrator calls it.
    let path: String

    /// So many codes are opened, from the oldest to the newest.
    private static let codes = 100

    /// - Throws: `Refusal` with `backup.invalid` and the reason, or `registry.from-newer-version`.
    func run() throws {
        guard try Schema.isOwner(of: database) else {
            throw Self.refusal(path, "it is a database, but not a registry's")
        }
        let version = try Schema.version(of: database)
        guard version <= Schema.version else {
            throw Refusal(
                .registryFromNewerVersion,
                "The backup \(path) has schema version \(version), but this program supports only versions up to "
                    + "\(Schema.version). Use the newer program that wrote it."
            )
        }
        guard version >= 1 else {
            throw Self.refusal(path, "its schema version is \(version), which is not a valid one")
        }
        if let damage: String = try database.value("PRAGMA integrity_check(1)"), damage != "ok" {
            throw Self.refusal(path, "it is damaged (\(damage))")
        }
        if let finding = try SchemaComparison(database, version: version).findings().first {
            throw Self.refusal(path, "its schema is not what a registry has (\(finding.subject))")
        }
        let session = SQLSession(database: database)
        if let reason = try session.ledgerVerdict(of: nil).faultReason {
            throw Self.refusal(path, "its ledger is broken: \(reason)")
        }
        do {
            try session.requireKey(key)
            let box = SealedBox(key: key)
            _ = try session.forEachSealedCode(atMost: Self.codes) { _, sealed in _ = try box.open(sealed) }
        } catch let refusal as Refusal where refusal.code == .registryKeyInvalid {
            throw Self.refusal(path, "this registry's key is not the one that sealed its codes")
        }
        // With the right key, or every row would seem to be another's.
        let inspection = SQLiteInspection(watch: RowWatch(key: key.rows))
        if let finding = try inspection.rowFindings(in: database).first {
            throw Self.refusal(path, "rows of its table \(finding.subject) were changed without tokenctl and tokend")
        }
    }

    static func refusal(_ path: String, _ reason: String) -> Refusal {
        Refusal(
            .backupInvalid,
            "The backup \(path) cannot be restored: \(reason). Nothing was changed.",
            facts: ["path": path]
        )
    }
}
