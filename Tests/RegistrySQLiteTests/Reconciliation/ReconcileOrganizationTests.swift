import Testing

@testable import Registry

@Suite("An export says which tenant it is of")
struct ReconcileOrganizationTests {
    private func found(_ registry: TestRegistry, _ text: String, name: String = "export.json") async throws -> String {
        let bytes = Array(text.utf8)
        let query = ReconcileOrganization(
            organization: OrganizationID(stored: "contoso"),
            file: UploadedFile(name: name, digest: "test") { OneChunk(bytes: bytes) }
        )
        do {
            let answer = try await query.course(
                through: registry.service,
                as: registry.owner,
                options: registry.options()
            ).output()
            return answer.tenantDomain.value
        } catch let refusal as Refusal {
            return refusal.code.rawValue
        }
    }

    @Test("By its id, the account's name, the file's name, or the users' domains; else it is refused")
    func ways() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let plain = TestRegistry.subscribed(enabled: 1)
            // There is one tenant, and nothing speaks against it.
            #expect(try await found(registry, plain) == "contoso.onmicrosoft.com")
            #expect(try await found(registry, TestRegistry.users(["a@fabrikam.com"])) == "import.invalid")

            try await registry.signUp("labs.contoso.com")
            try await registry.signUp("contoso.com")
            #expect(try await found(registry, plain) == "import.invalid")
            let id = try #require(TenantID(TestRegistry.tenantGUID))
            try await registry.perform(SetTenantID(tenant: try TenantReference("labs.contoso.com"), tenantId: id))
            let named = TestRegistry.subscribed(enabled: 1, tenantID: TestRegistry.tenantGUID)
            #expect(try await found(registry, named, name: "contoso.com.json") == "labs.contoso.com")
            let account = "AccountSkuId ActiveUnits\n------------ -----------\nContoso:ENTERPRISEPACK 1\n"
            #expect(try await found(registry, account) == "contoso.onmicrosoft.com")
            #expect(try await found(registry, plain, name: "exports/contoso.com-2026.json") == "contoso.com")
            #expect(try await found(registry, plain, name: "contoso.company.json") == "import.invalid")
            let users = TestRegistry.users(["a@labs.contoso.com", "b@contoso.com", "c@contoso.com"])
            #expect(try await found(registry, users) == "contoso.com")
            let even = TestRegistry.users(["a@labs.contoso.com", "b@contoso.com"])
            #expect(try await found(registry, even) == "import.invalid")
        }
    }

    @Test("Only who may see the organisation's tenants may compare them")
    func access() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let query = ReconcileOrganization(
                organization: OrganizationID(stored: "contoso"),
                file: TestRegistry.file(TestRegistry.subscribed(enabled: 1))
            )
            let refused = try await refusal {
                _ = try await query.course(
                    through: registry.service,
                    as: registry.caller("nobody"),
                    options: registry.options()
                ).output()
            }
            #expect(refused?.code == .organizationNotFound)
        }
    }
}
