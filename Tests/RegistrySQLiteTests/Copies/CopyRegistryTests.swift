import Testing

@testable import Registry
@testable import RegistryEngines
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Copying a registry to another place")
struct CopyRegistryTests {
    private static let contoso = OrganizationID(stored: "contoso")

    private static func organization(_ id: String) throws -> AddOrganization {
        try AddOrganization(
            id: OrganizationID(stored: id),
            name: KeptText(stored: id),
            country: CountryCode("DE"),
            timeZone: .utc,
            portal: .partnerCenter,
            yearLength: .calendar
        )
    }

    /// Something in most tables, and an answer that is remembered.
    private static func fill(_ registry: TestRegistry) async throws -> TokenID {
        let token = try await registry.addContoso()
        try await registry.redeem(token)
        try await registry.assignSeat("ann@contoso.onmicrosoft.com")
        try await registry.assignSeat("bob@contoso.onmicrosoft.com")
        try await registry.perform(
            EraseUser(organization: contoso, user: UserPrincipalName("bob@contoso.onmicrosoft.com"))
        )
        try await registry.importTokens(
            "code,sku,seats\nBBBBB-CCCCC-DDDDD-FFFFF-GGGGG,ENTERPRISEPACK,5\nBBBBB-CCCCC-DDDDD-FFFFF-HHHHH,ENTERPRISEPACK,5\n",
            of: "E1",
            overrides: [.r12]
        )
        try await registry.perform(
            AddDomain(tenant: TenantReference("contoso.onmicrosoft.com"), domain: DomainName("contoso.com")),
            key: "k1"
        )
        return token
    }

    @Test("R19: everything goes, and every hash is the same there", arguments: CopyTarget.all)
    func everything(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            let token = try await Self.fill(registry)
            try await registry.withCopyPlace(target) { places in
                let code = try await registry.code(of: token)
                let answer = try await places.copy(clock: registry.clock)
                let copy = try places.open(registry)
                defer { (copy.store as? any OpenRegistry)?.close() }
                let (old, new) = (registry.store, copy.store)
                for (store, name) in [(old, "old"), (new, "new")] {
                    let seal = try await store.read { try $0.lastSeal() }
                    #expect(seal?.number == answer.seal && seal?.hash.hexadecimal == answer.head, "\(name)")
                }
                let rows = try await old.read { try $0.auditEntries(.all, after: .beginning, limit: 1_000) }
                #expect(try await new.read { try $0.auditEntries(.all, after: .beginning, limit: 1_000) } == rows)
                #expect(rows.last?.action == "registry.copy")
                #expect(rows.last?.changes.contains("\"to\":\"\(places.target)\"") == true)
                #expect(try await copy.answer(Check(), as: registry.owner).findings == [])
                let statement = ShowStatement(organization: Self.contoso)
                let ours = try await registry.answer(statement)
                #expect(try await copy.answer(statement, as: registry.owner) == ours)
                let revealed = try await copy.reveal(
                    RevealToken(token: token),
                    as: registry.owner,
                    options: registry.options()
                )
                #expect(revealed.code == code)
            }
        }
    }

    @Test("The copy goes on, and the answers that were given are remembered there", arguments: CopyTarget.all)
    func goesOn(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            let token = try await Self.fill(registry)
            try await registry.withCopyPlace(target) { places in
                _ = try await places.copy(clock: registry.clock)
                let copy = try places.open(registry)
                defer { (copy.store as? any OpenRegistry)?.close() }
                let seal = try await copy.store.read { try $0.lastSeal() }
                // The same key and request of the same caller give the first answer.
                _ = try await copy.perform(
                    AddDomain(tenant: TenantReference("contoso.onmicrosoft.com"), domain: DomainName("contoso.com")),
                    as: registry.owner,
                    options: registry.options(key: "k1")
                )
                #expect(try await copy.store.read { try $0.lastSeal() } == seal)
                let again = try await refusal {
                    _ = try await copy.perform(
                        RedeemToken(
                            token: token,
                            tenant: TenantReference("contoso.onmicrosoft.com"),
                            on: nil,
                            intent: .add
                        ),
                        as: registry.owner,
                        options: registry.options()
                    )
                }
                #expect(again?.code == .tokenAlreadyRedeemed)
                for id in ["fabrikam", "northwind"] {
                    _ = try await copy.perform(
                        Self.organization(id),
                        as: registry.owner,
                        options: registry.options()
                    )
                }
                #expect(try await copy.answer(Check(), as: registry.owner).findings == [])
            }
        }
    }

    @Test("The old registry is closed: it is read, and says where everything is recorded", arguments: CopyTarget.all)
    func closed(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            let token = try await Self.fill(registry)
            try await registry.withCopyPlace(target) { places in
                let answer = try await places.copy(clock: registry.clock)
                let seal = try await registry.store.read { try $0.lastSeal() }
                for dryRun in [false, true] {
                    let refused = try await refusal {
                        try await registry.perform(
                            Self.organization("x"),
                            dryRun: dryRun
                        )
                    }
                    #expect(refused?.code == .registryClosed)
                    #expect(refused?.fact("movedTo") == places.target.description)
                }
                let revealing = try await refusal {
                    _ = try await registry.service.reveal(
                        RevealToken(token: token),
                        as: registry.owner,
                        options: registry.options()
                    )
                }
                #expect(revealing?.code == .registryClosed)
                #expect(try await registry.answer(Check()).findings == [])
                #expect(try await registry.store.read { try $0.lastSeal() } == seal)
                // Again it is the same, and anywhere else it is refused.
                #expect(try await places.copy(clock: registry.clock) == answer)
                try await registry.withCopyPlace(.directory) { other in
                    let elsewhere = try await refusal { _ = try await other.copy(clock: registry.clock) }
                    #expect(elsewhere?.code == .registryClosed)
                }
            }
        }
    }

    @Test("R13: who may not learns neither that it is closed nor where it went", arguments: CopyTarget.all)
    func strangers(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            let token = try await Self.fill(registry)
            try await registry.withCopyPlace(target) { places in
                let stranger = registry.caller("mallory")
                let denied = try await refusal { _ = try await places.copy(as: stranger, clock: registry.clock) }
                #expect(denied?.code == .accessDenied)
                let before = try await refusal { try await reveal(token, as: stranger, in: registry) }
                _ = try await places.copy(clock: registry.clock)
                let after = try await refusal { try await reveal(token, as: stranger, in: registry) }
                #expect(after?.code == .tokenNotFound)
                #expect(after == before)
                let denial = try await refusal { _ = try await places.copy(as: stranger, clock: registry.clock) }
                #expect(denial?.code == .accessDenied)
            }
        }
    }

    private func reveal(_ token: TokenID, as caller: Caller, in registry: TestRegistry) async throws {
        _ = try await registry.service.reveal(RevealToken(token: token), as: caller, options: registry.options())
    }

    @Test("Plain SQL can neither add a seal to a closed registry nor open it again", .onSQLite)
    func guards() async throws {
        try await withTestRegistry { registry in
            try await registry.withCopyPlace(.directory) { places in
                _ = try await places.copy(clock: registry.clock)
                for statement in [
                    "DELETE FROM registry_successor", "UPDATE registry_successor SET place = '/'",
                    "REPLACE INTO registry_successor VALUES (1, '/', 1)",
                    "INSERT INTO seals SELECT number + 1, at, hash FROM seals ORDER BY number DESC LIMIT 1",
                ] {
                    #expect(throws: SQLiteError.self, "\(statement)") { try registry.sql(statement) }
                }
            }
        }
    }
}
