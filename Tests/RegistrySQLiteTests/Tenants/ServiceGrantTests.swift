import Testing

@testable import Registry

@Suite("Services without tokens")
struct ServiceGrantTests {
    private func signUp(
        _ registry: TestRegistry,
        enrollment: String?,
        domain: String = "contoso.onmicrosoft.com",
        service: CloudService = .intune
    ) async throws -> TenantResource {
        try await registry.perform(
            SignUpTenant(
                organization: OrganizationID(stored: "contoso"),
                domain: DomainName(domain),
                administrator: UserPrincipalName("admin@contoso.onmicrosoft.com"),
                service: service,
                enrollment: enrollment.map(EnrollmentID.init(stored:))
            )
        )
    }

    @Test("R36: signing up for Intune through an enrollment makes the seats that it grants, without a token")
    func seats() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", program: "gold-competency")
            let tenant = try await signUp(registry, enrollment: "E1")
            let holdings = try await registry.answer(SeatsQuery(tenant: .domain(tenant.domain)))
            let block = try #require(holdings.first?.blocks.first?.block)
            #expect(holdings.count == 1)
            #expect(block.skuPartNumber == SKUPartNumber(stored: "INTUNE_A"))
            #expect(block.seats == 100)
            #expect(block.source == .enrollment(EnrollmentID(stored: "E1")))
            #expect(block.rightsEndOn == date("2026-12-31"))
            #expect(block.serviceEndsOn == date("2027-03-02"))
        }
    }

    @Test("R36: without an enrollment the sign-up is refused and names those that grant Intune")
    func unnamed() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let none = try await refusal { _ = try await signUp(registry, enrollment: nil) }
            #expect(none?.code == .serviceNotAllowed)
            #expect(none?.rule == .r36)
            try await registry.addEnrollment("E1")
            let named = try await refusal { _ = try await signUp(registry, enrollment: nil) }
            #expect(named?.fact("enrollments") == "E1")
            #expect(try registry.value(Int.self, "SELECT count(*) FROM tenants") == 0)
        }
    }

    @Test("R36: an enrollment that grants no Intune, or none any more, is refused")
    func notGranting() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("LEARN", program: "learning-competency")
            try await registry.addEnrollment("OLD", start: "2025-01-01")
            for enrollment in ["LEARN", "OLD"] {
                let refused = try await refusal { _ = try await signUp(registry, enrollment: enrollment) }
                #expect(refused?.code == .serviceNotAllowed)
                #expect(refused?.rule == .r36)
            }
        }
    }

    @Test("R36: what an enrollment grants is activated once, on one tenant, also with plain SQL")
    func once() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            try await registry.addEnrollment("E2", program: "action-pack")
            _ = try await signUp(registry, enrollment: "E1")
            let again = try await refusal {
                _ = try await signUp(registry, enrollment: "E1", domain: "fabrikam.onmicrosoft.com")
            }
            #expect(again?.rule == .r36)
            #expect(throws: (any Error).self) {
                try registry.sql(
                    """
                    INSERT INTO seat_blocks
                        (tenant, sku_part_number, seats, enrollment, starts_on, rights_end_on, service_ends_on, recorded_at)
                    SELECT tenant, sku_part_number, 5, enrollment, starts_on, rights_end_on, service_ends_on, 0
                    FROM seat_blocks
                    """
                )
            }
            // Another enrollment's grant adds to it.
            let tenant = try await signUp(registry, enrollment: "E2")
            let holdings = try await registry.answer(SeatsQuery(tenant: .domain(tenant.domain)))
            #expect(holdings.first?.blocks.map(\.block.seats) == [25, 5])
        }
    }

    @Test("R36: other services need no enrollment and make no seats")
    func others() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let tenant = try await signUp(registry, enrollment: nil, service: .azure)
            #expect(try await registry.answer(SeatsQuery(tenant: .domain(tenant.domain))).isEmpty)
        }
    }
}
