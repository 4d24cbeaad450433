@testable import Registry

extension SimulatedOperation {
    /// Carries it out, as the owner or as a stranger.
    func perform(in registry: TestRegistry, on day: Int) async throws {
        let caller = isByStranger ? registry.caller("mallory") : registry.owner
        let sku = SKUPartNumber(stored: "ENTERPRISEPACK")
        switch kind {
        case .addOrganization(let id):
            try await registry.perform(
                AddOrganization(
                    id: OrganizationID(stored: "o\(id)"),
                    name: KeptText(stored: "O\(id)"),
                    country: CountryCode("DE"),
                    timeZone: .utc,
                    portal: .partnerCenter,
                    yearLength: .days365
                ),
                as: caller
            )
        case .enroll(let id, let organization, let start, let suites):
            try await registry.perform(
                AddEnrollment(
                    organization: OrganizationID(stored: "o\(organization)"),
                    program: ProgramID(stored: "p\(suites)"),
                    location: nil,
                    startsOn: date(SimulatedDay(start).text),
                    id: EnrollmentID(stored: "e\(id)"),
                    tokens: .mint
                ),
                as: caller
            )
        case .importToken(let enrollment, let code):
            let bytes = Array("code,sku,seats\n\(Self.code(code)),\(sku),5\n".utf8)
            try await registry.perform(
                ImportTokens(
                    enrollment: EnrollmentID(stored: "e\(enrollment)"),
                    file: UploadedFile(name: "tokens.csv", digest: "test") { OneChunk(bytes: bytes) }
                ),
                as: caller,
                overrides: [.r12]
            )
        case .signUp(let domain, let organization):
            try await registry.perform(
                SignUpTenant(
                    organization: OrganizationID(stored: "o\(organization)"),
                    domain: DomainName(Self.domain(domain)),
                    administrator: UserPrincipalName("admin@\(Self.domain(domain))"),
                    service: .office365,
                    on: nil
                ),
                as: caller
            )
        case .redeem(let number, let tenant):
            try await registry.redeem(TokenID(number: Int64(number)), on: Self.domain(tenant), as: caller)
        case .assign(let user, let tenant):
            try await registry.perform(
                AssignSeat(
                    tenant: TenantReference(Self.domain(tenant)),
                    userPrincipalName: UserPrincipalName("u\(user)@example.com"),
                    skuPartNumber: sku
                ),
                as: caller
            )
        case .license(let user, let organization):
            try await registry.perform(
                AssignLicense(
                    organization: OrganizationID(stored: "o\(organization)"),
                    userPrincipalName: UserPrincipalName("u\(user)@example.com"),
                    product: .officeSuite
                ),
                as: caller
            )
        case .release(let user, let organization):
            try await release(user, organization, in: registry, as: caller)
        case .end(let enrollment):
            try await registry.perform(
                EndEnrollment(enrollment: EnrollmentID(stored: "e\(enrollment)"), on: date(SimulatedDay(day).text)),
                as: caller
            )
        case .advance: break
        }
    }

    /// Whichever the user holds: where it is a seat, the tenants are tried in turn.
    private func release(_ user: Int, _ organization: Int, in registry: TestRegistry, as caller: Caller) async throws {
        let name = try UserPrincipalName("u\(user)@example.com")
        do {
            try await registry.perform(
                ReleaseLicense(
                    organization: OrganizationID(stored: "o\(organization)"),
                    userPrincipalName: name,
                    product: .officeSuite
                ),
                as: caller
            )
        } catch let refusal as Refusal where refusal.code == .assignmentNotFound {
            var last = refusal
            for domain in 0..<8 {
                do {
                    let tenant = try await registry.answer(ShowTenant(tenant: TenantReference(Self.domain(domain))))
                    guard tenant.organizationId.value == "o\(organization)" else { continue }
                    try await registry.perform(
                        ReleaseSeat(
                            tenant: TenantReference(Self.domain(domain)),
                            userPrincipalName: name,
                            skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK")
                        ),
                        as: caller
                    )
                    return
                } catch let refusal as Refusal where refusal.code == .assignmentNotFound {
                    last = refusal
                } catch let refusal as Refusal where refusal.code == .tenantNotFound { continue }
            }
            throw last
        }
    }

    static func domain(_ number: Int) -> String { "d\(number).onmicrosoft.com" }

    static func code(_ number: Int) -> String { "BBBBB-CCCCC-DDDDD-FFFFF-\(10_000 + number)" }
}

extension TestRegistry {
    /// A statement, in the model's words.
    func lines(ofSimulated organization: Int, on day: Int) async throws -> [String] {
        let statement = try await answer(
            ShowStatement(organization: OrganizationID(stored: "o\(organization)"), asOf: date(SimulatedDay(day).text))
        )
        let suites = statement.products.first { $0.product == .officeSuite }
        let tokens = statement.tokens
        return [
            "entitlement \(suites?.entitlement ?? 0)",
            "used \(suites?.used.cloud ?? 0) and \(suites?.used.onPremises ?? 0)",
            "tokens \(tokens.unredeemed), \(tokens.redeemed), \(tokens.void)",
        ]
    }
}
