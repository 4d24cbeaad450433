import Testing

@testable import Registry

@Suite("Signing up for cloud services")
struct SignUpTests {
    private func signUp(
        _ registry: TestRegistry,
        _ service: CloudService,
        domain: String = "contoso.onmicrosoft.com",
        administrator: String = "admin@contoso.com"
    ) async throws -> TenantResource {
        try await registry.perform(
            SignUpTenant(
                organization: OrganizationID(stored: "contoso"),
                domain: DomainName(domain),
                administrator: UserPrincipalName(administrator),

                service: service
            )
        )
    }

    @Test("R43: the first sign-up makes the Organization Account, and later ones add to it")
    func first() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let first = try await signUp(registry, .office365)
            #expect(first.warnings.isEmpty)
            let second = try await signUp(registry, .azure)
            #expect(second.warnings.isEmpty)
            #expect(second.domain == first.domain)
            #expect(second.services.map(\.service) == [.office365, .azure])
        }
    }

    @Test("R43: another administrator gets a warning, and is recorded")
    func anotherAdministrator() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            _ = try await signUp(registry, .office365)
            let second = try await signUp(registry, .azure, administrator: "other@contoso.com")
            #expect(second.warnings.map(\.code) == ["tenant.another-administrator"])
            #expect(second.warnings.map(\.rule) == [.r43])
            #expect(second.administrator.value == "admin@contoso.com")
            #expect(second.services.map(\.administrator.value) == ["admin@contoso.com", "other@contoso.com"])
        }
    }

    @Test("R43: another domain makes another Organization Account, with a warning")
    func anotherTenant() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let first = try await signUp(registry, .office365)
            let second = try await signUp(registry, .office365, domain: "fabrikam.onmicrosoft.com")
            #expect(second.warnings.map(\.rule) == [.r43])
            #expect(second.domain != first.domain)
        }
    }

    @Test("A tenant has no id until it is known, and then the same for ever")
    func idOnce() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let guid = try #require(TenantID("48a80680-7326-48cd-9935-b556b81d3a4e"))
            let other = try #require(TenantID("48a80680-7326-48cd-9935-b556b81d3a4f"))
            let tenant = try await signUp(registry, .office365)
            #expect(tenant.id == nil)
            let set = SetTenantID(tenant: .domain(tenant.domain), tenantId: guid)
            #expect(try await registry.perform(set).id == guid)
            #expect(try await registry.answer(ShowTenant(tenant: .id(guid))).domain == tenant.domain)

            let last = try await registry.answer(ShowStatus()).ledgerRows
            #expect(try await registry.perform(set, key: "again").id == guid)
            #expect(try await registry.answer(ShowStatus()).ledgerRows == last)
            let changed = SetTenantID(tenant: .domain(tenant.domain), tenantId: other)
            #expect(try await refusal { try await registry.perform(changed) }?.code == .identifierTaken)
            let second = try await signUp(registry, .office365, domain: "fabrikam.onmicrosoft.com")
            let taken = SetTenantID(tenant: .domain(second.domain), tenantId: guid)
            #expect(try await refusal { try await registry.perform(taken) }?.code == .identifierTaken)
            #expect(try await registry.answer(Check()).sound)
        }
    }
}
