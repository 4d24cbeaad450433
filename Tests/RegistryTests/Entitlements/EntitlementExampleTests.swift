import Testing

@testable import Registry

private let x = CountryCode(stored: "XA")
private let y = CountryCode(stored: "XB")
private let z = CountryCode(stored: "XC")
private let organization = OrganizationID(stored: "contoso")

private func grant(_ quantity: Int, in country: CountryCode, isLocal: Bool = false) -> Grant {
    Grant(
        product: .officeSuite,
        quantity: quantity,
        granted: quantity,
        clipped: 0,
        limit: nil,
        isLocal: isLocal,
        country: country,
        maximum: ProductMaximum(country: 500, worldwide: 1_500)
    )
}

private func pool(_ used: [CountryCode: Int], actionPack: Int = 0) -> EntitlementPool {
    var grants = [grant(300, in: x), grant(400, in: y)]
    if actionPack > 0 { grants.append(grant(actionPack, in: z, isLocal: true)) }
    return EntitlementPool(product: .officeSuite, grants: grants, used: used, locations: [x, y, z])
}

private func stopped(_ result: Result<EntitlementPool, EntitlementShortfall>) -> EntitlementShortfall? {
    if case .failure(let shortfall) = result { shortfall } else { nil }
}

extension EntitlementPool {
    /// Whether `quantity` more uses in one country are allowed.
    func decision(adding quantity: Int, in country: CountryCode) -> Result<EntitlementPool, EntitlementShortfall> {
        decision(changes: [country: quantity])
    }
}

@Suite("Entitlement across countries")
struct EntitlementExampleTests {
    @Test("R02: of 300 and 400 granted, 500 in one country with 200 in the other are allowed")
    func wholeEntitlement() throws {
        let after = try pool([x: 499, y: 200]).decision(adding: 1, in: x).get()
        #expect((after.used, after.sharedInUse) == (700, 700))
        #expect(stopped(pool([x: 500, y: 199]).decision(adding: 1, in: y)) == nil)
    }

    @Test("R02: the 501st in one country is refused by the country maximum")
    func countryMaximum() throws {
        let pool = pool([x: 500, y: 100])
        let shortfall = try #require(stopped(pool.decision(adding: 1, in: x)))
        #expect((shortfall.limit, shortfall.available) == (.countryMaximum, 0))
        let refusal = shortfall.refusal(
            of: organization,
            allocations: [("cloud", 300), ("on-premises", 200)]
        )
        #expect((refusal.code, refusal.rule) == (.entitlementCountryMaximum, .r02))
        #expect(
            refusal.facts.list.map(\.name) == [
                "organizationId", "product", "country", "requested", "available", "limitedBy", "limit", "used",
                "filledBy", "allocations",
                "waysToMore",
            ]
        )
        #expect(refusal.fact("limit") == "500")
        #expect(refusal.fact("filledBy") == "XA 500")
        #expect(refusal.fact("allocations") == "cloud 300, on-premises 200")
        #expect(
            refusal.detail
                == "1 more of office-suite in XA would make 501 there; the maximum for one country is 500. "
                + "0 are left in XA. It is filled by XA 500. In use in XA: cloud 300, on-premises 200."
        )
    }

    @Test("R41: 500 in one country with 201 in the other are refused by the entitlement")
    func entitlement() throws {
        let pool = pool([x: 500, y: 200])
        let shortfall = try #require(stopped(pool.decision(adding: 1, in: y)))
        #expect((shortfall.limit, shortfall.available) == (.entitlement, 0))
        let refusal = shortfall.refusal(
            of: organization,
            waysToMore: [.anotherCompetency, .volumeLicensing]
        )
        #expect((refusal.code, refusal.rule) == (.entitlementExceeded, .r41))
        #expect(refusal.fact("filledBy") == "XA 500, XB 200")
        #expect(refusal.fact("waysToMore") == "another-competency, volume-licensing")
    }

    @Test("R05: Action Pack licences serve their own country alone")
    func actionPack() throws {
        let full = pool([x: 500, y: 200], actionPack: 5)
        #expect(try full.decision(adding: 5, in: z).get().sharedInUse == 700)
        let elsewhere = try #require(stopped(full.decision(adding: 1, in: y)))
        #expect((elsewhere.limit, elsewhere.available) == (.boundElsewhere, 0))
        let refusal = elsewhere.refusal(of: organization)
        #expect((refusal.code, refusal.rule) == (.entitlementExceeded, .r05))
        // Six would pass the entitlement wherever the five belonged.
        #expect(stopped(full.decision(adding: 6, in: y))?.limit == .entitlement)
        #expect(stopped(full.decision(adding: 6, in: z))?.limit == .entitlement)
        #expect(stopped(full.decision(adding: 6, in: z))?.available == 5)
    }

    @Test("R02: the worldwide maximum stops what every country has room for")
    func worldwideMaximum() throws {
        let maximum = ProductMaximum(country: 10, worldwide: 15)
        let pool = EntitlementPool(
            product: .intune,
            maximum: maximum,
            shared: 40,
            local: [:],
            used: [x: 8, y: 6]
        )
        #expect(stopped(pool.decision(adding: 1, in: x)) == nil)
        let shortfall = try #require(stopped(pool.decision(adding: 2, in: x)))
        #expect((shortfall.limit, shortfall.available) == (.worldwideMaximum, 1))
        #expect(shortfall.refusal(of: organization).code == .entitlementWorldwideMaximum)
        #expect(shortfall.refusal(of: organization).fact("filledBy") == "XA 8, XB 6")
    }

    @Test("R02: where several limits are passed, the country's is told first, then the worldwide, then the entitlement")
    func order() {
        func limit(_ maximum: ProductMaximum) -> EntitlementLimit? {
            stopped(
                EntitlementPool(product: .intune, maximum: maximum, shared: 5, local: [:], used: [x: 5])
                    .decision(adding: 1, in: x)
            )?.limit
        }
        #expect(limit(ProductMaximum(country: 5, worldwide: 5)) == .countryMaximum)
        #expect(limit(ProductMaximum(country: 6, worldwide: 5)) == .worldwideMaximum)
        #expect(limit(ProductMaximum(country: 6, worldwide: 6)) == .entitlement)
    }

    @Test("R41: an organisation without a grant has no entitlement, rather than a maximum of nothing")
    func nothingGranted() {
        let pool = EntitlementPool(product: .intune, grants: [], used: [:], locations: [x])
        #expect(stopped(pool.decision(adding: 1, in: x))?.limit == .entitlement)
        #expect(pool.available(in: x) == 0)
    }

    @Test("R08: the Action Pack and the competency both count, and when the first has ended the second goes on")
    func overlap() {
        let competency = grant(25, in: z)
        let actionPack = grant(5, in: z, isLocal: true)
        let both = EntitlementPool(product: .officeSuite, grants: [actionPack, competency], used: [z: 20])
        #expect((both.entitlement, both.available(in: z)) == (30, 10))
        let after = EntitlementPool(product: .officeSuite, grants: [competency], used: [z: 20])
        #expect((after.entitlement, after.available(in: z)) == (25, 5))
    }

    @Test("R41: after a grant has ended, uses can still be switched, given back, and taken from local licences")
    func overEntitlement() throws {
        let over = EntitlementPool(
            product: .officeSuite,
            maximum: ProductMaximum(country: 500, worldwide: 1_500),
            shared: 10,
            local: [z: 5],
            used: [x: 12, y: 3]
        )
        #expect(over.limitsPassed.map(\.limit) == [.boundElsewhere])
        _ = try over.decision(adding: 0, in: x).get()
        _ = try over.decision(adding: -1, in: x).get()
        _ = try over.decision(changes: [x: -1, y: 1]).get()
        _ = try over.decision(adding: 5, in: z).get()
        #expect(over.available(in: z) == 5)
        #expect(stopped(over.decision(adding: 1, in: y)) != nil)
        #expect(stopped(over.decision(changes: [x: -1, y: 2])) != nil)
    }

    @Test("R18: of a batch only the end counts, so one country takes what another gives back in the same step")
    func batch() throws {
        let full = pool([x: 500, y: 200])
        _ = try full.decision(changes: [x: -1, y: 1]).get()
        let shortfall = try #require(stopped(full.decision(changes: [x: -1, y: 2])))
        #expect((shortfall.use.country, shortfall.requested, shortfall.available) == (y, 2, 1))
    }

    @Test("R02: a number too large to count with is refused like any other")
    func hugeQuantity() {
        let full = pool([x: 1, y: 1])
        #expect(stopped(full.decision(adding: .max, in: x))?.limit == .countryMaximum)
        #expect(stopped(full.decision(adding: .max, in: x))?.available == 499)
    }
}
