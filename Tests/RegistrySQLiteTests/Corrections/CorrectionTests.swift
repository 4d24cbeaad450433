import Testing

@testable import Registry
@testable import RegistrySQL

@Suite("Corrections")
struct CorrectionTests {
    private static let contoso = OrganizationID(stored: "contoso")
    private static let reason = KeptText(stored: "mistyped")
    private static let elsewhere = "fabrikam.com"

    /// Contoso with a redeemed token and one that is not, two tenants, and one user on a seat.
    private func registry(_ body: (TestRegistry, TokenID) async throws -> Void) async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.signUp(Self.elsewhere)
            try await registry.redeem(token)
            try await registry.assignSeat("ann@contoso.com")
            registry.clock.advance(seconds: 1)
            try await body(registry, token)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R31: a redemption that was recorded on the wrong tenant is where the portal shows it, and both are kept")
    func redemption() async throws {
        try await registry { registry, token in
            let correction = CorrectRedemption(
                token: token,
                tenant: try TenantReference(Self.elsewhere),
                reason: Self.reason
            )
            let answer = try await registry.perform(correction)
            #expect(answer.warnings.map(\.code) == [])
            #expect(try await registry.seats(on: Self.elsewhere).map(\.prepaidUnits.enabled) == [25])
            #expect(try await registry.seats(on: "contoso.onmicrosoft.com").map(\.prepaidUnits.enabled) == [])
            let listed = try await registry.answer(ListCorrections(organization: Self.contoso))
            #expect(listed.map(\.was) == ["contoso.onmicrosoft.com"])
            #expect(listed.map(\.becomes) == [Self.elsewhere])
            let again = try await refusal { try await registry.redeem(token, on: Self.elsewhere) }
            #expect(again?.code == .tokenAlreadyRedeemed)
        }
    }

    @Test(
        "R31: another organisation's tenant, a day before the tenant's first, and a token without redemption are refused"
    )
    func refusedRedemption() async throws {
        try await registry { registry, token in
            try await registry.addOrganization("other", country: "DE")
            try await registry.signUp("other.com", of: "other")
            let codes = [
                CorrectRedemption(token: token, tenant: try TenantReference("other.com"), reason: Self.reason),
                CorrectRedemption(token: token, redeemedOn: date("2020-01-01"), reason: Self.reason),
            ]
            var refused: [RefusalCode?] = []
            for correction in codes {
                refused.append(try await refusal { try await registry.perform(correction) }?.code)
            }
            #expect(refused == [.tenantNotFound, .dateTooEarly])
        }
    }

    @Test("Only an administrator of the organisation corrects, and whoever has nothing there learns nothing")
    func permission() async throws {
        try await registry { registry, token in
            try await registry.grant("user:carl", .cloud)
            let correction = CorrectToken(token: token, seats: 5, reason: Self.reason)
            let denied = try await refusal { try await registry.perform(correction, as: registry.caller("carl")) }
            #expect(denied?.code == .accessDenied)
            let stranger = try await refusal { try await registry.perform(correction, as: registry.caller("eve")) }
            #expect(stranger?.code == .tokenNotFound)
        }
    }

    @Test("R33: an enrollment's start moves its year and the rights of its seats, but not past what happened in it")
    func start() async throws {
        try await registry { registry, token in
            let enrollment = EnrollmentID(stored: "E1")
            let late = try await refusal {
                try await registry.perform(
                    CorrectEnrollment(enrollment: enrollment, startsOn: date("2026-03-03"), reason: Self.reason)
                )
            }
            #expect(late?.code == .correctionNotPossible)
            #expect(late?.rule == .r33)
            try await registry.perform(
                CorrectEnrollment(enrollment: enrollment, startsOn: date("2026-03-02"), reason: Self.reason)
            )
            let shown = try await registry.answer(ShowEnrollment(enrollment: enrollment))
            #expect(shown.endsOn == date("2027-03-01"))
            #expect(try await registry.answer(ShowToken(token: token)).redeemableThrough == date("2027-03-01"))
            #expect(
                try registry.value(String.self, "SELECT rights_end_on FROM seat_blocks WHERE number = 1")
                    == "2027-03-01"
            )
        }
    }

    @Test("An ending is taken back once, a renewal never")
    func reopened() async throws {
        try await registry { registry, _ in
            let enrollment = EnrollmentID(stored: "E1")
            let reopen = CorrectEnrollment(enrollment: enrollment, reopen: true, reason: Self.reason)
            #expect(try await refusal { try await registry.perform(reopen) }?.code == .correctionNotPossible)
            registry.clock.set(day: "2026-05-02")
            let saved = try await registry.statement().figures
            try await registry.perform(EndEnrollment(enrollment: enrollment, on: date("2026-05-01")))
            #expect(try await registry.statement().figures != saved)
            try await registry.perform(reopen)
            #expect(try await registry.statement().figures == saved)
            registry.clock.set(day: "2027-01-05")
            try await registry.renew("E1", on: "2027-01-05", redeem: false)
            #expect(try await refusal { try await registry.perform(reopen) }?.code == .correctionNotPossible)
        }
    }

    @Test("R45, R29: a token's seats are corrected with the block they made; a redeemed one is not voided")
    func token() async throws {
        try await registry { registry, token in
            try await registry.perform(CorrectToken(token: token, seats: 20, reason: Self.reason))
            #expect(try await registry.seats(on: "contoso.onmicrosoft.com").map(\.prepaidUnits.enabled) == [20])
            let void = CorrectToken(token: token, void: true, reason: Self.reason)
            #expect(try await refusal { try await registry.perform(void) }?.rule == .r29)
        }
    }

    @Test("A token that the portal took back is void, and redeemable once it gave it back")
    func voided() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let unredeemed = CorrectRedemption(token: token, redeemedOn: date("2026-03-01"), reason: Self.reason)
            #expect(try await refusal { try await registry.perform(unredeemed) }?.code == .correctionNotPossible)
            try await registry.perform(CorrectToken(token: token, void: true, reason: Self.reason))
            #expect(try await refusal { try await registry.redeem(token) }?.code == .tokenVoid)
            registry.clock.advance(seconds: 1)
            try await registry.perform(CorrectToken(token: token, void: false, reason: Self.reason))
            try await registry.redeem(token)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R51: a mistyped domain is free again, and another's is refused; its seats stay")
    func domain() async throws {
        try await registry { registry, _ in
            let wrong = try TenantReference("contoso.onmicrosoft.com")
            let taken = CorrectTenant(tenant: wrong, domain: try DomainName(Self.elsewhere), reason: Self.reason)
            #expect(try await refusal { try await registry.perform(taken) }?.rule == .r51)
            let right = try DomainName("contosso.onmicrosoft.com")
            try await registry.perform(CorrectTenant(tenant: wrong, domain: right, reason: Self.reason))
            #expect(try await registry.seats(on: right.description).map(\.consumedUnits) == [1])
            try await registry.addOrganization("other", country: "DE")
            try await registry.signUp("contoso.onmicrosoft.com", of: "other")
        }
    }

    @Test("A tenant is left once nobody has a seat there, and then takes nothing")
    func left() async throws {
        try await registry { registry, _ in
            let tenant = try TenantReference("contoso.onmicrosoft.com")
            let leaving = CorrectTenant(tenant: tenant, leftOn: date("2026-03-02"), reason: Self.reason)
            #expect(try await refusal { try await registry.perform(leaving) }?.code == .correctionNotPossible)
            try await registry.perform(
                ReleaseUser(organization: Self.contoso, userPrincipalName: UserPrincipalName("ann@contoso.com"))
            )
            try await registry.perform(leaving)
            #expect(try await refusal { try await registry.assignSeat("bob@contoso.com") }?.code == .tenantLeft)
        }
    }

    @Test("A renamed user's history stays together, and the former name is known to nobody but what was known then")
    func renamed() async throws {
        try await registry { registry, _ in
            let saved = try await registry.statement()
            registry.clock.advance(seconds: 1)
            let old = try UserPrincipalName("ann@contoso.com")
            let new = try UserPrincipalName("anna@contoso.com")
            let rename = RenameUser(organization: Self.contoso, userPrincipalName: old, newUserPrincipalName: new)
            try await registry.perform(rename)
            let shown = try await registry.answer(ShowUser(organization: Self.contoso, user: new))
            #expect(shown.assignments.count == 1)
            #expect(try await refusal { try await registry.perform(rename) }?.code == .userNotFound)
            try await registry.assignLicense("bob@contoso.com")
            let taken = RenameUser(
                organization: Self.contoso,
                userPrincipalName: try UserPrincipalName("bob@contoso.com"),
                newUserPrincipalName: new
            )
            #expect(try await refusal { try await registry.perform(taken) }?.code == .identifierTaken)
            let known = try await registry.answer(
                ShowStatement(organization: Self.contoso, asOf: saved.asOf, knownOn: .sequence(saved.auditSequence))
            )
            #expect(known == saved)
            try await registry.perform(EraseUser(organization: Self.contoso, user: new))
            #expect(try registry.value(Int.self, "SELECT count(*) FROM former_names") == 0)
        }
    }

    @Test("R24, R25: a mistaken activation is given back, and a count is never below what was consumed")
    func key() async throws {
        try await registry { registry, _ in
            let keys = try await registry.importKeys("key,product,activations\n\(testKey),windows-server,1\n")
            let key = try #require(keys.firstKeyId)
            try await registry.perform(ActivateKey(key: key, machine: KeptText(stored: "pc")))
            let other = ActivateKey(key: key, machine: KeptText(stored: "laptop"))
            #expect(try await refusal { try await registry.perform(other) }?.code == .activationsExhausted)
            let first = KeyActivationID(number: 1)
            try await registry.perform(CorrectKey(key: key, withdraw: first, reason: Self.reason))
            try await registry.perform(other)
            try await registry.perform(CorrectKey(key: key, activations: 3, reason: Self.reason))
            try await registry.perform(ActivateKey(key: key, machine: KeptText(stored: "desk")))
            let few = CorrectKey(key: key, activations: 1, reason: Self.reason)
            #expect(try await refusal { try await registry.perform(few) }?.rule == .r24)
        }
    }

    @Test("R39: a purchase is corrected to what may share the tenant; the programme's own seats are not a purchase")
    func subscription() async throws {
        try await registry { registry, _ in
            try await registry.addSubscription("STANDARDPACK")
            let block = SeatBlockID(number: 2)
            try await registry.perform(
                CorrectSubscription(
                    subscription: block,
                    seats: 7,
                    endsOn: date("2028-01-01"),
                    reason: Self.reason
                )
            )
            let wrong = CorrectSubscription(
                subscription: block,
                skuPartNumber: SKUPartNumber(stored: "LITEPACK"),
                reason: Self.reason
            )
            #expect(try await refusal { try await registry.perform(wrong) }?.rule == .r39)
            let own = CorrectSubscription(subscription: SeatBlockID(number: 1), seats: 1, reason: Self.reason)
            #expect(try await refusal { try await registry.perform(own) }?.rule == .r31)
        }
    }

    @Test(
        "R07: the day of a version is corrected whatever the case it is named in, and one that is not there is refused"
    )
    func productVersion() async throws {
        try await registry { registry, _ in
            let product = KeptText(stored: "Windows Server")
            try await registry.perform(
                AddProductVersion(product: product, version: KeptText(stored: "2025"), on: date("2026-02-01"))
            )
            func correction(_ version: String) -> CorrectProductVersion {
                CorrectProductVersion(
                    product: KeptText(stored: "windows server"),
                    version: KeptText(stored: version),
                    cameOn: date("2026-02-03"),
                    reason: Self.reason
                )
            }
            let unknown = try await refusal { try await registry.perform(correction("2019")) }
            #expect(unknown?.code == .productVersionNotFound)
            try await registry.perform(correction("2025"))
            let versions = try await registry.store.read { try $0.productVersions() }
            #expect(versions.map(\.cameOn) == [date("2026-02-03")])
        }
    }

    @Test("R39: a family that the administrator stated stays when a list is imported")
    func family() async throws {
        try await withTestRegistry { registry in
            let sku = SKUPartNumber(stored: "LITEPACK")
            try await registry.perform(CorrectSKU(skuPartNumber: sku, family: .enterprise, reason: Self.reason))
            let known = try #require(try await registry.store.read { try $0.sku(sku) })
            #expect(known.family == .enterprise)
            let listed = SKU(partNumber: sku, skuIDs: [], displayNames: ["P1"], family: .business)
            #expect(listed.listed(after: known).family == .enterprise)
            #expect(listed.listed(after: nil).family == .business)
        }
    }

    @Test("R31, R19: seats do not move without a correction, and a forged correction is found")
    func forged() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.signUp(Self.elsewhere)
            let move = "UPDATE redemptions SET tenant = 2"
            #expect(throws: (any Error).self) { try registry.sql(move) }
            try registry.sql(
                """
                INSERT INTO corrections (organization, subject, sequence, row_table, row_key, field, was_value,
                    becomes_value, was, becomes, published_field, reason, recorded_at)
                VALUES (1, 'T1', 1, 'redemptions', '1', 'tenant', '1', '2', 'a', 'b', 'tenantDomain', 'forged', 0)
                """
            )
            try registry.sql(move)
            let codes = Set(try await registry.answer(Check()).findings.map(\.code))
            #expect(
                codes.isSuperset(of: ["correction.without-ledger-row", "redemption.differs-from-seats"]),
                "\(codes)"
            )
        }
    }
}

extension TestRegistry {
    fileprivate func seats(on tenant: String) async throws -> [SeatResource] {
        try await answer(ListSeats(tenant: TenantReference(tenant)))
    }
}
