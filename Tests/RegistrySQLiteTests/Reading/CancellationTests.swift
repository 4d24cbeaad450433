import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Reads that nobody waits for")
struct CancellationTests {
    @Test("A statement ends when its task is cancelled, and the registry is read as before")
    func cancelled() async throws {
        try await withTestRegistry { registry in
            let store = registry.store
            let (begun, continuation) = AsyncStream<Void>.makeStream()
            let endless = Task {
                try await store.read { reading in
                    guard let session = reading as? SQLSession else { return 0 }
                    continuation.finish()
                    let counting =
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
                    return try session.database.value(counting) ?? 0
                }
            }
            for await _ in begun {}
            endless.cancel()
            await #expect(throws: CancellationError.self) { try await endless.value }
            _ = try await registry.answer(ListOrganizations(limit: PageLimit(1)))
        }
    }
}
