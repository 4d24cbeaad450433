import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Backups and restoring them", .onSQLite)
struct BackupTests {
    @Test("A backup is one file, for its owner alone, and a sound registry in another directory with the same key")
    func backup() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let path = "\(registry.directory.path)/backup.db"
            let report = try registry.sqlite.backup(to: path)
            #expect(report.seal == (try registry.value(Int64.self, "SELECT max(number) FROM seals")))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(attributes[.size] as? Int == report.bytes)
            #expect(try names(in: registry).filter { $0.hasPrefix("backup") } == ["backup.db"])

            // A new machine: the key from where it was kept, and the backup.
            let other = RegistryDirectory(path: "\(registry.directory.path)/other")
            try makeDirectory(other)
            try FileManager.default.copyItem(atPath: registry.directory.keyPath, toPath: other.keyPath)
            let restored = try SQLiteRegistry.restore(other, from: path, at: registry.clock.now())
            #expect(restored.replaced == nil)
            #expect(restored.seal == report.seal)
            #expect(try code { try SQLiteRegistry.open(other) } == .registryAnchorInvalid)
            _ = try await SQLiteRegistry.acceptRollback(
                of: other,
                reason: "new machine",
                by: registry.owner,
                clock: registry.clock,
                requestID: "r"
            )
            let again = try TestRegistry(opening: other, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await again.answer(Check()).findings == [])
            #expect(try await again.code(of: token) == registry.code(of: token))
        }
    }

    @Test("A file that is there is not overwritten")
    func overwritesNothing() async throws {
        try await withTestRegistry { registry async throws in
            let path = "\(registry.directory.path)/backup.db"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try code { try registry.sqlite.backup(to: path) } == .backupExists)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
            #expect(try names(in: registry).filter { $0.hasPrefix("backup") } == ["backup.db"])
        }
    }

    @Test("A file called like the backup's with .tmp is somebody's own, and so is what a link there leads to")
    func neighbours() async throws {
        try await withTestRegistry { registry async throws in
            let path = "\(registry.directory.path)/backup.db"
            let mine = Data(repeating: 1, count: 100_000)
            try mine.write(to: URL(fileURLWithPath: "\(path).mine"))
            #expect(symlink("\(path).mine", "\(path).tmp") == 0)
            _ = try registry.sqlite.backup(to: path)
            #expect(try onDatabase(path) { try $0.value("PRAGMA integrity_check") } == "ok")
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(path).mine")) == mine)
            #expect(
                try names(in: registry).filter { $0.contains("backup") } == [
                    "backup.db", "backup.db.mine", "backup.db.tmp",
                ]
            )
        }
    }

    @Test("A link that leads nowhere is a file that is there", arguments: ["nowhere", "/tmp"])
    func link(to target: String) async throws {
        try await withTestRegistry { registry async throws in
            let path = "\(registry.directory.path)/backup.db"
            #expect(symlink(target, path) == 0)
            #expect(try code { try registry.sqlite.backup(to: path) } == .backupExists)
            #expect(try names(in: registry).filter { $0.contains("backup") } == ["backup.db"])
        }
    }

    @Test("A directory that is not there takes no backup")
    func noDirectory() async throws {
        try await withTestRegistry { registry async throws in
            #expect(try code { try registry.sqlite.backup(to: "\(registry.directory.path)/none/backup.db") } != nil)
        }
    }

    @Test("A backup may have the longest name that a file can have")
    func longName() async throws {
        try await withTestRegistry { registry async throws in
            let name = String(repeating: "b", count: 255)
            _ = try registry.sqlite.backup(to: "\(registry.directory.path)/\(name)")
            #expect(try names(in: registry).contains(name))
        }
    }

    @Test("What is put in the place of a backup that is being made, by whoever owns the directory, is not written to")
    func replacedWhileMade() async throws {
        try await withTestRegistry { registry in
            let directory = "\(registry.directory.path)/theirs"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let victim = "\(registry.directory.path)/victim"
            #expect(FileManager.default.createFile(atPath: victim, contents: nil))
            let copy = try DatabaseCopy(for: "\(directory)/backup.db", ownedAsDirectory: false)
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: directory).first)
            #expect(unlink("\(directory)/\(name)") == 0)
            #expect(symlink(victim, "\(directory)/\(name)") == 0)
            let answer = try code { try registry.sqlite.withReader { try copy.take(from: $0) } }
            #expect(answer == .registryInputOutput)
            #expect(try Data(contentsOf: URL(fileURLWithPath: victim)).isEmpty)
        }
    }

    @Test("A backup while writers are busy is one state of the registry")
    func whileBusy() async throws {
        try await withTestRegistry { registry in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for number in 0..<60 { try await registry.addOrganization("o\(number)") } }
                for number in 0..<3 {
                    let path = "\(registry.directory.path)/backup\(number).db"
                    let report = try registry.sqlite.backup(to: path)
                    let verdict = try onDatabase(path) { try SQLSession(database: $0).ledgerVerdict(of: nil) }
                    #expect(verdict.sound && verdict.head == report.head)
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(
        "R29: a restored backup that lacks a redemption stays closed until that is accepted; what it replaced is kept"
    )
    func restoreOlder() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let path = "\(registry.directory.path)/backup.db"
            _ = try registry.sqlite.backup(to: path)
            try await registry.redeem(token)
            registry.store.close()
            let report = try SQLiteRegistry.restore(registry.directory, from: path, at: registry.clock.now())
            #expect(report.rollback != nil)
            #expect(report.replaced == "\(registry.directory.databasePath).before-restore-2026-03-02T09:30:00.000000Z")
            #expect(try code { try SQLiteRegistry.open(registry.directory) } == .registryRolledBack)

            // Thinking better of it: the database that was replaced has everything.
            let kept = try #require(report.replaced)
            registry.clock.advance(seconds: 1)
            let back = try SQLiteRegistry.restore(registry.directory, from: kept, at: registry.clock.now())
            #expect(back.rollback == nil)
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await refusal { try await again.redeem(token) }?.code == .tokenAlreadyRedeemed)
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    @Test("A backup with everything that was committed is open at once")
    func restoreLatest() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let path = "\(registry.directory.path)/backup.db"
            _ = try registry.sqlite.backup(to: path)
            registry.store.close()
            #expect(
                try SQLiteRegistry.restore(registry.directory, from: path, at: registry.clock.now()).rollback == nil
            )
            try SQLiteRegistry.open(registry.directory).close()
        }
    }

    @Test("Nothing is restored while the registry is open")
    func open() async throws {
        try await withTestRegistry { registry in
            let path = "\(registry.directory.path)/backup.db"
            _ = try registry.sqlite.backup(to: path)
            #expect(
                try code { try SQLiteRegistry.restore(registry.directory, from: path, at: registry.clock.now()) }
                    == .registryBusy
            )
            try await registry.addOrganization()
        }
    }

    @Test("A damaged database is replaced, and kept with its log")
    func damagedDatabase() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let path = "\(registry.directory.path)/backup.db"
            _ = try registry.sqlite.backup(to: path)
            registry.store.close()
            try Data(repeating: 0xA5, count: 50_000).write(to: URL(fileURLWithPath: registry.directory.databasePath))
            try Data(repeating: 0x5A, count: 500).write(to: URL(fileURLWithPath: registry.directory.logPath))
            let journal = "\(registry.directory.databasePath)-journal"
            try Data(repeating: 0x5A, count: 600).write(to: URL(fileURLWithPath: journal))
            let report = try SQLiteRegistry.restore(registry.directory, from: path, at: registry.clock.now())
            let replaced = try #require(report.replaced)
            #expect(try Data(contentsOf: URL(fileURLWithPath: replaced)).count == 50_000)
            // SQLite would put their pages into the backup.
            for path in [registry.directory.logPath, journal] {
                #expect(!FileManager.default.fileExists(atPath: path))
            }
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    @Test(
        "What is no sound backup of this registry is refused, and the registry stays as it is",
        arguments: [
            "missing", "text", "empty", "other database", "other key", "tampered ledger", "newer version",
            "damaged page", "dropped guard", "trigger of its own", "hidden trigger", "version -1", "version 0",
            "added grant", "removed redemption", "named pipe", "directory",
        ]
    )
    func invalid(kind: String) async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let path = "\(registry.directory.path)/backup.db"
            if kind != "missing" { try await makeBackup(kind, of: registry, at: path) }
            registry.store.close()
            let bytes = try Data(contentsOf: URL(fileURLWithPath: registry.directory.databasePath))
            let expected: RefusalCode = kind == "newer version" ? .registryFromNewerVersion : .backupInvalid
            let answer = try code {
                try SQLiteRegistry.restore(registry.directory, from: path, at: registry.clock.now())
            }
            #expect(answer == expected)
            #expect(try Data(contentsOf: URL(fileURLWithPath: registry.directory.databasePath)) == bytes)
            #expect(try names(in: registry).filter { $0.contains("restor") } == [])
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    /// Makes somebody an administrator at the next redemption.
    private static let backdoor = """
        CREATE TRIGGER backdoor AFTER INSERT ON redemptions BEGIN
            INSERT INTO access_grants (organization, principal, permission, valid_from, granted_by)
            VALUES (1, 'user:eve', 'administrator', 0, 'user:root');
        END
        """

    private func makeBackup(_ kind: String, of registry: TestRegistry, at path: String) async throws {
        func change(_ statements: String) throws {
            _ = try registry.sqlite.backup(to: path)
            try onDatabase(path) { try $0.execute(statements) }
        }
        switch kind {
        case "text": try Data(String(repeating: "text", count: 2_000).utf8).write(to: URL(fileURLWithPath: path))
        case "empty": try Data().write(to: URL(fileURLWithPath: path))
        case "other database":
            try onDatabase(path) { try $0.execute("CREATE TABLE other (id INTEGER)") }
        case "other key":
            let backup = path
            try await withTestRegistry { other in
                _ = try await other.addContoso()
                _ = try other.sqlite.backup(to: backup)
            }
        case "tampered ledger":
            try change("DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'user:eve' WHERE sequence = 2")
        case "newer version": try change("PRAGMA user_version = 99")
        case "version -1": try change("PRAGMA user_version = -1")
        case "version 0": try change("PRAGMA user_version = 0")
        case "dropped guard": try change("DROP TRIGGER redemptions_no_delete")
        case "trigger of its own": try change(Self.backdoor)
        case "hidden trigger":
            // A name that SQLite keeps for itself, given by way of the schema table.
            try change(
                Self.backdoor + "; PRAGMA writable_schema = ON;"
                    + "UPDATE sqlite_schema SET name = 'sqlite_b', sql = replace(sql, 'backdoor', 'sqlite_b') "
                    + "WHERE name = 'backdoor'"
            )
        case "added grant":
            try change(
                """
                INSERT INTO access_grants (organization, principal, permission, valid_from, granted_by)
                VALUES (1, 'user:eve', 'administrator', 0, 'user:root')
                """
            )
        case "removed redemption":
            _ = try registry.sqlite.backup(to: path)
            try onDatabase(path) { database in
                let guards = try database.all(
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'redemptions'"
                ) { try (name: $0[0] as String, sql: $0[1] as String) }
                for row in guards { try database.execute("DROP TRIGGER \(row.name)") }
                try database.execute("DELETE FROM redemptions")
                for row in guards { try database.execute(row.sql) }
            }
        case "named pipe": #expect(mkfifo(path, 0o600) == 0)
        case "directory": #expect(mkdir(path, 0o700) == 0)
        default:
            _ = try registry.sqlite.backup(to: path)
            let root = try #require(
                try registry.value(Int.self, "SELECT rootpage FROM sqlite_schema WHERE name = 'redemptions'")
            )
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: UInt64((root - 1) * 4_096))
            try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
            try file.close()
        }
    }

    private func names(in registry: TestRegistry) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: registry.directory.path).sorted()
    }

    private func code(_ body: () throws -> some Any) throws -> RefusalCode? {
        do {
            _ = try body()
            return nil
        } catch let refusal as Refusal {
            return refusal.code
        }
    }
}
