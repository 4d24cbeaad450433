import Testing

@testable import Registry

private let suite = "microsoft-365-e5"

extension TestRegistry {
    /// An organisation with Modern Work of 2026, a tenant, and its own billing account.
    fileprivate func addPartner(of tenant: String? = "own", start: String = "2026-01-01") async throws {
        try await addOrganization()
        try await addEnrollment("mw", program: "designation-modern-work", start: start, mint: false)
        try await signUp(on: "2025-12-01")
        try await perform(
            AddBillingAccount(
                organization: OrganizationID(stored: "contoso"),
                billingAccount: KeptText(stored: "own")
            )
        )
        if let tenant { try await setBillingAccount(tenant) }
    }

    fileprivate func setBillingAccount(_ account: String) async throws {
        try await perform(
            SetBillingAccount(
                tenant: TenantReference("contoso.onmicrosoft.com"),
                billingAccount: KeptText(stored: account)
            )
        )
    }

    @discardableResult
    fileprivate func redeem(
        _ benefit: String,
        on day: String? = nil,
        enrollment: String? = nil,
        sku: String? = nil,
        as caller: Caller = TestRegistry.owner,
        dryRun: Bool = false
    ) async throws -> BenefitRedemptionResource {
        try await perform(
            RedeemBenefit(
                benefit: ProductLine(stored: benefit),
                tenant: TenantReference("contoso.onmicrosoft.com"),
                enrollment: enrollment.map(EnrollmentID.init(stored:)),
                sku: sku.map(SKUPartNumber.init(stored:)),
                on: day.flatMap { CalendarDate($0) }
            ),
            as: caller,
            dryRun: dryRun
        )
    }
}

private func refusal(_ body: () async throws -> some Any) async throws -> Refusal? {
    do {
        _ = try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    }
}

@Suite("Redeeming a benefit without a code")
struct RedeemBenefitTests {
    @Test("R54: a corrected first day takes the end of what was ordered along; then its programme cannot be corrected")
    func corrected() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner()
            try await registry.redeem(suite)
            let enrollment = EnrollmentID(stored: "mw")
            let reason = KeptText(stored: "order form")
            try await registry.perform(
                CorrectEnrollment(enrollment: enrollment, startsOn: date("2026-02-01"), reason: reason)
            )
            let block = try #require(try await registry.store.read { try $0.seatBlocks(of: enrollment) }.first)
            #expect(block.rightsEndOn == date("2027-01-31"))
            #expect(block.serviceEndsOn == date("2027-01-31"))
            let other = CorrectEnrollment(
                enrollment: enrollment,
                program: ProgramID(stored: "gold-competency"),
                reason: reason
            )
            #expect(try await refusal { try await registry.perform(other) }?.code == .correctionNotPossible)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("A tenant that was left takes no benefit, and nobody is told of it any more")
    func left() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner()
            let tenant = try TenantReference("contoso.onmicrosoft.com")
            let reason = KeptText(stored: "closed")
            try await registry.redeem("microsoft-365-copilot")
            registry.clock.set(day: "2026-12-20")
            let selection = ListNotices(organization: OrganizationID(stored: "contoso"))
            let told = try await registry.answer(selection).items.flatMap(\.notices)
            #expect(told.contains { $0.tenantDomain != nil })
            try await registry.perform(CorrectTenant(tenant: tenant, leftOn: date("2026-12-19"), reason: reason))
            #expect(try await registry.answer(selection).items.flatMap(\.notices).allSatisfy { $0.tenantDomain == nil })
            #expect(try await refusal { try await registry.redeem(suite) }?.code == .tenantLeft)
        }
    }

    @Test("R54: it is redeemed once and whole, on a tenant of the own billing account, and ends with the offer")
    func redeems() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner()
            let made = try await registry.redeem(suite)
            #expect((made.seats, made.skuPartNumber.text) == (200, "SPE_E5"))
            #expect(made.serviceEndsOn == made.rightsEndOn)
            #expect(made.serviceEndsOn.description == "2026-12-31")
            let again = try await refusal { try await registry.redeem(suite) }
            #expect((again?.code, again?.rule) == (.benefitAlreadyRedeemed, .r54))
            let listed = try await registry.answer(ListBenefits(organization: OrganizationID(stored: "contoso")))
            #expect(listed.filter { $0.redeemedOn != nil }.map(\.benefit.rawValue) == [suite])
            #expect(listed.first { $0.benefit.rawValue == "azure-bulk-credit" }?.unit == "USD a year")
            let check = try await registry.answer(Check())
            #expect(check.findings.isEmpty, "\(check.findings)")
        }
    }

    @Test("R54: a dry run leaves it to be redeemed")
    func dryRun() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner()
            try await registry.redeem(suite, dryRun: true)
            try await registry.redeem(suite)
        }
    }

    @Test("R54: a tenant without a billing account, or of another, is refused")
    func otherAccount() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner(of: nil)
            let unknown = try await refusal { try await registry.redeem(suite) }
            #expect((unknown?.code, unknown?.rule) == (.tenantOtherBillingAccount, .r54))
            try await registry.setBillingAccount("a customer's")
            #expect(try await refusal { try await registry.redeem(suite) }?.code == .tenantOtherBillingAccount)
            try await registry.setBillingAccount("own")
            try await registry.redeem(suite)
        }
    }

    @Test("R54: on the last day of its year it can be redeemed, and not on the next")
    func lastDay() async throws {
        try await withTestRegistry(at: "2027-01-10T09:00:00Z") { registry in
            try await registry.addPartner()
            let late = try await refusal { try await registry.redeem(suite, on: "2027-01-01", enrollment: "mw") }
            #expect((late?.code, late?.rule) == (.benefitTooLate, .r54))
            let early = try await refusal { try await registry.redeem(suite, on: "2025-12-31", enrollment: "mw") }
            #expect(early?.code == .dateTooEarly)
            let made = try await registry.redeem(suite, on: "2026-12-31", enrollment: "mw")
            #expect(made.serviceEndsOn.description == "2026-12-31")
        }
    }

    @Test("R54: what has codes, what is no cloud service, and what nobody grants is refused")
    func notOrdered() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner()
            try await registry.addEnrollment("silver")
            for benefit in ["office-suite", "azure-bulk-credit", "business-premium"] {
                let refused = try await refusal { try await registry.redeem(benefit) }
                #expect((refused?.code, refused?.rule) == (.benefitNotGranted, .r54), "\(benefit)")
            }
            let sku = try await refusal { try await registry.redeem(suite, sku: "ENTERPRISEPACK") }
            #expect(sku?.code == .benefitNotGranted)
        }
    }

    @Test("R61: a benefit with a limit is refused on the day after it")
    func activateBy() async throws {
        try await withTestRegistry(at: "2026-06-01T09:00:00Z") { registry in
            try await registry.perform(
                ImportPrograms(
                    programs: [
                        ProgramTable.Entry(
                            id: "designation-modern-work",
                            name: nil,
                            kind: "designation",
                            edition: "2026",
                            editionFrom: "2026-01-01",
                            benefits: [
                                ProgramTable.Benefit(
                                    product: suite,
                                    quantity: 10,
                                    skuPartNumber: "SPE_E5",
                                    activateWithinDays: 90
                                )
                            ]
                        )
                    ],
                    source: nil
                )
            )
            try await registry.addPartner()
            let late = try await refusal { try await registry.redeem(suite, on: "2026-04-02") }
            #expect((late?.code, late?.rule) == (.benefitTooLate, .r61))
            #expect(try await registry.redeem(suite, on: "2026-04-01").seats == 10)
        }
    }

    @Test("Nobody without a grant redeems, sets an account or lists, and learns nothing")
    func denied() async throws {
        try await withTestRegistry { registry in
            try await registry.addPartner()
            let stranger = registry.caller("mallory")
            let denied = try await refusal { try await registry.redeem(suite, as: stranger) }
            #expect([.accessDenied, .tenantNotFound].contains(denied?.code))
            let account = try await refusal {
                try await registry.perform(
                    SetBillingAccount(
                        tenant: TenantReference("contoso.onmicrosoft.com"),
                        billingAccount: KeptText(stored: "x")
                    ),
                    as: stranger
                )
            }
            #expect([.accessDenied, .tenantNotFound].contains(account?.code))
            let list = try await refusal {
                try await registry.answer(ListBenefits(organization: OrganizationID(stored: "contoso")), as: stranger)
            }
            #expect([.accessDenied, .organizationNotFound].contains(list?.code))
        }
    }
}
