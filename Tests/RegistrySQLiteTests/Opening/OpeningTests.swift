import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Opening and making a registry", .onSQLite)
struct OpeningTests {
    static let now = Instant(microsecondsSinceEpoch: 1_772_400_000_000_000)

    @Test("A directory that is not there is no registry, and opening makes nothing")
    func absent() async throws {
        try await withTestDirectory { directory async throws in
            #expect(code { try SQLiteRegistry.open(directory) } == .registryNotFound)
            #expect(!FileManager.default.fileExists(atPath: directory.path))
        }
    }

    @Test("A file in the directory's place cannot be opened, nor made a registry")
    func fileInPlace() async throws {
        try await withTestDirectory { directory async throws in
            try Data("text".utf8).write(to: URL(fileURLWithPath: directory.path))
            #expect(code { try SQLiteRegistry.open(directory) } == .registryUnreadable)
            #expect(code { try createRegistry(in: directory, at: Self.now) } != nil)
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory.path)) == Data("text".utf8))
        }
    }

    @Test("A file in the middle of the path cannot be passed")
    func fileInPath() async throws {
        try await withTestDirectory { directory async throws in
            try Data("text".utf8).write(to: URL(fileURLWithPath: directory.path))
            let below = RegistryDirectory(path: "\(directory.path)/deeper")
            #expect(code { try SQLiteRegistry.open(below) } == .registryUnreadable)
            #expect(code { try createRegistry(in: below, at: Self.now) } == .registryReadOnly)
        }
    }

    @Test("An empty database file is no registry yet; making one completes it")
    func emptyFile() async throws {
        try await withTestDirectory { directory async throws in
            try makeDirectory(directory)
            try Data().write(to: URL(fileURLWithPath: directory.databasePath))
            #expect(code { try SQLiteRegistry.open(directory) } == .registryNotFound)
            #expect(try createRegistry(in: directory, at: Self.now))
            try SQLiteRegistry.open(directory).close()
        }
    }

    @Test(
        "A file that is no database is refused and left as it is",
        arguments: ["text", String(repeating: "x", count: 5_000)]
    )
    func notADatabase(text: String) async throws {
        try await withTestDirectory { directory async throws in
            try makeDirectory(directory)
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory.databasePath))
            #expect(code { try SQLiteRegistry.open(directory) } == .registryNotADatabase)
            #expect(code { try createRegistry(in: directory, at: Self.now) } == .registryNotADatabase)
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory.databasePath)) == Data(text.utf8))
        }
    }

    @Test("Another program's database is refused, and not a byte of it changes")
    func otherDatabase() async throws {
        try await withTestDirectory { directory async throws in
            try makeDirectory(directory)
            try onDatabase(directory.databasePath) { try $0.execute("CREATE TABLE other (id INTEGER)") }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: directory.databasePath))
            #expect(code { try SQLiteRegistry.open(directory) } == .registryNotADatabase)
            #expect(code { try createRegistry(in: directory, at: Self.now) } == .registryNotADatabase)
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory.databasePath)) == bytes)
        }
    }

    @Test("A registry from a newer version is refused, and stays as it is")
    func newerVersion() async throws {
        try await withTestRegistry { registry async throws in
            registry.store.close()
            try registry.sql("PRAGMA user_version = \(Schema.version + 1)")
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryFromNewerVersion)
            #expect(error?.fact("schemaVersion") == String(Schema.version + 1))
            #expect(try registry.value(Int.self, "PRAGMA user_version") == Schema.version + 1)
        }
    }

    @Test("A registry that was being made when the machine went down is completed")
    func interrupted() async throws {
        try await withTestDirectory { directory in
            // The header and the journal mode are written before the schema's transaction.
            try makeDirectory(directory)
            try onDatabase(directory.databasePath) {
                try $0.execute("PRAGMA journal_mode = WAL; CREATE TABLE x (y); DROP TABLE x")
            }
            #expect(code { try SQLiteRegistry.open(directory) } == .registryNotFound)
            #expect(try createRegistry(in: directory, at: Self.now))
            let registry = try TestRegistry(opening: directory, clock: TestClock(Self.now), seed: 1)
            defer { registry.store.close() }
            try await registry.redeem(registry.addContoso())
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("The key and anchor of an interrupted making are taken over", arguments: [true, false])
    func interruptedEarlier(withAnchor: Bool) async throws {
        try await withTestDirectory { directory async throws in
            try makeDirectory(directory)
            let key = try RegistryKey.loadOrCreate(at: directory.keyPath)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: directory.keyPath))
            if withAnchor { try RollbackAnchor(path: directory.anchorPath, key: key).create() }
            #expect(try createRegistry(in: directory, at: Self.now))
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory.keyPath)) == bytes)
            try SQLiteRegistry.open(directory).close()
        }
    }

    @Test("Making a registry twice leaves the first as it is, also while it is open")
    func twice() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            #expect(try createRegistry(in: registry.directory, at: Self.now) == false)
            try await registry.redeem(token)
            registry.store.close()
            #expect(try createRegistry(in: registry.directory, at: Self.now) == false)
        }
    }

    @Test("Many make the same registry at once: one makes it, the others find it")
    func manyAtOnce() async throws {
        try await withTestDirectory { directory in
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try createRegistry(in: directory, at: Self.now) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
            try SQLiteRegistry.open(directory).close()
        }
    }

    @Test("The directory is for its owner alone, and so are the files")
    func modes() async throws {
        try await withTestRegistry { registry async throws in
            func mode(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try mode(registry.directory.path) == 0o700)
            #expect(try mode(registry.directory.keyPath) == 0o600)
            #expect(try mode(registry.directory.anchorPath) == 0o600)
            for suffix in ["", "-wal", "-shm"] { #expect(try mode(registry.directory.databasePath + suffix) == 0o600) }
        }
    }

    @Test("A missing key is named, and so is one of another length", arguments: [nil, 0, 31, 33])
    func key(length: Int?) async throws {
        try await withTestRegistry { registry async throws in
            registry.store.close()
            if let length {
                try Data(count: length).write(to: URL(fileURLWithPath: registry.directory.keyPath))
            } else {
                try FileManager.default.removeItem(atPath: registry.directory.keyPath)
            }
            #expect(code { try SQLiteRegistry.open(registry.directory) } == .registryKeyInvalid)
        }
    }

    @Test("Another registry's key does not open it")
    func otherKey() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            registry.store.close()
            try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: registry.directory.keyPath))
            #expect(code { try SQLiteRegistry.open(registry.directory) } == .registryKeyInvalid)
        }
    }

    @Test("R29: another key is refused also when the anchor is gone, since it would find no code that was redeemed")
    func otherKeyWithoutAnchor() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            registry.store.close()
            try FileManager.default.removeItem(atPath: registry.directory.anchorPath)
            try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: registry.directory.keyPath))
            #expect(code { try SQLiteRegistry.open(registry.directory) } == .registryKeyInvalid)
            #expect(
                code { try SQLiteRegistry.open(registry.directory, acceptsRollback: true) } == .registryKeyInvalid
            )
        }
    }

    @Test("A key whose fingerprint was put into the database opens no code, and is refused")
    func forgedFingerprint() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            registry.store.close()
            let key = RegistryKey(master: Array(repeating: 7, count: 32), origin: "test")
            try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: registry.directory.keyPath))
            try registry.sql(
                without: ["registry_key_no_update"],
                do: "UPDATE registry_key SET fingerprint = x'\(key.fingerprint.hexadecimal)'"
            )
            #expect(
                code { try SQLiteRegistry.open(registry.directory, acceptsRollback: true) } == .registryKeyInvalid
            )
        }
    }

    @Test("A schema version that no program wrote is damage, in a sentence", arguments: [-1, 0, Int(Int32.min)])
    func impossibleVersion(version: Int) async throws {
        try await withTestRegistry { registry async throws in
            registry.store.close()
            try registry.sql("PRAGMA user_version = \(version)")
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryDamaged)
            #expect(error?.detail.contains("\(version)") == true)
        }
    }

    @Test("Where SQLite may not write, the registry is read, and a write is refused")
    func readOnly() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            registry.store.close()
            // A file format that may be read and not written: to SQLite the same as a file without permission.
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: registry.directory.databasePath))
            try file.seek(toOffset: 18)
            try file.write(contentsOf: Data([3]))
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await again.answer(ShowToken(token: token)).id == token)
            #expect(try await refusal { try await again.redeem(token) }?.code == .registryReadOnly)
            #expect(again.store.obstacle?.code == .registryReadOnly)
            #expect(!again.store.wouldOpenForWriting)
            #expect(registry.store.obstacle == nil)
            try file.seek(toOffset: 18)
            try file.write(contentsOf: Data([2]))
            try file.close()
            #expect(again.store.wouldOpenForWriting)
            #expect(!registry.store.wouldOpenForWriting)
        }
    }

    @Test("A file that nobody can change is read without files beside it")
    func immutable() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            registry.store.close()
            let directory = RegistryDirectory(path: "\(registry.directory.path)/a b#c?d%e")
            try makeDirectory(directory)
            try FileManager.default.copyItem(atPath: registry.directory.databasePath, toPath: directory.databasePath)
            let reader = try Connection.reader(of: directory, isImmutable: true)
            #expect(try reader.value("SELECT count(*) FROM tokens") == 1)
            reader.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["registry.db"])
        }
    }

    private func code(_ body: () throws -> some Any) -> RefusalCode? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Refusal)?.code
        }
    }
}

func makeDirectory(_ directory: RegistryDirectory) throws {
    try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
}
