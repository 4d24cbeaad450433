import RegistrySQLite

@testable import Registry

/// Use and statements, in one line each.
extension TestRegistry {
    @discardableResult
    func assignSeat(
        _ user: String,
        on tenant: String = "contoso.onmicrosoft.com",
        sku: String = "ENTERPRISEPACK",
        location: String? = nil,
        purpose: String? = nil,
        source: String? = nil,
        day: String? = nil
    ) async throws -> RecordedAssignment {
        try await perform(
            AssignSeat(
                user: UserPrincipalName(user),
                tenant: TenantReference(tenant),
                skuPartNumber: SKUPartNumber(stored: sku),
                locationID: location.map(LocationID.init(stored:)),
                purpose: purpose,
                source: source,
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func releaseSeat(
        _ user: String,
        on tenant: String = "contoso.onmicrosoft.com",
        sku: String = "ENTERPRISEPACK",
        day: String? = nil
    ) async throws -> RecordedAssignment {
        try await perform(
            ReleaseSeat(
                user: UserPrincipalName(user),
                tenant: TenantReference(tenant),
                skuPartNumber: SKUPartNumber(stored: sku),
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func assignLicense(
        _ user: String,
        product: String = "office-suite",
        location: String? = nil,
        purpose: String? = nil,
        source: String? = nil,
        day: String? = nil
    ) async throws -> RecordedAssignment {
        try await perform(
            AssignLicense(
                user: UserPrincipalName(user),
                organizationID: OrganizationID(stored: "contoso"),
                product: ProductLine(stored: product),
                locationID: location.map(LocationID.init(stored:)),
                purpose: purpose,
                source: source,
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func releaseLicense(
        _ user: String,
        product: String = "office-suite",
        day: String? = nil
    ) async throws -> RecordedAssignment {
        try await perform(
            ReleaseLicense(
                user: UserPrincipalName(user),
                organizationID: OrganizationID(stored: "contoso"),
                product: ProductLine(stored: product),
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func switchUser(
        _ user: String,
        toCloud tenant: String? = nil,
        location: String? = nil,
        day: String? = nil
    ) async throws -> RecordedSwitch {
        try await perform(
            SwitchUser(
                UserSwitch(
                    user: UserPrincipalName(user),
                    organizationID: OrganizationID(stored: "contoso"),
                    destination: tenant.map { .cloud(try TenantReference($0)) } ?? .onPremises,
                    locationID: location.map(LocationID.init(stored:))
                ),
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func switchUsers(_ csv: String, organization: String? = "contoso") async throws -> SwitchUsers.Answer {
        let bytes = Array(csv.utf8)
        return try await perform(
            SwitchUsers(organizationID: organization.map(OrganizationID.init(stored:)), on: nil, digest: "test") {
                OneChunk(bytes: bytes)
            }
        )
    }

    func statement(asOf day: String? = nil) async throws -> Statement {
        try await answer(StatementQuery(organizationID: OrganizationID(stored: "contoso"), asOf: day.map(date)))
    }

    func officeSuite(asOf day: String? = nil) async throws -> ProductStatement? {
        try await statement(asOf: day).products.first { $0.product == .officeSuite }
    }

    func usageFindings() async throws -> [Finding] {
        try await store.read { try $0.usageFindings() }
    }

    /// A programme that grants so many office suites, in tokens of the same size.
    func addProgram(_ id: String, kind: Program.Kind, officeSuites: Int, maximum: ProductMaximum) async throws {
        try await perform(
            ImportPrograms(
                [
                    Program(
                        id: ProgramID(stored: id),
                        name: id,
                        kind: kind,
                        benefits: [
                            Benefit(
                                product: .officeSuite,
                                quantity: officeSuites,
                                countryMaximum: maximum.country,
                                worldwideMaximum: maximum.worldwide,
                                tokens: TokenDenomination(
                                    skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                                    seats: officeSuites
                                )
                            )
                        ]
                    )
                ],
                source: "test"
            )
        )
    }

    /// Records as many uses as `INSERT` can, past the rules: for large organisations. The ledger has one row for all.
    func insertLicenses(_ count: Int, prefix: String, location: String, on day: String) throws {
        try sql(
            """
            INSERT INTO assignments
                (organization, user_principal_name, kind, product, location, country, purpose, counted, from_on, from_at,
                 from_sequence)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            SELECT l.organization, '\(prefix)' || i || '@contoso.com', 'on-premises', 'office-suite', l.number, l.country,
                'internal-use', 1, '\(day)', 0, 1
            FROM n, locations l WHERE l.id = '\(location)'
            """
        )
    }
}
