import Foundation

@testable import Registry

/// The domain's main steps, in one line each. Texts are taken as they are; a wrong one is an error of the test.
extension TestRegistry {
    @discardableResult
    func addOrganization(
        _ id: String = "contoso",
        country: String = "US",
        timeZone: OrganizationTimeZone = .utc,
        portal: Portal = .partnerCenter,
        yearLength: YearLength = .calendar
    ) async throws -> OrganizationResource {
        try await perform(
            AddOrganization(
                id: OrganizationID(stored: id),
                name: KeptText(stored: id.capitalized),
                country: CountryCode(country),
                timeZone: timeZone,
                portal: portal,
                yearLength: yearLength
            )
        )
    }

    @discardableResult
    func addLocation(
        _ id: String,
        of organization: String = "contoso",
        country: String,
        associated: Bool = true
    ) async throws -> LocationResource {
        try await perform(
            AddLocation(
                organization: OrganizationID(stored: organization),
                id: LocationID(stored: id),
                name: KeptText(stored: id.capitalized),
                country: CountryCode(country),
                associated: associated
            )
        )
    }

    /// Enrols the organisation in a programme, by default for the year that 2026-03-02 lies in.
    @discardableResult
    func addEnrollment(
        _ id: String? = nil,
        of organization: String = "contoso",
        program: String = "silver-competency",
        location: String? = nil,
        start: String = "2026-01-01",
        mint: Bool = true
    ) async throws -> EnrollmentResource {
        try await perform(
            AddEnrollment(
                organization: OrganizationID(stored: organization),
                program: ProgramID(stored: program),
                location: location.map(LocationID.init(stored:)),
                startsOn: date(start),
                id: id.map(EnrollmentID.init(stored:)),
                tokens: mint ? .mint : AddEnrollment.TokenSource.none
            )
        )
    }

    @discardableResult
    func signUp(
        _ domain: String = "contoso.onmicrosoft.com",
        of organization: String = "contoso",
        on day: String? = nil
    ) async throws -> TenantResource {
        try await perform(
            SignUpTenant(
                organization: OrganizationID(stored: organization),
                domain: DomainName(domain),
                administrator: UserPrincipalName("admin@\(domain)"),

                service: .office365,

                on: day.map(date)
            )
        )
    }

    /// Imports tokens from CSV text with the columns `code,sku,seats`.
    @discardableResult
    func importTokens(
        _ csv: String,
        of enrollment: String,
        overrides: Set<OverridableRule> = []
    ) async throws -> ImportTokens.Answer {
        let bytes = Array(csv.utf8)
        return try await perform(
            ImportTokens(
                enrollment: EnrollmentID(stored: enrollment),
                file: UploadedFile(name: "tokens.csv", digest: "test") { OneChunk(bytes: bytes) }
            ),
            overrides: overrides
        )
    }

    @discardableResult
    func redeem(
        _ token: TokenID,
        on tenant: String = "contoso.onmicrosoft.com",
        day: String? = nil,
        intent: RedemptionIntent = .add,
        as caller: Caller = TestRegistry.owner,
        key: String? = nil,
        overrides: Set<OverridableRule> = []
    ) async throws -> RedemptionResource {
        try await perform(
            RedeemToken(token: token, tenant: TenantReference(tenant), on: day.map(date), intent: intent),
            as: caller,
            key: key,
            overrides: overrides
        )
    }

    @discardableResult
    func addSubscription(
        _ sku: String,
        seats: Int = 10,
        on tenant: String = "contoso.onmicrosoft.com",
        source: String = "bought elsewhere",
        ends: String? = nil,
        day: String? = nil
    ) async throws -> SubscriptionResource {
        try await perform(
            AddSubscription(
                tenant: TenantReference(tenant),
                skuPartNumber: SKUPartNumber(stored: sku),
                seats: seats,
                source: KeptText(stored: source),
                endsOn: ends.map(date),
                on: day.map(date)
            )
        )
    }

    /// A token's code, revealed to the owner.
    func code(of token: TokenID) async throws -> ActivationCode {
        try await service.reveal(RevealToken(token: token), as: owner, options: options()).code
    }

    /// An organisation with a silver competency, its token, and a tenant: what most tests begin with.
    func addContoso() async throws -> TokenID {
        try await addOrganization()
        let tokens = try await addEnrollment("E1").tokens
        try await signUp()
        guard let token = tokens.first else { preconditionFailure("the programme brings a token") }
        return token
    }
}

/// `text` as a date; a wrong one is an error of the test.
func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("\(text) is no date") }
    return date
}

/// The refusal that `body` throws; nil when it throws none.
func refusal(of body: () async throws -> Void) async throws -> Refusal? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    }
}

extension TenantResource {
    /// The domain that names the tenant.
    var domain: DomainName { domains[0] }
}

/// A tenant's seats as the domain has them, with what is not published.
struct SeatsQuery {
    let tenant: TenantReference
    var asOf: CalendarDate?
}

extension TestRegistry {
    func answer(_ query: SeatsQuery) async throws -> [SeatHolding] {
        let (now, secrets, store) = (clock.now(), service.secrets, service.store)
        return try await store.read { reading in
            let context = QueryContext(
                reading: reading,
                now: now,
                caller: Self.owner,
                secrets: secrets,
                store: store
            )
            let list = ListSeats(tenant: query.tenant, asOf: query.asOf)
            return try list.holdings(on: list.authorize(context.gate).subject, in: context)
        }
    }
}

extension StatementResource {
    /// Its figures alone: without what it says of when they were recorded.
    var figures: StatementResource {
        var figures = self
        figures.auditSequence = 0
        figures.recordedLater = 0
        figures.correctedLater = 0
        return figures
    }
}
