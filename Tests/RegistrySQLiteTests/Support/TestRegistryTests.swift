import Testing

@testable import Registry

@Suite("The registry that tests make for themselves", .onSQLite)
struct TestRegistryTests {
    @Test("A token is redeemed, and plain SQL sees it")
    func redeems() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            #expect(try registry.value(Int64.self, "SELECT token FROM redemptions") == token.number)
        }
    }

    @Test("The same seed mints the same codes, and another seed others")
    func repeats() async throws {
        func code(seed: UInt64) async throws -> ActivationCode {
            try await withTestRegistry(seed: seed) { try await $0.code(of: $0.addContoso()) }
        }
        let first = try await code(seed: 7)
        #expect(try await code(seed: 7) == first)
        #expect(try await code(seed: 8) != first)
    }
}
