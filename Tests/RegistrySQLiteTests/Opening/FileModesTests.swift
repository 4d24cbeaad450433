import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Who can get at a registry's files", .onSQLite)
struct FileModesTests {
    @Test("What others can get at is closed to them when the registry is opened, and that is said")
    func closes() async throws {
        try await withTestRegistry { registry async throws in
            registry.store.close()
            let paths = [registry.directory.path, registry.directory.databasePath, registry.directory.keyPath]
            #expect(chmod(paths[0], 0o755) == 0 && chmod(paths[1], 0o644) == 0 && chmod(paths[2], 0o660) == 0)
            var notices: [String] = []
            let store = try SQLiteRegistry.open(registry.directory) { notices.append($0) }
            defer { store.close() }
            #expect(notices.count == 3)
            for (path, mode) in zip(paths, ["755", "644", "660"]) {
                #expect(notices.contains { $0.contains(path) && $0.contains(mode) })
            }
            #expect(try paths.map(mode) == [0o700, 0o600, 0o600])
            try SQLiteRegistry.open(registry.directory) { Issue.record("\($0)") }.close()
        }
    }

    @Test("The check tells of a file that others can get at")
    func check() async throws {
        try await withTestRegistry { registry in
            #expect(chmod(registry.directory.databasePath, 0o604) == 0)
            let findings = try await registry.answer(Check()).findings
            #expect(findings.map(\.code) == ["registry.exposed"])
            #expect(findings.first?.detail.contains(registry.directory.databasePath) == true)
        }
    }

    @Test("A directory that many share is no registry's, and nothing in it changes")
    func shared() async throws {
        try await withTestRegistry { registry async throws in
            registry.store.close()
            #expect(chmod(registry.directory.path, 0o1777) == 0)
            #expect(code { try SQLiteRegistry.open(registry.directory) } == .registryExposed)
            #expect(try mode(registry.directory.path) == 0o1777)
        }
    }

    @Test("A registry is made in an open directory only when nothing else lies in it", arguments: [true, false])
    func makes(isShared: Bool) async throws {
        try await withTestDirectory { directory async throws in
            try makeDirectory(directory)
            #expect(chmod(directory.path, 0o755) == 0)
            if isShared { try Data().write(to: URL(fileURLWithPath: "\(directory.path)/letter.txt")) }
            let code = code { try createRegistry(in: directory, at: OpeningTests.now) }
            #expect(code == (isShared ? .registryExposed : nil))
            #expect(try mode(directory.path) == (isShared ? 0o755 : 0o700))
        }
    }

    @Test(
        "A named pipe or a directory in a file's place is refused, not waited for",
        arguments: ["registry.key", "registry.anchor", "registry.db", "registry.db-wal"],
        [true, false]
    )
    func otherKinds(name: String, isPipe: Bool) async throws {
        try await withTestRegistry { registry async throws in
            registry.store.close()
            let path = "\(registry.directory.path)/\(name)"
            unlink(path)
            #expect((isPipe ? mkfifo(path, 0o600) : mkdir(path, 0o700)) == 0)
            let error = #expect(throws: Refusal.self) { try SQLiteRegistry.open(registry.directory) }
            #expect(error?.code == .registryUnreadable)
            #expect(error?.detail.contains(isPipe ? "a named pipe" : "a directory") == true)
        }
    }

    @Test("A link in the place of the key to come is not followed")
    func keyLink() async throws {
        try await withTestDirectory { directory async throws in
            try makeDirectory(directory)
            let mine = URL(fileURLWithPath: "\(directory.path)/registry.mine")
            try Data("mine".utf8).write(to: mine)
            #expect(symlink(mine.path, "\(directory.keyPath).new") == 0)
            #expect(try createRegistry(in: directory, at: OpeningTests.now))
            #expect(try Data(contentsOf: mine) == Data("mine".utf8))
        }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
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
