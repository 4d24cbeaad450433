import Testing

@testable import Registry
@testable import RegistrySQLite

@Suite("Reserving tokens")
struct ReservationTests {
    private static let contoso = "contoso.onmicrosoft.com"
    private static let fabrikam = "fabrikam.onmicrosoft.com"

    /// A token, two tenants, and Alice and Bob, who may redeem and see codes; Carl is an administrator.
    private func withToken(_ body: (TestRegistry, TokenID, Caller, Caller) async throws -> Void) async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.signUp(Self.fabrikam)
            for name in ["alice", "bob"] {
                try await grant(name, .cloud, in: registry)
                try await grant(name, .keys, in: registry)
            }
            try await body(registry, token, registry.caller("alice"), registry.caller("bob"))
        }
    }

    private func grant(_ name: String, _ permission: Permission, in registry: TestRegistry) async throws {
        try await registry.perform(
            GrantAccess(
                organization: OrganizationID(stored: "contoso"),
                principal: Principal(stored: "user:\(name)"),
                permission: permission
            )
        )
    }

    @discardableResult
    private func reserve(
        _ token: TokenID,
        for tenant: String = contoso,
        _ time: String? = nil,
        as caller: Caller,
        in registry: TestRegistry,
        dryRun: Bool = false
    ) async throws -> TokenReservationResource {
        try await registry.perform(
            ReserveToken(
                token: token,
                tenant: TenantReference(tenant),
                for: try time.map { try #require(ReservationTime($0)) }
            ),
            as: caller,
            dryRun: dryRun
        )
    }

    private func reveal(
        _ token: TokenID,
        for tenant: String? = nil,
        as caller: Caller,
        in registry: TestRegistry
    ) async throws -> RevealedTokenResource {
        try await registry.service.reveal(
            RevealToken(token: token, reserveFor: try tenant.map { try TenantReference($0) }),
            as: caller,
            options: registry.options()
        )
    }

    private func code(_ body: () async throws -> Void) async throws -> RefusalCode? {
        try await refusal(of: body)?.code
    }

    @Test("R29: whoever else redeems or reveals a reserved token is refused through its last instant, and not after it")
    func othersWait() async throws {
        try await withToken { registry, token, alice, bob in
            let reserved = try await reserve(token, as: alice, in: registry)
            #expect(reserved.reservedBy == "user:alice")
            #expect(reserved.reservedUntil == Instant("2026-03-02T11:30:00Z"))
            let shown = try await registry.answer(ShowToken(token: token), as: bob)
            #expect(shown.reservedBy == "user:alice" && shown.reservedFor?.value == Self.contoso)
            #expect(shown.reservedUntil == reserved.reservedUntil)

            registry.clock.set(try #require(Instant("2026-03-02T11:29:59.999999Z")))
            for caller in [bob, TestRegistry.owner] {
                let refused = try await refusal { try await registry.redeem(token, as: caller) }
                #expect(refused?.code == .tokenReserved && refused?.rule == .r29)
                #expect(
                    refused?.detail.contains("user:alice for contoso.onmicrosoft.com until 2026-03-02 11:30 UTC")
                        == true
                )
                #expect(try await code { _ = try await reveal(token, as: caller, in: registry) } == .tokenReserved)
                #expect(try await code { try await reserve(token, as: caller, in: registry) } == .tokenReserved)
            }
            #expect(
                try registry.value(Int.self, "SELECT count(*) FROM audit WHERE action LIKE 'token.%-refused'") == 6
            )

            registry.clock.set(try #require(Instant("2026-03-02T11:30:00Z")))
            #expect(try await registry.answer(ShowToken(token: token)).reservedBy == nil)
            _ = try await reveal(token, as: bob, in: registry)
            try await registry.redeem(token, as: bob)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("R29, R31: whoever reserved it redeems it where they said, or reserves it anew")
    func ownTenant() async throws {
        try await withToken { registry, token, alice, _ in
            try await reserve(token, for: Self.fabrikam, as: alice, in: registry)
            let refused = try await refusal { try await registry.redeem(token, as: alice) }
            #expect(refused?.code == .tokenReserved)
            #expect(refused?.detail.contains("reserved for fabrikam.onmicrosoft.com") == true)
            try await reserve(token, "1d", as: alice, in: registry)
            _ = try await reveal(token, as: alice, in: registry)
            try await registry.redeem(token, as: alice)
            let shown = try await registry.answer(ShowToken(token: token))
            #expect(shown.reservedBy == nil && shown.status == .redeemed)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("R13: whoever reserved a token releases it, and an administrator takes it over; another user does not")
    func release() async throws {
        try await withToken { registry, token, alice, bob in
            let release = ReleaseToken(token: token)
            #expect(try await code { try await registry.perform(release, as: alice) } == .reservationNotFound)
            try await reserve(token, as: alice, in: registry)
            #expect(try await code { try await registry.perform(release, as: bob) } == .accessDenied)
            #expect(
                try await code { try await registry.perform(release, as: registry.caller("eve")) } == .tokenNotFound
            )
            try await grant("carl", .administrator, in: registry)
            let released = try await registry.perform(release, as: registry.caller("carl"))
            #expect(released.reservedBy == "user:alice" && released.reservedUntil == registry.clock.now())
            try await reserve(token, as: bob, in: registry)
            try await registry.perform(release, as: bob)
            try await registry.redeem(token, as: alice)
            #expect(try await code { try await registry.perform(release, as: alice) } == .reservationNotFound)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("Revealing reserves in the same step, and needs both permissions")
    func revealing() async throws {
        try await withToken { registry, token, alice, bob in
            try await grant("dora", .keys, in: registry)
            let dora = registry.caller("dora")
            #expect(
                try await code { _ = try await reveal(token, for: Self.contoso, as: dora, in: registry) }
                    == .accessDenied
            )
            let plain = try await reveal(token, as: dora, in: registry)
            #expect(plain.reservedUntil == nil && plain.reservedFor == nil)
            let revealed = try await reveal(token, for: Self.contoso, as: alice, in: registry)
            #expect(revealed.reservedUntil == Instant("2026-03-02T11:30:00Z"))
            #expect(try await code { _ = try await reveal(token, as: bob, in: registry) } == .tokenReserved)
            #expect(try await code { try await registry.redeem(token, as: bob) } == .tokenReserved)
        }
    }

    @Test(
        "What redeeming would be refused for, reserving is refused for: a stranger's tenant, R39, R33, a redeemed token"
    )
    func asRedeeming() async throws {
        try await withToken { registry, token, alice, _ in
            try await registry.addOrganization("fourth")
            try await registry.signUp("fourth.example", of: "fourth")
            #expect(
                try await code { try await reserve(token, for: "fourth.example", as: alice, in: registry) }
                    == .tenantNotFound
            )
            try await registry.addSubscription("LITEPACK", on: Self.fabrikam)
            #expect(
                try await code { try await reserve(token, for: Self.fabrikam, as: alice, in: registry) }
                    == .tenantIncompatibleSKU
            )
            try await reserve(token, as: alice, in: registry, dryRun: true)
            #expect(try await registry.answer(ShowToken(token: token)).reservedBy == nil)
            #expect(
                try await code { try await reserve(token, as: registry.caller("eve"), in: registry) } == .tokenNotFound
            )
            registry.clock.set(day: "2027-01-01")
            #expect(try await code { try await reserve(token, as: alice, in: registry) } == .tokenVoid)
            registry.clock.set(day: "2026-12-31")
            try await registry.redeem(token, as: alice)
            #expect(try await code { try await reserve(token, as: alice, in: registry) } == .tokenAlreadyRedeemed)
        }
    }

    @Test("A list says of each token whether it is reserved")
    func listing() async throws {
        try await withToken { registry, token, alice, _ in
            try await registry.importTokens(
                "code,sku,seats\nBBBBB-CCCCC-DDDDD-FFFFF-GGGGG,ENTERPRISEPACK,25\n",
                of: "E1",
                overrides: [.r12]
            )
            try await reserve(token, as: alice, in: registry)
            let list = ListTokens(organization: OrganizationID(stored: "contoso"))
            let tokens = try await registry.answer(list).items
            #expect(tokens.map(\.reservedBy) == ["user:alice", nil])
            registry.clock.advance(seconds: 7200)
            #expect(try await registry.answer(list).items.map(\.reservedBy) == [nil, nil])
        }
    }

    @Test("An idempotency key gives the first answer again, and reserves nothing anew")
    func repeated() async throws {
        try await withToken { registry, token, alice, _ in
            let command = ReserveToken(token: token, tenant: try TenantReference(Self.contoso))
            let first = try await registry.perform(command, as: alice, key: "k")
            registry.clock.advance(seconds: 60)
            #expect(try await registry.perform(command, as: alice, key: "k") == first)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM token_reservations") == 1)
        }
    }

    @Test("R29, R30: plain SQL reserves no reserved, redeemed or foreign token, and redeems none past its reservation")
    func plainSQL() async throws {
        try await withToken { registry, token, alice, _ in
            try await registry.addOrganization("fourth")
            try await registry.signUp("fourth.example", of: "fourth")
            let until = registry.clock.now().adding(seconds: 60).microsecondsSinceEpoch
            func insert(_ tenant: Int, _ organization: Int = 1) throws {
                try registry.sql(
                    """
                    INSERT INTO token_reservations (token, organization, tenant, principal, reserved_at, reserved_until)
                    VALUES (\(token.number), \(organization), \(tenant), 'user:x', \(until - 60_000_000), \(until))
                    """
                )
            }
            #expect(throws: (any Error).self) { try insert(3) }
            #expect(throws: (any Error).self) { try insert(3, 2) }
            try await reserve(token, as: alice, in: registry)
            #expect(throws: (any Error).self) { try insert(1) }
            #expect(throws: (any Error).self) {
                try registry.sql(
                    "INSERT INTO redemptions VALUES (\(token.number), 2, 'extend', NULL, '2026-03-02', \(until))"
                )
            }
            try await registry.redeem(token, as: alice)
            #expect(throws: (any Error).self) { try insert(1) }
        }
    }

    @Test("A time is a minute to a week, in minutes, hours or days")
    func times() {
        let good = ["1m": 1, "90m": 90, "2h": 120, "1d": 1440, "7d": 10_080, "10080m": 10_080]
        for (text, minutes) in good { #expect(ReservationTime(text)?.minutes == minutes) }
        for text in ["", "h", "0m", "8d", "10081m", "-2h", "+2h", "2", "2 h", "2H", "1.5h", "२h", "999999d"] {
            #expect(ReservationTime(text) == nil, "\(text)")
        }
        #expect(ReservationTime("120m")?.description == "2h")
    }
}
