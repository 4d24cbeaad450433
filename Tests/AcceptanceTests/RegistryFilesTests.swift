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

    @Test("Nothing but init creates a registry: every other command says that there is none, and how to create it")
    func onlyInit() async throws {
        let empty = try Sandbox(.direct, hasRegistry: false)
        let commands = [
            ["org", "list"], ["org", "add", "Contoso", "--id", "contoso", "--country", "DE"],
            ["redeem", "--token", "T1", "--tenant", "contoso.com", "--yes"], ["status"], ["check"],
            ["backup", "\(empty.directory)/copy"], ["audit", "verify"],
            ["audit", "accept-rollback", "--reason", "none"], ["renewal", "apply", "--all-due", "--yes"],
            ["enrollment", "end", "E1", "--on", "2026-01-01", "--dry-run"],
        ]
        for command in commands {
            let outcome = try await empty.tokenctl(command + ["-o", "json"])
            #expect(outcome.exitCode == 3, "\(command): \(outcome.error)")
            #expect(outcome.problem["code"] as? String == "registry.not-found", "\(command)")
            let hint = outcome.problem["hint"] as? String ?? ""
            #expect(hint.hasSuffix("tokenctl init --registry \(empty.registry)"), "\(command): \(hint)")
            #expect(!FileManager.default.fileExists(atPath: empty.registry), "\(command)")
        }
    }

    @Test("The daemon creates none either, and says how")
    func daemonWithoutRegistry() async throws {
        let empty = try Sandbox(.direct, hasRegistry: false)
        let outcome = try await Sandbox.run(
            Sandbox.product("tokend"),
            ["--registry", empty.registry, "--socket", "\(empty.directory)/s"],
            input: "",
            environment: empty.environment
        )
        #expect(outcome.exitCode == 3)
        #expect(outcome.error.contains("tokenctl init --registry \(empty.registry)"))
        #expect(!FileManager.default.fileExists(atPath: empty.registry))
    }

    @Test("init creates it for its owner alone; where there is one it says so and leaves it")
    func modes() async throws {
        let empty = try Sandbox(.direct, hasRegistry: false)
        #expect(try await empty.json("init").json["created"] as? Bool == true)
        for (name, mode) in [("", 0o700), ("/registry.key", 0o600), ("/registry.db", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: empty.registry + name)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
        let key = try Data(contentsOf: URL(filePath: "\(empty.registry)/registry.key"))
        #expect(try await empty.json("init").json["created"] as? Bool == false)
        #expect(try Data(contentsOf: URL(filePath: "\(empty.registry)/registry.key")) == key)
    }

    @Test("Many at once create one registry, and all that follows is done")
    func concurrentInit() async throws {
        let empty = try Sandbox(.direct, hasRegistry: false)
        let created = try await withThrowingTaskGroup(of: Bool?.self) { group in
            for index in 0..<8 {
                group.addTask {
                    let created = try await empty.json("init").json["created"] as? Bool
                    try await empty.json("org", "add", "Org \(index)", "--id", "o\(index)", "--country", "DE")
                    return created
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(created.filter { $0 == true }.count == 1)
        #expect(try await empty.json("org", "list").list.count == 8)
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
        try await sandbox.json("init", "--registry", other)
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
        #expect(try await sandbox.json("org", "list").list.isEmpty)
    }
}
