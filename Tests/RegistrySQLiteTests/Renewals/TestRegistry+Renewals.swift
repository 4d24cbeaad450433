@testable import Registry

extension TestRegistry {
    func plan(
        _ enrollment: String,
        on day: String? = nil,
        program: String? = nil,
        paidOn: String? = nil
    ) async throws -> RenewalPlan {
        try await answer(
            PlanRenewal(
                enrollment: EnrollmentID(stored: enrollment),
                on: day.map(date),
                program: program.map(ProgramID.init(stored:)),
                paidOn: paidOn.map(date)
            )
        )
    }

    @discardableResult
    func apply(
        _ plan: RenewalPlan,
        on day: String? = nil,
        redeem: Bool = false,
        codes: [IssuedCode]? = nil,
        dryRun: Bool = false
    ) async throws -> RenewalResource {
        try await perform(
            ApplyRenewal(
                enrollment: plan.enrollmentId,
                plan: plan,
                on: day.map(date),
                redeem: redeem,
                codes: codes
            ),
            dryRun: dryRun
        )
    }

    /// Plans and applies in one step.
    @discardableResult
    func renew(
        _ enrollment: String,
        on day: String? = nil,
        program: String? = nil,
        redeem: Bool = true
    ) async throws -> RenewalResource {
        try await apply(plan(enrollment, on: day, program: program), redeem: redeem)
    }

    func lapse(_ enrollment: String, on day: String, dryRun: Bool = false) async throws -> LapseResource {
        try await perform(
            LapseRenewal(enrollment: EnrollmentID(stored: enrollment), on: date(day)),
            dryRun: dryRun
        )
    }

    @discardableResult
    func replace(_ token: Int64, by code: String, on day: String? = nil) async throws -> ReplacementResource {
        try await perform(
            ReplaceToken(token: TokenID(number: token), code: ActivationCode(parsing: code), on: day.map(date))
        )
    }

    /// Gives seats of E3 to users of a tenant, numbered from `first` on.
    func assign(_ count: Int, on tenant: String, from first: Int = 1) async throws {
        for number in first..<(first + count) {
            try await perform(
                AssignSeat(
                    tenant: TenantReference(tenant),
                    userPrincipalName: UserPrincipalName("user\(number)@\(tenant)"),
                    skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK")
                )
            )
        }
    }

    func enrollment(_ id: String) async throws -> EnrollmentResource {
        try await answer(ShowEnrollment(enrollment: EnrollmentID(stored: id)))
    }

    func token(_ number: Int64) async throws -> TokenResource {
        try await answer(ShowToken(token: TokenID(number: number)))
    }

    /// A gold competency for 2026 with two tenants, as it stands on the first day of its window.
    func addGold(portal: Portal = .partnerCenter) async throws {
        try await addOrganization(portal: portal)
        try await signUp("a.example.com")
        try await signUp("b.example.com")
        try await addEnrollment("gold", program: "gold-competency")
    }
}
