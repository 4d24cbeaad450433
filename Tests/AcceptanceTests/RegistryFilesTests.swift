import Foundation
import Testing

@Suite(
    "The registry's files, as an administrator may find them",
    .enabled(if: RegistryAccess.ofThisRun == .direct, "A daemon has the registry open.")
)
struct RegistryFilesTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test("Without a registry a read says so, and the first write makes one and says so")
    func firstWrite() async throws {
        let read = try await sandbox.tokenctl("org", "list", "-o", "json")
        #expect(read.exitCode == 3)
        #expect(read.problem["code"] as? String == "registry.not-found")
        #expect(read.problem["hint"] as? String == "tokenctl init")
        let write = try await sandbox.tokenctl("org", "add", "Contoso", "--id", "contoso", "--country", "DE")
        #expect(write.exitCode == 0)
        #expect(write.error.contains(sandbox.registry))
        for (name, mode) in [("", 0o700), ("/registry.key", 0o600), ("/registry.db", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.registry + name)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
    }

    @Test("Many first writes at once make one registry, and all are done")
    func concurrentFirstWrites() async throws {
        let outcomes = try await withThrowingTaskGroup(of: Int32.self) { group in
            for index in 0..<8 {
                group.addTask { [sandbox] in
                    try await sandbox.tokenctl("org", "add", "Org \(index)", "--id", "o\(index)", "--country", "DE")
                        .exitCode
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: 0, count: 8))
        #expect(try await sandbox.json("org", "list").list.count == 8)
    }

    @Test(
        "What is no registry is refused with its reason, and left as it is",
        arguments: [("not a database at all, just text", 65), ("", 3)]
    )
    func notARegistry(text: String, exitCode: Int) async throws {
        try await sandbox.json("init")
        let database = URL(fileURLWithPath: sandbox.databasePath)
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: sandbox.databasePath + suffix) }
        try Data(text.utf8).write(to: database)
        let outcome = try await sandbox.tokenctl("org", "list", "-o", "json")
        #expect(outcome.exitCode == Int32(exitCode), "\(outcome.error)")
        #expect(try Data(contentsOf: database) == Data(text.utf8))
    }

    @Test("Another program's database is no registry, and a newer version's is refused")
    func foreignDatabases() async throws {
        try await sandbox.json("init")
        _ = try await sandbox.sqlite3("PRAGMA user_version = 9999")
        let newer = try await sandbox.tokenctl("org", "list", "-o", "json")
        #expect(newer.exitCode == 1)
        #expect(newer.problem["code"] as? String == "registry.from-newer-version")
        _ = try await sandbox.sqlite3("PRAGMA application_id = 1")
        let foreign = try await sandbox.tokenctl("org", "list", "-o", "json")
        #expect(foreign.exitCode == 65)
        #expect(foreign.problem["code"] as? String == "registry.not-a-database")
    }

    @Test("A restored backup is refused, so that it cannot redeem a token again")
    func rolledBack() async throws {
        let code = try await sandbox.makeContoso()
        let copy = "\(sandbox.directory)/copy.db"
        try FileManager.default.copyItem(atPath: sandbox.databasePath, toPath: copy)
        try await sandbox.json("redeem", code, "--tenant", "contoso.onmicrosoft.com", "--yes")
        try FileManager.default.removeItem(atPath: sandbox.databasePath)
        try FileManager.default.copyItem(atPath: copy, toPath: sandbox.databasePath)
        let again = try await sandbox.tokenctl(
            "redeem",
            code,
            "--tenant",
            "contoso.onmicrosoft.com",
            "--yes",
            "-o",
            "json"
        )
        #expect(again.exitCode == 5)
        #expect(again.problem["code"] as? String == "registry.rolled-back")
        #expect(again.problem["missing"] as? Int == 1)
    }

    @Test("The global options stand before the noun or after the verb")
    func leadingOptions() async throws {
        let other = "\(sandbox.directory)/other"
        let made = try await sandbox.tokenctl(
            "--registry",
            other,
            "-o",
            "json",
            "org",
            "add",
            "Contoso",
            "--id",
            "contoso",
            "--country",
            "DE"
        )
        #expect(made.json["id"] as? String == "contoso")
        #expect(try await sandbox.json("org", "list", "--registry", other).list.count == 1)
        #expect(!FileManager.default.fileExists(atPath: sandbox.registry))
    }
}
