@testable import Registry

/// Values to put into a store, made by hand: no use case has a part in a contract test.
enum ContractValues {
    static let now = Instant(microsecondsSinceEpoch: 1_772_450_000_123_456)

    static func organization(_ id: String = "contoso") -> Organization {
        Organization(
            id: OrganizationID(stored: id),
            name: "\(id) & Söhne 🏢",
            country: CountryCode(stored: "DE"),
            timeZone: OrganizationTimeZone("Europe/Berlin") ?? .utc,
            portal: .membershipCenter,
            yearLength: .days365,
            anniversaryBasis: .currentAnniversary
        )
    }

    static func location(
        _ id: String = "hq",
        of organization: String = "contoso",
        isHeadquarters: Bool = true
    ) -> Location {
        Location(
            organizationID: OrganizationID(stored: organization),
            id: LocationID(stored: id),
            name: "Office \(id)",
            country: CountryCode(stored: "AT"),
            isHeadquarters: isHeadquarters,
            isAssociated: isHeadquarters
        )
    }

    static func enrollment(_ id: String = "E1", of organization: String = "contoso") -> Enrollment {
        Enrollment(
            id: EnrollmentID(stored: id),
            organizationID: OrganizationID(stored: organization),
            locationID: LocationID(stored: "hq"),
            country: CountryCode(stored: "AT"),
            programID: ProgramID(stored: "silver-competency"),
            programKind: .silverCompetency,
            competency: "Data & AI",
            year: ProgramYear(startsOn: date("2026-01-01"), endsOn: date("2026-12-31")),
            recordedAt: now
        )
    }

    static let benefits = [
        Benefit(
            product: .officeSuite,
            quantity: 25,
            countryMaximum: 20,
            worldwideMaximum: 60,
            tokens: TokenDenomination(skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"), seats: 5)
        ),
        Benefit(product: .intune, quantity: 25, countryMaximum: 125, worldwideMaximum: 375),
    ]

    static var heldBenefits: [HeldBenefit] {
        benefits.map { HeldBenefit(enrollment: enrollment(), benefit: $0, sharing: .organization) }
    }

    static func tenant(_ number: Int = 1, of organization: String = "contoso") -> Tenant {
        Tenant(
            id: TenantID(stored: "00000000-0000-4000-8000-00000000000\(number)"),
            organizationID: OrganizationID(stored: organization),
            domains: [DomainName(stored: "t\(number).onmicrosoft.com"), DomainName(stored: "t\(number).example")],
            administrator: UserPrincipalName(stored: "admin@t\(number).onmicrosoft.com"),
            signedUpOn: date("2026-01-02"),
            services: [
                ServiceSignup(
                    service: .office365,
                    administrator: UserPrincipalName(stored: "admin@t\(number).onmicrosoft.com"),
                    enrollmentID: nil,
                    signedUpOn: date("2026-01-02")
                )
            ]
        )
    }

    static func token(
        _ code: String,
        of enrollment: String = "E1",
        seats: Int = 25,
        sealedBy secrets: any SecretBox
    ) throws -> TokenDraft {
        TokenDraft(
            enrollmentID: EnrollmentID(stored: enrollment),
            skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
            seats: seats,
            code: try secrets.seal(ActivationCode(parsing: code)),
            issuedOn: date("2026-01-01"),
            recordedAt: now,
            origin: .imported
        )
    }

    static func block(of token: TokenID, on tenant: Tenant, seats: Int = 25) -> SeatBlockDraft {
        SeatBlockDraft(
            tenantDomain: tenant.domain,
            skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
            seats: seats,
            source: .token(token, enrollment: EnrollmentID(stored: "E1")),
            startsOn: date("2026-03-02"),
            rightsEndOn: date("2026-12-31"),
            serviceEndsOn: date("2027-03-02"),
            recordedAt: now
        )
    }

    /// Seats of `sku` that were bought, on the tenant.
    static func purchase(
        of sku: String,
        on tenant: Tenant,
        from start: String = "2026-01-01",
        through end: String?
    ) -> SeatBlockDraft {
        SeatBlockDraft(
            tenantDomain: tenant.domain,
            skuPartNumber: SKUPartNumber(stored: sku),
            seats: 5,
            source: .purchase("Reseller"),
            startsOn: date(start),
            rightsEndOn: nil,
            serviceEndsOn: end.map(date),
            recordedAt: now
        )
    }

    static func redemption(of token: TokenID, on tenant: Tenant, block: SeatBlockID) -> Redemption {
        Redemption(
            tokenID: token,
            tenantDomain: tenant.domain,
            intent: .add,
            seatBlockID: block,
            redeemedOn: date("2026-03-02"),
            recordedAt: now
        )
    }

    static let code = "BCDFG-HJKMP-QRTVW-XY234-6789B"
    static let otherCode = "BCDFG-HJKMP-QRTVW-XY234-6789C"

    /// An organisation with its headquarters, an enrollment, a tenant and a token.
    static func fill(_ store: any RegistryStore, _ secrets: any SecretBox) async throws -> TokenID {
        try await store.change { transaction in
            try transaction.insert(organization(), recordedAt: now)
            try transaction.insert(location(), recordedAt: now)
            try transaction.insert(enrollment(), benefits: benefits)
            try transaction.insert(tenant(), recordedAt: now)
            return try transaction.insert(token(code, sealedBy: secrets))
        }
    }

    /// What the ledger says of the enrollment.
    static func enrollmentDraft(at instant: Instant) -> AuditDraft {
        AuditDraft(
            at: instant,
            actor: "user:owner",
            organizationID: nil,
            action: AddEnrollment.action,
            subject: "E1",
            changes: [
                "grants": .list(
                    benefits.map { benefit in
                        .object([
                            "product": .text(benefit.product.rawValue),
                            "quantity": .number(benefit.quantity),
                            "countryMaximum": .number(benefit.maximum.country),
                            "worldwideMaximum": .number(benefit.maximum.worldwide),
                        ])
                    }
                )
            ],
            requestID: "request"
        )
    }

    static func draft(
        _ action: String,
        at instant: Instant = now,
        subject: String = "S",
        in organization: OrganizationID? = nil
    ) -> AuditDraft {
        AuditDraft(
            at: instant,
            actor: "user:ann",
            organizationID: organization,
            action: action,
            subject: subject,
            changes: [
                "n": .number(-1), "t": .text("ü\"\\\n🙂"), "l": .list([.null, .flag(true)]), "o": .object(["k": .null]),
            ],
            requestID: "r"
        )
    }
}
