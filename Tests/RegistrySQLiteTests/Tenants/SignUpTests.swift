import Registry
import Testing

@Suite("Signing up for cloud services")
struct SignUpTests {
    private func signUp(
        _ registry: TestRegistry,
        _ service: CloudService,
        domain: String = "contoso.onmicrosoft.com",
        administrator: String = "admin@contoso.com"
    ) async throws -> SignUpTenant.Answer {
        try await registry.perform(
            SignUpTenant(
                organizationID: OrganizationID(stored: "contoso"),
                domain: DomainName(domain),
                administrator: UserPrincipalName(administrator),
                tenantID: nil,
                service: service,
                enrollmentID: nil,
                on: nil
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
            #expect(second.tenant.id == first.tenant.id)
            #expect(second.tenant.services.map(\.service) == [.office365, .azure])
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
            #expect(second.tenant.administrator.value == "admin@contoso.com")
            #expect(second.tenant.services.map(\.administrator.value) == ["admin@contoso.com", "other@contoso.com"])
        }
    }

    @Test("R43: another domain makes another Organization Account, with a warning")
    func anotherTenant() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let first = try await signUp(registry, .office365)
            let second = try await signUp(registry, .office365, domain: "fabrikam.onmicrosoft.com")
            #expect(second.warnings.map(\.rule) == [.r43])
            #expect(second.tenant.id != first.tenant.id)
        }
    }
}
