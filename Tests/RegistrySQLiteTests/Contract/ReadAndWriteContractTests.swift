import Testing

@testable import Registry

@Suite("Contract: what is written is read again")
struct ReadAndWriteContractTests {
    @Test("Every value comes back as it was", arguments: Engine.allCases)
    func roundTrip(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let code = try ActivationCode(parsing: ContractValues.code)
            try await store.read { reading throws in
                let organization = ContractValues.organization()
                #expect(try reading.organization(organization.id) == organization)
                #expect(try reading.organizations(after: nil, limit: 10) == [organization])
                #expect(try reading.locations(of: organization.id) == [ContractValues.location()])
                #expect(try reading.enrollment(EnrollmentID(stored: "E1")) == ContractValues.enrollment())
                #expect(try reading.enrollments(of: organization.id) == [ContractValues.enrollment()])
                let held = ContractValues.heldBenefits
                #expect(try reading.benefits(of: nil, held: organization.id, since: nil) == held)
                #expect(
                    try reading.benefits(of: .intune, held: organization.id, since: date("2027-01-30")) == [held[1]]
                )
                #expect(try reading.benefits(of: nil, held: organization.id, since: date("2027-01-31")) == [])
                #expect(try reading.tenant(registering: ContractValues.tenant().domain) == ContractValues.tenant())
                #expect(try reading.tenant(registering: DomainName(stored: "t1.example")) == ContractValues.tenant())
                #expect(try reading.tenants(of: organization.id) == [ContractValues.tenant()])
                #expect(try reading.tokenIDs(of: EnrollmentID(stored: "E1")) == [token])
                let stored = try #require(try reading.token(token))
                #expect(stored.seats == 25 && stored.fate == .unredeemed && stored.lastGroup == code.lastGroup)
                #expect(stored.redeemableThrough == date("2026-12-31"))
                #expect(try reading.token(withCode: secrets.lookup(for: code)) == stored)
                #expect(try secrets.open(#require(try reading.sealedCode(of: token))) == code)
            }
        }
    }

    @Test("What is not there is nil or empty, never an error", arguments: Engine.allCases)
    func absent(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let lookup = secrets.lookup(for: try ActivationCode(parsing: ContractValues.code))
            try await store.read { reading throws in
                #expect(try reading.organization(OrganizationID(stored: "none")) == nil)
                #expect(try reading.location(LocationID(stored: "none"), of: OrganizationID(stored: "none")) == nil)
                #expect(try reading.locations(of: OrganizationID(stored: "none")) == [])
                #expect(try reading.enrollment(EnrollmentID(stored: "none")) == nil)
                #expect(try reading.enrollments(of: OrganizationID(stored: "none")) == [])
                #expect(try reading.benefits(of: nil, held: OrganizationID(stored: "none"), since: nil) == [])
                #expect(try reading.program(ProgramID(stored: "none")) == nil)
                #expect(try reading.tenant(TenantID(stored: "none")) == nil)
                #expect(try reading.token(TokenID(number: 1)) == nil)
                #expect(try reading.token(withCode: lookup) == nil)
                #expect(try reading.sealedCode(of: TokenID(number: 1)) == nil)
                #expect(try reading.productKeyOwner(withCode: lookup) == nil)
                #expect(try reading.seatBlocks(on: DomainName(stored: "none.example"), of: nil) == [])
                #expect(try reading.sku(SKUPartNumber(stored: "NONE")) == nil)
            }
        }
    }

    @Test("A programme is replaced by its next version", arguments: Engine.allCases)
    func programs(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let changed = Program(
                id: ProgramID(stored: "action-pack"),
                name: "Action Pack, next year",
                kind: .actionPack,
                benefits: []
            )
            try await store.change { try $0.put(changed, recordedAt: ContractValues.now) }
            try await store.read { reading throws in
                #expect(try reading.program(changed.id) == changed)
                #expect(try reading.programs().map(\.id) == BuiltInPrograms.all.map(\.id).sorted())
            }
        }
    }

    @Test("A SKU is found in either case, and replaced", arguments: Engine.allCases)
    func skus(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let name = SKUPartNumber(stored: "EnterprisePack")
            #expect(try await store.read { try $0.sku(name)?.family } == .enterprise)
            let changed = SKU(partNumber: name, skuIDs: [], displayNames: ["E3"], family: nil)
            try await store.change { try $0.put(changed, recordedAt: ContractValues.now) }
            #expect(try await store.read { try $0.sku(SKUPartNumber(stored: "ENTERPRISEPACK")) } == changed)
        }
    }

    @Test("A list goes on after the last id, without a gap or a repetition", arguments: Engine.allCases)
    func pages(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            _ = try await ContractValues.fill(store, secrets)
            let ids = try await store.change { transaction in
                try (0..<7).map { index in
                    try transaction.insert(
                        ContractValues.token(
                            "BCDFG-HJKMP-QRTVW-XY234-6789\(["D", "F", "G", "H", "J", "K", "M"][index])",
                            sealedBy: secrets
                        )
                    )
                }
            }
            let filter = TokenFilter(organizationID: OrganizationID(stored: "contoso"), asOf: date("2026-03-02"))
            try await store.read { reading throws in
                var found: [TokenID] = []
                while true {
                    let page = try reading.tokens(filter, after: found.last, limit: 3)
                    found += page.map(\.id)
                    if page.count < 3 { break }
                }
                #expect(found.count == 8)
                #expect(found == found.sorted() && Array(found.dropFirst()) == ids)
            }
        }
    }
}
