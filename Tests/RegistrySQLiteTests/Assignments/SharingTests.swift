import Testing

@testable import Registry

@Suite("A location that shares nothing")
struct SharingTests {
    private static let paris = Sharing.apart(LocationID(stored: "paris"))

    /// Paris is not associated; it and the headquarters have a silver competency and a redeemed token each.
    private func fill(_ registry: TestRegistry) async throws {
        try await registry.addOrganization()
        try await registry.signUp()
        try await registry.addLocation("paris", country: "FR", associated: false)
        try await registry.redeem(try #require(try await registry.addEnrollment("E1").tokens.first))
        try await registry.redeem(try #require(try await registry.addEnrollment("E2", location: "paris").tokens.first))
    }

    @Test("R03: it uses its own tokens' seats, which nobody else may, and none of the others'")
    func seats() async throws {
        try await withTestRegistry { registry in
            try await fill(registry)
            for number in 1...25 {
                try await registry.assignSeat("hq\(number)@contoso.com")
                try await registry.assignSeat("paris\(number)@contoso.com", location: "paris")
            }
            let hq = try await refusal { try await registry.assignSeat("hq26@contoso.com") }
            let paris = try await refusal { try await registry.assignSeat("paris26@contoso.com", location: "paris") }
            #expect(hq?.fact("used") == "25")
            #expect(paris?.fact("used") == "25")
            #expect(try await registry.answer(Check()).findings == [])
            let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("contoso.onmicrosoft.com")))
            #expect(seats.map { "\($0.pool.source) \($0.consumedUnits)" } == ["program 25", "program (paris) 25"])
        }
    }

    @Test("R03: its grants and its use are a part of its own, as of any day, and of nobody's maximum")
    func statement() async throws {
        try await withTestRegistry { registry in
            try await fill(registry)
            try await registry.assignLicense("ann@contoso.com", product: "windows-client", location: "paris")
            let statement = try await registry.statement()
            let windows = ProductLine.windowsClient
            #expect(statement.products.first { $0.product == windows }?.entitlement == 25)
            #expect(statement.products.first { $0.product == windows }?.used.total == 0)
            let own = try #require(statement.apart.first)
            #expect(own.locationId.value == "paris")
            #expect(own.products.first { $0.product == windows }?.entitlement == 25)
            #expect(own.products.first { $0.product == windows }?.used.total == 1)
            #expect(statement.products.first { $0.product == .azureCredit }?.entitlement == 100)
            #expect(own.products.first { $0.product == .azureCredit }?.entitlement == 100)
            registry.clock.set(day: "2026-03-10")
            #expect(try await registry.statement(asOf: "2026-03-02").apart == [own])
        }
    }

    @Test("R03: what is assigned there for an earlier day takes from its own grants of that day")
    func earlier() async throws {
        try await withTestRegistry { registry in
            try await fill(registry)
            for number in 1...25 {
                try await registry.assignLicense("p\(number)@contoso.com", location: "paris", day: "2026-02-01")
            }
            let refused = try await refusal {
                try await registry.assignLicense("p26@contoso.com", location: "paris", day: "2026-01-15")
            }
            #expect(refused?.code == .entitlementExceeded)
            try await registry.assignLicense("h@contoso.com", day: "2026-01-15")
        }
    }

    @Test("R03, R41: who moves there by a switch takes from its entitlement")
    func switching() async throws {
        try await withTestRegistry { registry in
            try await fill(registry)
            try await registry.assignLicense("ann@contoso.com")
            for number in 1...25 { try await registry.assignLicense("p\(number)@contoso.com", location: "paris") }
            let refused = try await refusal {
                try await registry.switchUser("ann@contoso.com", toCloud: "contoso.onmicrosoft.com", location: "paris")
            }
            #expect(refused?.code == .entitlementExceeded)
            try await registry.switchUser("p1@contoso.com", toCloud: "contoso.onmicrosoft.com", location: "hq")
            try await registry.switchUser("ann@contoso.com", toCloud: "contoso.onmicrosoft.com", location: "paris")
            #expect(try await registry.answer(Check()).findings == [])
        }
    }
}
