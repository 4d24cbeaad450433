import GRDB
import Registry

/// Brings a database to the schema of this version.
struct Migration {
    private let queue: DatabaseQueue

    init(_ queue: DatabaseQueue) {
        self.queue = queue
    }

    /// Makes the schema in an empty database, and fills it with `seed`, in one transaction.
    func create<Answer>(_ watch: RowWatch, _ seed: (SQLiteSession) throws -> Answer) throws -> Answer {
        try queue.writeWithoutTransaction { database in
            var answer: Answer?
            try database.inTransaction(.immediate) {
                try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                try apply(from: 0, in: database)
                watch.begin(on: database)
                answer = try seed(SQLiteSession(database: database, watch: watch))
                return .commit
            }
            guard let answer else { throw SQLiteFailure.transactionLost }
            return answer
        }
    }

    /// Whether there is nothing at all in the database yet.
    func isBlank() throws -> Bool {
        try queue.writeWithoutTransaction { try Schema.isBlank($0) }
    }

    /// - Throws: `Refusal` with `registry.not-a-database` for another program's database,
    ///   `registry.from-newer-version` when a newer version wrote it, and `registry.damaged` when none did.
    func bringUpToDate() throws {
        try queue.writeWithoutTransaction { database in
            guard try knownVersion(of: database) < Schema.version else { return }
            try database.inTransaction(.immediate) {
                // Another process may have done it while this one waited for the lock.
                try apply(from: knownVersion(of: database), in: database)
                return .commit
            }
        }
    }

    /// Like ``bringUpToDate()``, where nothing can be written.
    /// - Throws: `Refusal` with `registry.read-only` when there would be something to do.
    func checkCurrent() throws {
        try queue.writeWithoutTransaction { database in
            let version = try knownVersion(of: database)
            guard version == Schema.version else {
                throw Refusal(
                    .registryReadOnly,
                    "The registry has schema version \(version) and must be brought to \(Schema.version), and it cannot "
                        + "be written to here.",
                    facts: [.init("schemaVersion", .number(version)), .init("known", .number(Schema.version))]
                )
            }
        }
    }

    private func knownVersion(of database: Database) throws -> Int {
        try Schema.checkOwner(of: database)
        let version = try version(of: database)
        guard version >= 1 else {
            throw Refusal(
                .registryDamaged,
                "The database is damaged: its schema version is \(version), which is not a valid one. Restore a backup.",
                facts: [.init("schemaVersion", .number(version))]
            )
        }
        guard version <= Schema.version else {
            throw Refusal(
                .registryFromNewerVersion,
                "The registry has schema version \(version), but this program supports only versions up to "
                    + "\(Schema.version). Use the newer program that wrote it.",
                facts: [.init("schemaVersion", .number(version)), .init("known", .number(Schema.version))]
            )
        }
        return version
    }

    private func version(of database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    private func apply(from version: Int, in database: Database) throws {
        for migration in Schema.migrations.dropFirst(version) { try database.execute(sql: migration) }
        try database.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }
}
