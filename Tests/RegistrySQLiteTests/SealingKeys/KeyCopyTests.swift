import Foundation
import RegistryEngines
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Copies of the key under a passphrase")
struct KeyCopyTests {
    private let passphrase = Passphrase("a ship in the bottle")

    @Test("A registry is restored on another machine from a backup, and the key's copy", .onSQLite)
    func restored() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let code = try await registry.code(of: token)
            _ = try await registry.rotate()
            let copy = try await export(registry)
            let backup = "\(registry.directory.path)/../b.db"
            _ = try registry.sqlite.backup(to: backup)
            try await withTestDirectory { directory in
                try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: false)
                let placed = try TestEngine.place(for: directory).importKey(copy, from: "copy", with: passphrase)
                #expect(placed.sealingKeys == 2 && placed.changed)
                #expect(try Self.mode(of: directory.keyPath) == 0o600)
                let report = try SQLiteRegistry.restore(directory, from: backup, at: registry.clock.now())
                #expect(report.rollback != nil)
                let opened = try SQLiteRegistry.open(directory, acceptsRollback: true)
                _ = try await opened.acceptRollback(
                    reason: "the machine was lost",
                    by: TestRegistry.owner,
                    clock: registry.clock,
                    requestID: "accept"
                )
                opened.close()
                let again = try TestRegistry(opening: directory, clock: registry.clock, seed: 3)
                defer { again.store.close() }
                #expect(try await again.code(of: token).revealed == code.revealed)
            }
        }
    }

    @Test("A backup from before a rotation is restored with the key from after it", .onSQLite)
    func earlierBackup() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let code = try await registry.code(of: token)
            let backup = "\(registry.directory.path)/../b.db"
            _ = try registry.sqlite.backup(to: backup)
            _ = try await registry.rotate()
            registry.store.close()
            _ = try SQLiteRegistry.restore(registry.directory, from: backup, at: registry.clock.now())
            let opened = try SQLiteRegistry.open(registry.directory, acceptsRollback: true)
            _ = try await opened.acceptRollback(
                reason: "t",
                by: TestRegistry.owner,
                clock: registry.clock,
                requestID: "accept"
            )
            opened.close()
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 3)
            defer { again.store.close() }
            #expect(try await again.code(of: token).revealed == code.revealed)
            #expect(try await again.rotate().sealingKey == 2)
            #expect(try await again.sealedWith() == [2])
        }
    }

    @Test("The copy has nothing of the key in the clear, and opens with its passphrase alone")
    func passphrases() async throws {
        try await withTestRegistry { registry in
            let key = try Data(contentsOf: URL(fileURLWithPath: registry.directory.keyPath))
            let known = try #require(RegistryKey(file: Array(key), origin: "key"))
            let copy = try KeyCopy.seal(known, under: passphrase, rounds: 1 << 14)
            #expect(Data(copy).range(of: key.prefix(8)) == nil)
            #expect(!String(decoding: copy, as: UTF8.self).contains(Array(key.prefix(8)).hexadecimal))
            #expect(try KeyCopy.open(copy, with: passphrase, path: "copy").fileBytes == Array(key))
            #expect(try Self.refused(copy, Passphrase("a ship in the bottl")) == .inputInvalid)
            for index in stride(from: 0, to: copy.count, by: 7) {
                var changed = copy
                changed[index] ^= 1
                #expect(try Self.refused(changed, passphrase) == .inputInvalid, "byte \(index)")
            }
            #expect(try Self.refused(Array(copy.dropLast(2)), passphrase) == .inputInvalid)
            #expect(try Self.refused([], passphrase) == .inputInvalid)
        }
    }

    @Test("Eleven characters are too few for a passphrase, twelve are enough")
    func length() async throws {
        #expect(throws: Refusal.self) { try Passphrase("elf letters").requireLong() }
        #expect(throws: Never.self) { try Passphrase("zwölf.Zeichn").requireLong() }
    }

    @Test("Another registry's key is never put over one that is there, and a later key stays")
    func foreign() async throws {
        try await withTestRegistry { registry in
            let copy = try await export(registry)
            let place = TestEngine.place(for: registry.directory)
            #expect(try place.importKey(copy, from: "copy", with: passphrase).changed == false)
            _ = try await registry.prepare()
            #expect(try place.importKey(copy, from: "copy", with: passphrase).sealingKeys == 2)
            try await withTestRegistry(seed: 5) { other in
                let before = try Data(contentsOf: URL(fileURLWithPath: other.directory.keyPath))
                let refused = try await refusal {
                    _ = try TestEngine.place(for: other.directory).importKey(copy, from: "copy", with: passphrase)
                }
                #expect(refused?.code == .registryKeyInvalid)
                #expect(try Data(contentsOf: URL(fileURLWithPath: other.directory.keyPath)) == before)
                // Nor where the key is lost and the registry is another one.
                try FileManager.default.removeItem(atPath: other.directory.keyPath)
                let alien = try await refusal {
                    _ = try TestEngine.place(for: other.directory).importKey(copy, from: "copy", with: passphrase)
                }
                #expect(alien?.code == .registryKeyInvalid)
                #expect(!FileManager.default.fileExists(atPath: other.directory.keyPath))
            }
        }
    }

    @Test("A host's copy from before a rotation is brought up to date")
    func updated() async throws {
        try await withTestRegistry { registry in
            let before = try Data(contentsOf: URL(fileURLWithPath: registry.directory.keyPath))
            _ = try await registry.prepare()
            _ = try await registry.rotate()
            let copy = try await export(registry)
            try before.write(to: URL(fileURLWithPath: registry.directory.keyPath))
            let placed = try TestEngine.place(for: registry.directory).importKey(copy, from: "copy", with: passphrase)
            #expect(placed.changed && placed.sealingKeys == 2)
            try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 3).store.close()
        }
    }

    private func export(_ registry: TestRegistry) async throws -> [UInt8] {
        var copy: [UInt8] = []
        let answer = try await registry.store.exportKey(
            under: passphrase,
            by: TestRegistry.owner,
            clock: registry.clock,
            requestID: "export"
        ) { copy = $0 }
        #expect(answer.auditSequence > 0)
        return copy
    }

    private static func refused(_ copy: [UInt8], _ passphrase: Passphrase) throws -> RefusalCode? {
        do {
            _ = try KeyCopy.open(copy, with: passphrase, path: "copy")
            return nil
        } catch let refusal as Refusal {
            return refusal.code
        }
    }

    private static func mode(of path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
}
