import Testing

@testable import Registry

@Suite("Contract: tokens, redemptions and seats")
struct TokenContractTests {
    @Test("R29: a second redemption is refused with when and where the first was", arguments: Engine.allCases)
    func redeemedOnce(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let tenant = ContractValues.tenant()
            let block = try await store.change { transaction in
                let block = try transaction.insert(ContractValues.block(of: token, on: tenant))
                try transaction.insert(ContractValues.redemption(of: token, on: tenant, block: block))
                return block
            }
            let error = try await refusal {
                try await store.change { try $0.insert(ContractValues.redemption(of: token, on: tenant, block: block)) }
            }
            #expect(error?.code == .tokenAlreadyRedeemed)
            #expect(error?.rule == .r29)
            try await store.read { reading throws in
                let summary = RedemptionSummary(
                    on: date("2026-03-02"),
                    tenantID: tenant.id,
                    tenantDomain: tenant.domain
                )
                #expect(try reading.token(token)?.fate == .redeemed(summary))
                let blocks = try reading.seatBlocks(on: tenant.domain, of: nil)
                #expect(blocks.map(\.id) == [block])
                #expect(blocks.first?.source == .token(token, enrollment: EnrollmentID(stored: "E1")))
                #expect(try reading.seatBlocks(on: tenant.domain, of: SKUPartNumber(stored: "OTHER")) == [])
            }
        }
    }

    @Test(
        "R39: of each SKU and kind of source the newest block that is still there is given",
        arguments: Engine.allCases
    )
    func newestBlocks(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let tenant = ContractValues.tenant()
            let other = SKUPartNumber(stored: "OTHER")
            let (program, bought) = try await store.change { transaction in
                let bought = try [
                    ContractValues.purchase(of: "ENTERPRISEPACK", on: tenant, through: nil),
                    ContractValues.purchase(of: "OTHER", on: tenant, through: nil),
                    ContractValues.purchase(of: "OTHER", on: tenant, through: nil),
                    // Deleted 30 and 90 days after its end (R50).
                    ContractValues.purchase(of: "OTHER", on: tenant, through: "2026-02-01"),
                    ContractValues.purchase(of: "GONE", on: tenant, through: "2026-02-01"),
                ].map(transaction.insert)
                return (try transaction.insert(ContractValues.block(of: token, on: tenant)), bought)
            }
            try await store.read { reading throws in
                let early = try reading.newestSeatBlocks(on: tenant.domain, presentOn: date("2026-03-02"))
                #expect(early.map(\.id) == [program, bought[0], bought[4], bought[3]])
                let late = try reading.newestSeatBlocks(on: tenant.domain, presentOn: date("2026-12-01"))
                #expect(late.map(\.id) == [program, bought[0], bought[2]])
                #expect(
                    try reading.seatBlocks(on: tenant.domain, of: other).map(\.id) == [bought[1], bought[2], bought[3]]
                )
                #expect(try reading.newestSeatBlocks(on: .init(stored: "none"), presentOn: date("2026-12-01")) == [])
            }
        }
    }

    @Test(
        "R45: the engine takes no redemption without all of the token's seats on its tenant",
        arguments: Engine.allCases
    )
    func allSeats(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let tenant = ContractValues.tenant()
            await #expect(throws: (any Error).self) {
                try await store.change { transaction in
                    let block = try transaction.insert(ContractValues.block(of: token, on: tenant, seats: 24))
                    try transaction.insert(ContractValues.redemption(of: token, on: tenant, block: block))
                }
            }
            #expect(try await store.read { try $0.seatBlocks(on: tenant.domain, of: nil) } == [])
        }
    }

    @Test(
        "A code that is taken is refused with its token, and no number is lost to it twice",
        arguments: Engine.allCases
    )
    func codeTaken(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let error = try await refusal {
                _ = try await store.change {
                    try $0.insert(ContractValues.token(ContractValues.code, sealedBy: secrets))
                }
            }
            #expect(error?.code == .codeTaken)
            #expect(error?.fact("tokenId") == token.description)
            let next = try await store.change {
                try $0.insert(ContractValues.token(ContractValues.otherCode, sealedBy: secrets))
            }
            #expect(next > token)
        }
    }

    @Test("A token of an enrollment that is not there is refused", arguments: Engine.allCases)
    func noEnrollment(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            _ = try await ContractValues.fill(store, secrets)
            let error = try await refusal {
                _ = try await store.change {
                    try $0.insert(ContractValues.token(ContractValues.otherCode, of: "none", sealedBy: secrets))
                }
            }
            #expect(error?.code == .enrollmentNotFound)
        }
    }

    @Test("R33: an ending brings the last day of a token forward, and is recorded once", arguments: Engine.allCases)
    func ending(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let id = EnrollmentID(stored: "E1")
            let ending = Enrollment.Ending(kind: .ended, on: date("2026-06-01"))
            try await store.change { try $0.end(id, ending, recordedAt: ContractValues.now) }
            let error = try await refusal {
                try await store.change { try $0.end(id, ending, recordedAt: ContractValues.now) }
            }
            #expect(error?.code == .enrollmentEnded)
            try await store.read { reading throws in
                #expect(try reading.enrollment(id)?.ending == ending)
                #expect(try reading.token(token)?.redeemableThrough == date("2026-05-31"))
            }
        }
    }

    @Test("R48: the latest extension is the end of the service", arguments: Engine.allCases)
    func extended(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let tenant = ContractValues.tenant()
            try await store.change { transaction in
                let block = try transaction.insert(ContractValues.block(of: token, on: tenant))
                let other = try transaction.insert(ContractValues.token(ContractValues.otherCode, sealedBy: secrets))
                try transaction.extend(
                    block,
                    by: other,
                    through: date("2028-03-02"),
                    recordedAt: ContractValues.now
                )
            }
            #expect(
                try await store.read { try $0.seatBlocks(on: tenant.domain, of: nil).first?.serviceEndsOn }
                    == date("2028-03-02")
            )
        }
    }

    @Test(
        "What is staged is seen by nobody until it is issued, and is numbered in its order",
        arguments: Engine.allCases
    )
    func staged(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            let token = try await ContractValues.fill(store, secrets)
            let mark = try await store.read { try $0.codeMark() }
            #expect(mark == CodeMark(token: token, productKey: ProductKeyID(number: 0)))
            let (area, other) = (StagingArea(number: 1), StagingArea(number: .max))
            let sealed = try ["00001", "00002"].map { group in
                try secrets.seal(try ActivationCode(parsing: "BCDFG-HJKMP-QRTVW-XY234-\(group)"))
            }
            let tokens = sealed.map { StagedToken(skuPartNumber: .init(stored: "ENTERPRISEPACK"), seats: 5, code: $0) }
            // Nothing that the ledger would have to cover.
            try await store.write { try $0.stage(tokens, in: area) }
            try await store.write { try $0.stage(tokens.reversed(), in: other) }
            #expect(try await store.read { try $0.token(withCode: sealed[0].lookup) } == nil)
            #expect(try await store.write { try $0.holdsRecordedCode(area, after: mark) } == false)

            let origin = StagedTokenOrigin(
                enrollmentID: EnrollmentID(stored: "E1"),
                issuedOn: date("2026-01-15"),
                recordedAt: ContractValues.now
            )
            let issued = try await store.change { try $0.issueStaged(in: area, as: origin) }
            #expect(issued == TokenID(number: token.number + 1)...TokenID(number: token.number + 2))
            #expect(try await store.read { try $0.token(withCode: sealed[1].lookup)?.id } == issued?.upperBound)
            #expect(try await store.write { try $0.holdsRecordedCode(other, after: mark) } == true)
            try await store.write { transaction in
                try transaction.clear(area)
                try transaction.clear(other)
            }
            try await store.write { try $0.stage([StagedToken](), in: area) }
            #expect(try await store.write { try $0.holdsRecordedCode(area, after: mark) } == false)
        }
    }
}
