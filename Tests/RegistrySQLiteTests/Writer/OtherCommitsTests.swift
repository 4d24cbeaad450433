import Testing

@testable import Registry

@Suite("Commits of other processes", .onPostgreSQL)
struct OtherCommitsTests {
    @Test("Whoever listens is told of what another process commits")
    func told() async throws {
        try await withTestRegistry { registry in
            let other = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { other.store.close() }
            let (told, continuation) = AsyncStream<Void>.makeStream()
            other.store.observeAllCommits { continuation.yield() }
            var turns = told.makeAsyncIterator()
            // It listens from here on.
            await turns.next()
            try await registry.addOrganization()
            await turns.next()
            #expect(try await other.store.read { try $0.organization(OrganizationID(stored: "contoso")) } != nil)
        }
    }
}
