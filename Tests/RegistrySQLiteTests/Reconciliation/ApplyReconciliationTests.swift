import Testing

@testable import Registry

@Suite("What an export shows is recorded, as far as that is safe")
struct ApplyReconciliationTests {
    private static func names(_ range: ClosedRange<Int>) -> [String] { range.map { "u\($0)@contoso.com" } }

    /// Contoso with its token redeemed, and the domain of its users.
    private func prepare(_ registry: TestRegistry) async throws {
        try await registry.redeem(registry.addContoso())
        try await registry.perform(
            AddDomain(tenant: try TenantReference("contoso.onmicrosoft.com"), domain: try DomainName("contoso.com"))
        )
    }

    @Test("Users are assigned and released, and then nothing differs; a second time nothing is done")
    func users() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            try await registry.assignSeat("a@contoso.com")
            try await registry.assignSeat("b@contoso.com")
            let export = TestRegistry.users(["a@contoso.com", "c@contoso.com", "d@contoso.com"])
            let dry = try await registry.applyReconciliation(export, dryRun: true)
            #expect(dry.applied?.assigned == 2 && dry.applied?.released == 1)
            #expect(try await registry.reconcile(export).differences.count == 2)
            let done = try await registry.applyReconciliation(export, key: "one")
            #expect(done.applied?.assigned == 2 && done.applied?.released == 1)
            #expect(done.differences == [])
            #expect(try await registry.reconcile(export).differences == [])
            #expect(try await registry.applyReconciliation(export, key: "one") == done)
            let again = try await registry.applyReconciliation(export)
            #expect(again.applied == ReconciliationResource.Applied())
            let rows = try await registry.answer(ListAudit(subject: "contoso.onmicrosoft.com")).items.filter {
                $0.action == "tenant.reconcile"
            }
            #expect(rows.count == 1)
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("R32: with one seat too few nothing is recorded, and everybody without one is named with the line")
    func tooMany() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            try await registry.assignSeat("old@contoso.com")
            // 25 seats, one of them held by somebody who leaves.
            let fitting = TestRegistry.users(Self.names(1...25))
            let export = TestRegistry.users(Self.names(1...27))
            let refused = try #require(try await refusal { _ = try await registry.applyReconciliation(export) })
            #expect(refused.inputProblems.count == 2)
            #expect(refused.inputProblems.map(\.row) == [9, 10])
            #expect(refused.code == .entitlementExceeded)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM assignments") == 1)
            let some = try await registry.applyReconciliation(export, oneByOne: true)
            #expect(some.applied?.assigned == 25 && some.applied?.released == 1)
            #expect(some.applied?.refused.map(\.code) == ["entitlement.exceeded", "entitlement.exceeded"])
            #expect(
                some.differences.map { $0.userPrincipalNames.map(\.value) } == [["u8@contoso.com", "u9@contoso.com"]]
            )
            #expect(try await registry.applyReconciliation(fitting).applied?.released == 2)
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test(
        "When the programme's seats are taken, purchased ones are given; and each is refused as assigning him would be"
    )
    func pools() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            try await registry.addSubscription("ENTERPRISEPACK", seats: 3)
            try await registry.assignLicense("u30@contoso.com")
            let export = TestRegistry.users(Self.names(1...29) + ["u30@contoso.com"])
            let some = try await registry.applyReconciliation(export, oneByOne: true)
            // One of the 25 that are granted is used on-premises, and one seat stays free.
            #expect(some.applied?.assigned == 27)
            for refused in some.applied?.refused ?? [] {
                let alone = try await refusal { try await registry.assignSeat(refused.userPrincipalName.value) }
                #expect(alone?.code.rawValue == refused.code)
            }
            #expect(some.applied?.refused.count == 3)
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("The tenant's id is recorded; what needs a decision stays")
    func tenantID() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let text = TestRegistry.subscribed(enabled: 25, tenantID: TestRegistry.tenantGUID)
            let done = try await registry.applyReconciliation(text)
            #expect(done.applied?.tenantId == true)
            #expect(done.tenantId?.value == TestRegistry.tenantGUID)
            #expect(done.differences.map(\.tokenId) == [token])
        }
    }

    @Test("An export that does not say that it is of the tenant changes nobody's seat")
    func otherTenant() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            try await registry.assignSeat("a@contoso.com")
            let export = TestRegistry.users(["x@fabrikam.com", "y@fabrikam.com"])
            let refused = try await refusal { _ = try await registry.applyReconciliation(export) }
            #expect(refused?.code == .importInvalid)
            #expect(try await registry.reconcile(export).warnings.map(\.code) == ["export.domains-differ"])
        }
    }

    @Test("R05: where the users are, and what for, can be said")
    func places() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            try await registry.addLocation("lyon", country: "FR")
            _ = try await registry.applyReconciliation(
                TestRegistry.users(["a@contoso.com"]),
                location: "lyon",
                purpose: .training
            )
            let seats = try await registry.answer(
                ListSeatAssignments(organization: OrganizationID(stored: "contoso"))
            ).items
            #expect(seats.map(\.locationId.value) == ["lyon"])
            #expect(seats.map(\.purpose) == [.training])
            #expect(try await registry.usageFindings().isEmpty)
        }
    }
}
