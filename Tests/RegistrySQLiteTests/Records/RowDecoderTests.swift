import CSQLite
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Rows that are read as the domain's types")
struct RowDecoderTests {
    private func summary(_ columns: String) throws -> RedemptionSummary? {
        struct Holder: Decodable {
            let redemption: RedemptionSummary?
        }
        let database = try Database(":memory:", .writing)
        let holder: Holder? = try database.first("SELECT \(columns)")
        return holder?.redemption
    }

    @Test("What may be nil is nil where its first column is null, and damage where only a later one is")
    func partOfAValue() async throws {
        #expect(try summary("NULL AS \"on\", NULL AS tenant_id, NULL AS tenant_domain") == nil)
        let whole = try summary("'2026-03-02' AS \"on\", NULL AS tenant_id, 'contoso.com' AS tenant_domain")
        #expect(whole?.tenantDomain.value == "contoso.com")
        let error = try await refusal {
            _ = try summary("'2026-03-02' AS \"on\", NULL AS tenant_id, NULL AS tenant_domain")
        }
        #expect(error?.code == .registryDamaged)
    }

    @Test("A redemption whose tenant is gone is damage, and not a token to redeem again", .onSQLite)
    func danglingRedemption() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            try registry.sql(without: ["tenants_no_delete"], do: "DELETE FROM tenants")
            let error = try await refusal { _ = try await registry.answer(ShowToken(token: token)) }
            #expect(error?.code == .registryDamaged)
        }
    }

    @Test("Statements that are never asked for again do not pile up")
    func statements() throws {
        let database = try Database(":memory:", .writing)
        for number in 0..<2_000 { #expect(try database.value("SELECT \(number)") == number) }
        var count = 0
        var statement = sqlite3_next_stmt(database.handle, nil)
        while let next = statement {
            count += 1
            statement = sqlite3_next_stmt(database.handle, next)
        }
        #expect(count <= 500)
    }
}
