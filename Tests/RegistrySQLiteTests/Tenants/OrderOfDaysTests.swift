import Testing

@testable import Registry

@Suite("Days depend on each other, whichever is recorded first")
struct OrderOfDaysTests {
    @Test(
        "R33: an enrollment cannot end on the day of a redemption that it carries, nor before, and can on the day after"
    )
    func endingBeforeRedemption() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let day = try #require(try await registry.token(1).redeemedOn)
            for offset in [-5, 0] {
                let early = EndEnrollment(enrollment: EnrollmentID(stored: "E1"), on: day.adding(days: offset))
                let refused = try await refusal { try await registry.perform(early) }
                #expect(refused?.code == .dateTooEarly)
                #expect(refused?.fact("earliest") == day.adding(days: 1).description)
            }
            registry.clock.set(day: day.adding(days: 1).description)
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "E1"), on: day.adding(days: 1)))
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R43: a sign-up without a day is of today, and nothing happened on the tenant before it")
    func beforeSignUp() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let tenant = try await registry.answer(ShowTenant(tenant: TenantReference("contoso.onmicrosoft.com")))
            let before = tenant.signedUpOn.adding(days: -1)
            let redemption = RedeemToken(token: token, tenant: .domain(tenant.domain), on: before, intent: .add)
            #expect(try await refusal { try await registry.perform(redemption) }?.code == .dateTooEarly)
            let purchase = AddSubscription(
                tenant: .domain(tenant.domain),
                skuPartNumber: SKUPartNumber(stored: "STANDARDPACK"),
                seats: 1,
                source: KeptText(stored: "Reseller"),
                on: before
            )
            #expect(try await refusal { try await registry.perform(purchase) }?.code == .dateTooEarly)
            let service = intune(on: tenant, day: before)
            #expect(try await refusal { try await registry.perform(service) }?.code == .dateTooEarly)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R36: an enrollment cannot end before a sign-up that it grants")
    func endingBeforeSignUp() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let tenant = try await registry.answer(ShowTenant(tenant: TenantReference("contoso.onmicrosoft.com")))
            try await registry.perform(intune(on: tenant, day: nil))
            let ending = EndEnrollment(enrollment: EnrollmentID(stored: "E1"), on: tenant.signedUpOn)
            #expect(try await refusal { try await registry.perform(ending) }?.code == .dateTooEarly)
        }
    }

    private func intune(on tenant: TenantResource, day: CalendarDate?) -> SignUpTenant {
        SignUpTenant(
            organization: tenant.organizationId,
            domain: tenant.domain,
            administrator: tenant.administrator,

            service: .intune,
            enrollment: EnrollmentID(stored: "E1"),
            on: day
        )
    }
}
