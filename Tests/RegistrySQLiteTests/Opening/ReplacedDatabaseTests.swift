import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("A database that is replaced while it is open", .onSQLite)
struct ReplacedDatabaseTests {
    @Test("R29: nothing is acknowledged any more once another file has the database's name")
    func replaced() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let path = registry.directory.databasePath
            _ = try registry.sqlite.backup(to: "\(path).copy")
            #expect(registry.store.obstacle == nil)
            #expect(rename(path, "\(path).away") == 0 && rename("\(path).copy", path) == 0)
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryReplaced)
            #expect(registry.store.obstacle?.code == .registryReplaced)
            // What would be read is no longer the registry either.
            #expect(
                try await refusal { _ = try await registry.answer(ShowToken(token: token)) }?.code == .registryReplaced
            )
            // Nor is it when the file comes back: its log may have been another's meanwhile.
            #expect(rename("\(path).away", path) == 0)
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryReplaced)
            registry.store.close()
            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { again.store.close() }
            try await again.redeem(token)
        }
    }

    @Test("A registry whose directory was moved away takes no writes", arguments: [true, false])
    func movedAway(isDirectory: Bool) async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let path = isDirectory ? registry.directory.path : registry.directory.databasePath
            #expect(rename(path, "\(path).away") == 0)
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryReplaced)
        }
    }

    @Test("What is being committed while the database loses its name is told as unknown, not as done")
    func duringCommit() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let path = registry.directory.databasePath
            let error = try await refusal {
                try await registry.store.write { _ in
                    _ = rename(path, "\(path).away")
                }
            }
            #expect(error?.code == .registryOutcomeUnknown)
        }
    }
}
