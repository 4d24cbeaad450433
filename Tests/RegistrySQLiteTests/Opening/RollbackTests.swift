import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("A database that is behind its anchor", .onSQLite)
struct RollbackTests {
    @Test("R29: an older copy in the database's place is refused, with what is missing; accepted, the registry goes on")
    func olderCopy() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let backup = "\(registry.directory.path)/copy.db"
            _ = try registry.sqlite.backup(to: backup)
            let before = try #require(try registry.value(Int64.self, "SELECT max(number) FROM seals"))
            try await registry.redeem(token)
            try await registry.addOrganization("later")
            registry.store.close()
            try replaceDatabase(of: registry, by: backup)

            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryRolledBack)
            #expect(error?.fact("missing") == "2")
            #expect(error?.fact("head") == String(before))

            let answer = try await accept(registry, reason: "the disk was lost")
            #expect(answer.missingFirst == before + 1)
            #expect(answer.missingLast == before + 2)
            #expect(answer.auditSequence == (try registry.value(Int64.self, ownSequence)))

            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 9)
            defer { again.store.close() }
            let row = try #require(
                try await again.store.read { try $0.auditEntries(.all, after: .beginning, limit: 100) }.last
            )
            #expect(row.action == "registry.accept-rollback")
            #expect(row.actor == "user:owner")
            for part in [
                "the disk was lost", "\"missingFirst\":\(before + 1)", "\"missingLast\":\(before + 2)", "anchorHash",
            ] {
                #expect(row.changes.contains(part))
            }
            try await again.redeem(token)
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    @Test("A copy that was written to after it was put in place is told from the registry too")
    func diverged() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let backup = "\(registry.directory.path)/copy.db"
            _ = try registry.sqlite.backup(to: backup)
            try await registry.addOrganization("one")
            registry.store.close()
            try replaceDatabase(of: registry, by: backup)
            // Somebody writes without the registry, so that the number of commits agrees.
            try registry.sql(
                """
                INSERT INTO audit
                    SELECT ledger, sequence + 1, seal + 1, at, actor, action, subject, changes, request_id, rows, zeroblob(32)
                    FROM audit ORDER BY seal DESC, ledger DESC, sequence DESC LIMIT 1;
                INSERT INTO seals SELECT number + 1, at, zeroblob(32) FROM seals ORDER BY number DESC LIMIT 1
                """
            )
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryRolledBack)
            let answer = try await accept(registry, reason: "known")
            #expect(answer.missingFirst == nil)
            try SQLiteRegistry.open(registry.directory).close()
        }
    }

    @Test("An anchor that lags behind is fine, and the next commit brings it up")
    func lagging() async throws {
        try await withTestRegistry { registry in
            let anchor = try Data(contentsOf: URL(fileURLWithPath: registry.directory.anchorPath))
            _ = try await registry.addContoso()
            let latest = try Data(contentsOf: URL(fileURLWithPath: registry.directory.anchorPath))
            #expect(anchor != latest)
            registry.store.close()
            try anchor.write(to: URL(fileURLWithPath: registry.directory.anchorPath))
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await again.answer(Check()).findings == [])
            try await again.addOrganization("next")
            #expect(try again.store.rollback() == nil)
            #expect(try Data(contentsOf: URL(fileURLWithPath: registry.directory.anchorPath)) > latest)
        }
    }

    @Test("A position that was written in part leaves the one before it, and the next one is written over it")
    func tornWrite() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            registry.store.close()
            let key = try RegistryKey.load(at: registry.directory.keyPath)
            let anchor = RollbackAnchor(path: registry.directory.anchorPath, key: key)
            guard case .position(let last) = try anchor.reading() else { preconditionFailure("the anchor is sound") }
            for number in 1...4 {
                let position = RollbackAnchor.Position(
                    seal: last.seal + Int64(number),
                    hash: Array(repeating: UInt8(number), count: 32)
                )
                let before = try Data(contentsOf: URL(fileURLWithPath: anchor.path))
                let earlier = try anchor.reading()
                try anchor.advance(to: position)
                #expect(try anchor.reading() == .position(position))
                // As a write leaves it that wrote only its first 40 bytes.
                var torn = try Data(contentsOf: URL(fileURLWithPath: anchor.path))
                let line = try #require((0..<before.count).first { torn[$0] != before[$0] }) / (torn.count / 2)
                let start = line * torn.count / 2
                torn.replaceSubrange(
                    start + 40..<start + torn.count / 2,
                    with: before[start + 40..<start + torn.count / 2]
                )
                try torn.write(to: URL(fileURLWithPath: anchor.path))
                #expect(try anchor.reading() == earlier)
                try anchor.advance(to: position)
                #expect(try anchor.reading() == .position(position))
            }
        }
    }

    @Test("Who reads the anchor while it is written always finds a position in it")
    func readWhileWritten() async throws {
        try await withTestRegistry { registry in
            registry.store.close()
            let key = try RegistryKey.load(at: registry.directory.keyPath)
            let anchor = RollbackAnchor(path: registry.directory.anchorPath, key: key)
            let start = Int64(1_000)
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in start..<start + 3_000 {
                        let hash = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32)
                        try? anchor.advance(to: .init(seal: number, hash: hash))
                    }
                }
                group.addTask {
                    for _ in 0..<3_000 {
                        guard case .position? = try? anchor.reading() else {
                            Issue.record("the anchor could not be read")
                            return
                        }
                    }
                }
            }
        }
    }

    @Test(
        "An anchor that is missing, empty, cut off, too long or changed is refused until that is accepted",
        arguments: [nil, 0, 40, 100_000, -1]
    )
    func anchorUnusable(length: Int?) async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            registry.store.close()
            let path = registry.directory.anchorPath
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            switch length {
            case nil: try FileManager.default.removeItem(atPath: path)
            case .some(-1):
                // Both positions put back by one, which is what a restored backup would need.
                for line in 0..<2 { bytes[line * bytes.count / 2 + 18] -= 1 }
                try bytes.write(to: URL(fileURLWithPath: path))
            case let length?:
                bytes.append(contentsOf: [UInt8](repeating: 0x41, count: 100_000))
                try bytes.prefix(length).write(to: URL(fileURLWithPath: path))
            }
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryAnchorInvalid)
            _ = try await accept(registry, reason: "moved to a new machine")
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    @Test("An anchor that the disk does not give is an I/O error, and no reason to accept anything")
    func anchorUnreadable() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            registry.store.close()
            let path = registry.directory.anchorPath
            try FileManager.default.moveItem(atPath: path, toPath: "\(path).kept")
            // A regular file whose every read is an I/O error.
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/proc/self/mem")
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryUnreadable)
            #expect(error?.fact("path") == path)
            await #expect(throws: Refusal.self) { try await accept(registry, reason: "impatience") }
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: "\(path).kept", toPath: path)
            try SQLiteRegistry.open(registry.directory).close()
        }
    }

    @Test("A log that was cut off loses commits, and that is told")
    func truncatedLog() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            // The files as a crash leaves them: the log is not brought into the database.
            let crashed = RegistryDirectory(path: "\(registry.directory.path)/crashed")
            try copyFiles(of: registry, to: crashed)
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: crashed.logPath))
            try file.truncate(atOffset: try file.seekToEnd() - 100)
            try file.close()
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(crashed) }
            #expect(error?.code == .registryRolledBack)
            #expect(error?.fact("missing") == "1")
        }
    }

    @Test("The files as a crash leaves them open with every commit")
    func crashed() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let crashed = RegistryDirectory(path: "\(registry.directory.path)/crashed")
            try copyFiles(of: registry, to: crashed)
            let again = try TestRegistry(opening: crashed, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            #expect(try again.value(Int64.self, "SELECT token FROM redemptions") == token.number)
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    @Test("There is nothing to accept in a registry that lacks nothing")
    func nothingToAccept() async throws {
        try await withTestRegistry { registry in
            let rows = try registry.value(Int.self, "SELECT count(*) FROM audit")
            let error = try await refusal { _ = try await accept(registry, reason: "no reason") }
            #expect(error?.code == .registryNotRolledBack)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM audit") == rows)
        }
    }

    @Test("Accepting wants a reason and the registry's owner; else it stays closed", arguments: [true, false])
    func refused(isOwner: Bool) async throws {
        try await withTestRegistry { registry in
            registry.store.close()
            try FileManager.default.removeItem(atPath: registry.directory.anchorPath)
            let error = try await refusal {
                _ = try await SQLiteRegistry.acceptRollback(
                    of: registry.directory,
                    reason: isOwner ? " \n" : "a reason",
                    by: isOwner ? registry.owner : registry.caller("ann"),
                    clock: registry.clock,
                    requestID: "r"
                )
            }
            #expect(error?.code == (isOwner ? .inputInvalid : .accessDenied))
            #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
        }
    }

    /// Of the registry's own ledger, the last row's.
    private let ownSequence = "SELECT sequence FROM ledgers WHERE number = 0"

    private func accept(_ registry: TestRegistry, reason: String) async throws -> AcceptRollback.Answer {
        try await SQLiteRegistry.acceptRollback(
            of: registry.directory,
            reason: reason,
            by: registry.owner,
            clock: registry.clock,
            requestID: "accept"
        )
    }
}

/// Puts the file `path` in the place of a closed registry's database, as a person would.
func replaceDatabase(of registry: TestRegistry, by path: String) throws {
    try FileManager.default.removeItem(atPath: registry.directory.databasePath)
    try FileManager.default.copyItem(atPath: path, toPath: registry.directory.databasePath)
}

/// Copies the files of a registry that is open, without opening any of them in this process: that would end the locks
/// that SQLite holds here.
func copyFiles(of registry: TestRegistry, to directory: RegistryDirectory) throws {
    try makeDirectory(directory)
    for path in ["registry.db", "registry.db-wal", "registry.key", "registry.anchor"] {
        let copying = try Process.run(
            URL(fileURLWithPath: "/bin/cp"),
            arguments: ["\(registry.directory.path)/\(path)", "\(directory.path)/\(path)"]
        )
        copying.waitUntilExit()
        guard copying.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
    }
}

extension Data {
    /// By their bytes, as the anchor's lines compare.
    static func > (left: Data, right: Data) -> Bool {
        right.lexicographicallyPrecedes(left)
    }
}

extension SQLiteRegistry {
    /// Opens a registry that may be behind its anchor, accepts that, and closes it.
    static func acceptRollback(
        of directory: RegistryDirectory,
        reason: String,
        by caller: Caller,
        clock: any InstantSource,
        requestID: String
    ) async throws -> AcceptRollback.Answer {
        let registry = try open(directory, acceptsRollback: true)
        defer { registry.close() }
        return try await registry.acceptRollback(reason: reason, by: caller, clock: clock, requestID: requestID)
    }
}
