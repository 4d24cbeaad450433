import Foundation
import GRDB
public import Registry

extension SQLiteRegistry {
    /// Opens the registry in `directory`, brings its schema up to date, and holds it against its anchor.
    ///
    /// - Parameter acceptsRollback: opens also a database that is behind its anchor, to say what is missing.
    /// - Throws: `Refusal` with a `registry.*` code.
    public static func open(_ directory: RegistryDirectory, acceptsRollback: Bool = false) throws -> SQLiteRegistry {
        try RegistryFiles(directory: directory).checkReadable()
        let key = try RegistryKey.load(from: directory)
        let anchor = RollbackAnchor(path: directory.anchorPath, key: key)
        do {
            let writer = try Connection.writer(of: directory)
            try Migration(writer).bringUpToDate()
            if !acceptsRollback { try checkAnchor(anchor, writer) }
            return SQLiteRegistry(directory: directory, key: key, writer: writer, anchor: anchor)
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    /// Makes a registry in `directory`: the key, the anchor, and the database with the catalogues.
    ///
    /// - Returns: false when there is one already; it is left as it is.
    /// - Throws: `Refusal` with a `registry.*` code.
    public static func create(
        _ directory: RegistryDirectory,
        programs: [Program],
        skus: [SKU],
        at now: Instant,
        actor: Principal,
        requestID: String
    ) throws -> Bool {
        try RegistryFiles(directory: directory).withLock {
            let files = RegistryFiles(directory: directory)
            if try files.holdsDatabase() { return false }
            let key = try RegistryKey.loadOrCreate(in: directory)
            let anchor = RollbackAnchor(path: directory.anchorPath, key: key)
            if try POSIXFile.read(directory.anchorPath) == nil { try anchor.create() }
            do {
                let writer = try Connection.writer(of: directory)
                let head = try Migration(writer).create { session in
                    for program in programs { try session.put(program, recordedAt: now) }
                    for sku in skus { try session.put(sku, recordedAt: now) }
                    _ = try session.append(
                        AuditDraft(
                            at: now,
                            actor: actor.description,
                            action: "registry.init",
                            subject: "registry",
                            changes: ["programs": .number(programs.count), "skus": .number(skus.count)],
                            requestID: requestID
                        )
                    )
                    return try session.auditHead()
                }
                if let head { try anchor.advance(to: .init(sequence: head.sequence, hash: head.hash)) }
                try writer.close()
            } catch {
                throw SQLiteFailure.refusal(from: error)
            }
            return true
        }
    }

    /// A restored backup lacks rows that were committed once: it could redeem a token again.
    private static func checkAnchor(_ anchor: RollbackAnchor, _ writer: DatabaseQueue) throws {
        let position = try anchor.read()
        guard position.sequence > 0 else { return }
        try writer.read { database in
            let session = SQLiteSession(database: database)
            let head = try session.auditHead()?.sequence ?? 0
            let row = try session.auditEntries(AuditFilter(), after: position.sequence - 1, limit: 1).first
            guard let row, row.sequence == position.sequence else {
                throw Refusal(
                    .registryRolledBack,
                    "The database ends with ledger row \(head), and row \(position.sequence) was committed once: "
                        + "\(position.sequence - head) rows are missing, as after a restored backup. Redemptions among "
                        + "them would be forgotten.",
                    facts: [
                        .init("head", .number(Int(head))),
                        .init("anchor", .number(Int(position.sequence))),
                        .init("missing", .number(Int(position.sequence - head))),
                    ]
                )
            }
            guard row.hash == position.hash else {
                throw Refusal(
                    .registryRolledBack,
                    "Ledger row \(position.sequence) is another one than was committed: the database was restored and "
                        + "written to since.",
                    facts: [.init("head", .number(Int(head))), .init("anchor", .number(Int(position.sequence)))]
                )
            }
        }
    }
}
