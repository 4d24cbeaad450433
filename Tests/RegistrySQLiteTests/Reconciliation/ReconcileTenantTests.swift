import Testing

@testable import Registry

@Suite("A tenant is held against an export")
struct ReconcileTenantTests {
    @Test("What agrees has no differences")
    func agreement() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat("a@contoso.com")
            let skus = try await registry.reconcile(TestRegistry.subscribed(enabled: 25, consumed: 1))
            #expect(skus.differences == [])
            #expect(skus.contents == [.subscribedSKUs])
            let users = try await registry.reconcile(TestRegistry.users(["a@contoso.com"]))
            #expect(users.differences == [])
        }
    }

    @Test("Seats that nobody recorded: the token that may have made them is named, the rest is a purchase")
    func unrecorded() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let found = try await registry.reconcile(TestRegistry.subscribed(enabled: 40))
            #expect(found.causes == [.seatsUnrecorded, .seatsUnrecorded])
            #expect(found.differences.map(\.settlement) == [.redeem, .addSubscription])
            #expect(found.differences.map(\.tokenId) == [token, nil])
            #expect(found.differences.map(\.seats) == [25, 15])
            #expect(found.differences.map(\.recorded) == [0, 0])
            try await registry.redeem(token)
            let next = try await registry.reconcile(TestRegistry.subscribed(enabled: 40))
            #expect(next.differences.map(\.seats) == [15])
        }
    }

    @Test("R36: Intune's seats come by a sign-up")
    func intune() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let found = try await registry.reconcile(TestRegistry.subscribed("INTUNE_A", enabled: 25))
            #expect(found.differences.map(\.settlement) == [.signUp])
            #expect(found.differences.map(\.enrollmentId) == [EnrollmentID(stored: "E1")])
        }
    }

    @Test("Seats that lapsed, are in warning, or are suspended there")
    func lapsed() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            let fewer = try await registry.reconcile(TestRegistry.subscribed(enabled: 20))
            #expect(fewer.causes == [.seatsLapsed])
            #expect(fewer.differences[0].seats == 5)
            let warning = try await registry.reconcile(TestRegistry.subscribed(enabled: 0, warning: 25))
            #expect(warning.causes == [.seatsOutOfService])
            #expect(warning.differences[0].rule == .r50)
            let both = try await registry.reconcile(TestRegistry.subscribed(enabled: 5, suspended: 10))
            #expect(both.causes == [.seatsLapsed, .seatsOutOfService])
            #expect(both.differences[0].seats == 10)
            // One that is not there at all, in a list of all SKUs and in one of some.
            let gone = try await registry.reconcile(TestRegistry.subscribed("INTUNE_A", enabled: 0))
            #expect(gone.causes == [.seatsLapsed])
            let page = try await registry.reconcile(
                "{\"@odata.nextLink\": \"x\", "
                    + TestRegistry.subscribed("INTUNE_A", enabled: 0).dropFirst()
            )
            #expect(page.differences == [])
            #expect(page.warnings.map(\.code) == ["export.incomplete"])
        }
    }

    @Test("R50: what is in warning in both is told, and is no difference")
    func agreedWarning() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            registry.clock.set(day: "2027-03-20")
            let found = try await registry.reconcile(TestRegistry.subscribed(enabled: 0, warning: 25))
            #expect(found.differences == [])
            #expect(found.warnings.map(\.code) == ["seats.out-of-service"])
        }
    }

    @Test("R32: more users than enabled seats, and another number of users than is recorded")
    func overuse() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            let found = try await registry.reconcile(TestRegistry.subscribed(enabled: 25, consumed: 30))
            #expect(found.causes == [.seatsOverused, .usersDiffer])
            #expect(found.differences[0].seats == 5)
            #expect(found.differences[1].settlement == .compareUsers)
        }
    }

    @Test("Users who are assigned there and not here, and the other way round")
    func users() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat("a@contoso.com")
            try await registry.assignSeat("b@contoso.com")
            let found = try await registry.reconcile(TestRegistry.users(["A@contoso.com", "c@contoso.com"]))
            #expect(found.causes == [.assignmentUnrecorded, .assignmentGone])
            #expect(
                found.differences.map { $0.userPrincipalNames.map(\.value) } == [["c@contoso.com"], ["b@contoso.com"]]
            )
            #expect(found.differences.map(\.isSafe) == [true, true])
            // Of a page that is not the last nobody is taken for gone.
            let page = try await registry.reconcile(
                """
                {"@odata.nextLink": "x", "value": [{"userPrincipalName": "a@contoso.com",
                "assignedLicenses": [{"skuId": "\(TestRegistry.e3)"}]}]}
                """
            )
            #expect(page.differences == [])
        }
    }

    @Test("R39: a SKU that may not share the tenant with programme seats")
    func sharing() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            let found = try await registry.reconcile(TestRegistry.subscribed("LITEPACK", enabled: 5))
            #expect(found.causes == [.skuIncompatible, .seatsLapsed])
            #expect(found.differences[0].rule == .r39)
            let users = try await registry.reconcile(
                TestRegistry.users(["a@contoso.com"], licenses: "contoso:LITEPACK")
            )
            #expect(users.causes.contains(.skuIncompatible))
            let unknown = try await registry.reconcile(TestRegistry.subscribed("NEW_THING", enabled: 5))
            #expect(unknown.causes == [.skuUnknown, .seatsLapsed])
        }
    }

    @Test("A tenant id that is not known is told; a file of another tenant is refused")
    func tenantID() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let text = TestRegistry.subscribed("INTUNE_A", enabled: 0, tenantID: TestRegistry.tenantGUID)
            let found = try await registry.reconcile(text)
            #expect(found.causes == [.tenantIDUnknown])
            #expect(found.differences[0].tenantId?.value == TestRegistry.tenantGUID)
            try await registry.perform(
                SetTenantID(
                    tenant: try TenantReference("contoso.onmicrosoft.com"),
                    tenantId: try #require(TenantID(TestRegistry.tenantGUID))
                )
            )
            #expect(try await registry.reconcile(text).differences == [])
            let other = text.replacing("3f2504e0", with: "4f2504e0")
            let refused = try #require(try await refusal { _ = try await registry.reconcile(other) })
            #expect(refused.code == .importInvalid)
        }
    }

    @Test("Free SKUs and those of 10,000 units are left out and named; a suite of any number is not")
    func fillers() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            func reasons(_ text: String, ignore: [String] = []) async throws -> [ReconciliationResource.Ignored.Reason]
            {
                let found = try await registry.reconcile(text, ignore: ignore)
                #expect(found.differences.count == (found.ignored.isEmpty ? 1 : 0))
                return found.ignored.map(\.reason)
            }
            #expect(try await reasons(TestRegistry.subscribed("FLOW_FREE", enabled: 25)) == [.free])
            #expect(try await reasons(TestRegistry.subscribed("CRMIUR", enabled: 10_000)) == [.manyUnits])
            #expect(try await reasons(TestRegistry.subscribed("CRMIUR", enabled: 9_999)) == [])
            #expect(try await reasons(TestRegistry.subscribed("NEW_THING", enabled: 10_000)) == [.manyUnits])
            #expect(try await reasons(TestRegistry.subscribed("ENTERPRISEPREMIUM", enabled: 10_000)) == [])
            #expect(try await reasons(TestRegistry.subscribed("crmiur", enabled: 5), ignore: ["CRMIUR"]) == [.asked])
        }
    }

    @Test("Only who may see the tenant's seats may compare them")
    func access() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let refused = try await refusal {
                _ = try await registry.reconcile(TestRegistry.subscribed(enabled: 1), as: registry.caller("nobody"))
            }
            #expect(refused?.code == .tenantNotFound)
        }
    }
}
