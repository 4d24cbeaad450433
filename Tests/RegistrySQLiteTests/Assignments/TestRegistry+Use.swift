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
    ) async throws -> RecordedAssignmentResource {
        try await perform(
            AssignSeat(
                tenant: TenantReference(tenant),
                userPrincipalName: UserPrincipalName(user),
                skuPartNumber: SKUPartNumber(stored: sku),
                location: location.map(LocationID.init(stored:)),
                purpose: purpose.map { try UsePurpose($0) },
                source: source.flatMap { KeptText($0) },
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
    ) async throws -> RecordedAssignmentResource {
        try await perform(
            ReleaseSeat(
                tenant: TenantReference(tenant),
                userPrincipalName: UserPrincipalName(user),
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
    ) async throws -> RecordedAssignmentResource {
        try await perform(
            AssignLicense(
                organization: OrganizationID(stored: "contoso"),
                userPrincipalName: UserPrincipalName(user),
                product: ProductLine(stored: product),
                location: location.map(LocationID.init(stored:)),
                purpose: purpose.map { try UsePurpose($0) },
                source: source.flatMap { KeptText($0) },
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func releaseLicense(
        _ user: String,
        product: String = "office-suite",
        day: String? = nil
    ) async throws -> RecordedAssignmentResource {
        try await perform(
            ReleaseLicense(
                organization: OrganizationID(stored: "contoso"),
                userPrincipalName: UserPrincipalName(user),
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
    ) async throws -> SwitchResource {
        try await perform(
            SwitchUser(
                organization: OrganizationID(stored: "contoso"),
                user: UserPrincipalName(user),
                to: tenant == nil ? .onPremises : .cloud,
                tenant: tenant.map { try TenantReference($0) },
                location: location.map(LocationID.init(stored:)),
                on: day.map(date)
            )
        )
    }

    @discardableResult
    func switchUsers(_ csv: String, organization: String? = "contoso") async throws -> SwitchBatchResource {
        let bytes = Array(csv.utf8)
        let file = UploadedFile(name: "test", digest: "test") { OneChunk(bytes: bytes) }
        return try await perform(SwitchUsers(organization: organization.map(OrganizationID.init(stored:)), file: file))
    }

    func statement(asOf day: String? = nil) async throws -> StatementResource {
        try await answer(ShowStatement(organization: OrganizationID(stored: "contoso"), asOf: day.map(date)))
    }

    func officeSuite(asOf day: String? = nil) async throws -> StatementResource.Product? {
        try await statement(asOf: day).products.first { $0.product == .officeSuite }
    }

    /// What a statement warns of, with the enrollments that it is about.
    func remarks(of id: String = "contoso", asOf day: CalendarDate? = nil) async throws -> [EnrollmentRemark] {
        let now = clock.now()
        return try await store.read { reading in
            let organization = try reading.requireOrganization(OrganizationID(stored: id))
            let history = try GrantHistory(of: organization, reading: reading)
            return try reading.remarks(on: history, day: day ?? organization.timeZone.day(of: now))
        }
    }

    func usageFindings() async throws -> [Finding] {
        try await store.read { try $0.usageFindings() }
    }

    /// A programme that grants so many office suites, in tokens of the same size.
    func addProgram(_ id: String, kind: Program.Kind, officeSuites: Int, maximum: ProductMaximum) async throws {
        try await perform(
            ImportPrograms(
                programs: [
                    ProgramTable.Entry(
                        id: id,
                        name: id,
                        kind: kind.rawValue,
                        benefits: [
                            ProgramTable.Benefit(
                                product: "office-suite",
                                quantity: officeSuites,
                                countryMaximum: maximum.country,
                                worldwideMaximum: maximum.worldwide,
                                skuPartNumber: "ENTERPRISEPACK",
                                tokenSeats: officeSuites
                            )
                        ]
                    )
                ]
            )
        )
    }

    /// Records as many uses as `INSERT` can, past the rules: for large organisations. The ledger has one row for all.
    func insertLicenses(_ count: Int, prefix: String, location: String, on day: String) throws {
        try sql(
            """
            INSERT INTO people (organization, pseudonym)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            SELECT organization, '\(prefix)' || i || '@person.invalid' FROM n, locations WHERE id = '\(location)';
            INSERT INTO person_names
            SELECT number, organization, replace(pseudonym, 'person.invalid', 'contoso.com'), zeroblob(32)
            FROM people WHERE pseudonym LIKE '\(prefix)%@person.invalid';
            INSERT INTO assignments
                (organization, person, kind, product, location, country, purpose, counted, from_on, from_at,
                 from_sequence)
            SELECT l.organization, p.number, 'on-premises', 'office-suite', l.number, l.country,
                'internal-use', 1, '\(day)', 0, 1
            FROM people p JOIN locations l ON l.organization = p.organization
            WHERE p.pseudonym LIKE '\(prefix)%@person.invalid' AND l.id = '\(location)'
            """
        )
    }
}
