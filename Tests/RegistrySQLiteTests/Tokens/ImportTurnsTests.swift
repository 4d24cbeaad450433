import Synchronization
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Imports and the writer's turns")
struct ImportTurnsTests {
    private static let rows = 2_500
    /// Three batches of at most 1,000 rows, the one that makes them real, and the one that forgets them.
    private static let turns = 5

    private static func code(_ number: Int) -> String { "BBBBB-CCCCC-DDDDD-FFFFF-\(10_000 + number)" }

    private static func csv(_ numbers: some Sequence<Int>) -> [UInt8] {
        Array(("code,sku,seats\n" + numbers.map { "\(code($0)),ENTERPRISEPACK,1\n" }.joined()).utf8)
    }

    private static func tokens(_ bytes: [UInt8] = csv(0..<rows)) -> ImportTokens {
        ImportTokens(
            enrollment: EnrollmentID(stored: "E2"),
            file: UploadedFile(name: "tokens.csv", digest: "test") { OneChunk(bytes: bytes) }
        )
    }

    private static func keys() -> ImportKeys {
        let rows = (0..<rows).map { "\(code($0)),windows-server,10\n" }.joined()
        let bytes = Array("key,product,activations\n\(rows)".utf8)
        return ImportKeys(
            enrollment: EnrollmentID(stored: "E2"),
            file: UploadedFile(name: "keys.csv", digest: "test") { OneChunk(bytes: bytes) }
        )
    }

    /// A registry with a token that can be redeemed, and an enrollment for the tokens of a file.
    private func withRegistry(_ body: (TestRegistry, TokenID) async throws -> Void) async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.addEnrollment("E2", mint: false)
            try await body(registry, token)
        }
    }

    private func perform<Import: FileImport>(
        _ useCase: Import,
        on store: TurnStore,
        of registry: TestRegistry,
        as caller: Caller = TestRegistry.owner,
        dryRun: Bool = false,
        overrides: Set<OverridableRule> = [.r12]
    ) async throws -> Import.Answer {
        let service = RegistryService(
            store: store,
            clock: registry.clock,
            randomness: registry.randomness,
            secrets: registry.store.secrets
        )
        return try await service.perform(
            useCase,
            as: caller,
            options: registry.options(dryRun: dryRun, overrides: overrides)
        )
    }

    /// Nothing of a file is in the registry, nor beside it.
    private func expectNothing(in registry: TestRegistry, beside tokens: Int = 1) async throws {
        #expect(try registry.value(Int.self, "SELECT count(*) FROM tokens") == tokens)
        #expect(try registry.value(Int.self, "SELECT count(*) FROM audit WHERE action = 'token.import'") == tokens - 1)
        try expectNothingStaged(in: registry)
        #expect(try await registry.answer(Check()).sound)
    }

    private func expectNothingStaged(in registry: TestRegistry) throws {
        guard TestEngine.isSQLite else { return }
        let queue = try #require(registry.sqlite.writerConnection).database()
        #expect(try !queue.exists("SELECT 1 FROM sqlite_temp_schema"))
    }

    @Test("Tokens are staged in batches, others write between them, and none is seen before all are real")
    func batches() async throws {
        try await withRegistry { registry, token in
            let seen = Mutex<[Int?]>([])
            let store = TurnStore(registry.store) { turn in
                if turn == 2 { try await registry.redeem(token) }
                let count = try registry.value(Int.self, "SELECT count(*) FROM tokens")
                seen.withLock { $0.append(count) }
                #expect(try await registry.answer(Check()).sound)
            }
            let imported = try await perform(Self.tokens(), on: store, of: registry)
            #expect(store.turns == Self.turns)
            #expect(seen.withLock { $0 } == [1, 1, 1, 1, 2_501])
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 1)
            #expect((imported.firstTokenId, imported.lastTokenId) == (TokenID(number: 2), TokenID(number: 2_501)))
            // In the order of the file.
            #expect(try await registry.code(of: TokenID(number: 1_002)).revealed == Self.code(1_000))
            try expectNothingStaged(in: registry)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("Product keys are staged in batches, and others write between them")
    func keyBatches() async throws {
        try await withRegistry { registry, token in
            let store = TurnStore(registry.store) { turn in
                if turn == 2 { try await registry.redeem(token) }
            }
            let imported = try await perform(Self.keys(), on: store, of: registry)
            #expect(store.turns == Self.turns)
            #expect((imported.keys, imported.activations) == (2_500, 25_000))
            #expect((imported.firstKeyId, imported.lastKeyId) == (ProductKeyID(number: 1), ProductKeyID(number: 2_500)))
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 1)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM product_keys") == 2_500)
            try expectNothingStaged(in: registry)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("A refused import takes no turn of the writer, and names every bad row")
    func refused() async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store)
            let file =
                Self.csv(0..<Self.rows) + Array("ABCDE,ENTERPRISEPACK,1\n\(Self.code(7)),ENTERPRISEPACK,1\n".utf8)
            let error = try await refusal { _ = try await perform(Self.tokens(file), on: store, of: registry) }
            #expect(error?.inputProblems.map(\.row) == [2_502, 2_503])
            #expect(error?.inputProblems.last?.detail == "The code is already on line 9.")
            let beyond = try await refusal {
                _ = try await perform(Self.tokens(), on: store, of: registry, overrides: [])
            }
            #expect(beyond?.fact("problemCount") == "2475")
            #expect(store.turns == 0)
            try await expectNothing(in: registry)
        }
    }

    @Test("A dry run takes no turn of the writer, and answers what the import then does")
    func rehearsed() async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store)
            let tokens = try await perform(Self.tokens(), on: store, of: registry, dryRun: true)
            #expect(store.turns == 0)
            try await expectNothing(in: registry)
            #expect(try await registry.perform(Self.tokens(), overrides: [.r12]) == tokens)
        }
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store)
            let keys = try await perform(Self.keys(), on: store, of: registry, dryRun: true)
            #expect(store.turns == 0)
            #expect(try await registry.perform(Self.keys()) == keys)
        }
    }

    @Test(
        "Who is denied leaves a row of the ledger, in a dry run too, and nothing else takes a turn",
        arguments: [false, true]
    )
    func denied(isDryRun: Bool) async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store)
            let stranger = registry.caller("eve")
            let error = try await refusal {
                _ = try await perform(Self.tokens(), on: store, of: registry, as: stranger, dryRun: isDryRun)
            }
            #expect(error != nil)
            #expect(store.turns == 1)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM audit WHERE actor = 'user:eve'") == 1)
            try await expectNothing(in: registry)
        }
    }

    @Test("A code that another records meanwhile refuses the whole file", arguments: 1...4)
    func takenMeanwhile(turn: Int) async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store) { next in
                guard next == turn else { return }
                try await registry.perform(Self.tokens(Self.csv([1_500])), overrides: [.r12])
            }
            let error = try await refusal { _ = try await perform(Self.tokens(), on: store, of: registry) }
            #expect(error?.code == .importInvalid)
            #expect(error?.inputProblems.map(\.row) == [1_502])
            #expect(error?.inputProblems.map(\.detail) == ["The registry already holds the code, as token T2."])
            try await expectNothing(in: registry, beside: 2)
        }
    }

    @Test("R28: a code that is recorded meanwhile as a product key's refuses the whole file, and the other way round")
    func keyMeanwhile() async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store) { turn in
                guard turn == 4 else { return }
                try await registry.importKeys("key,product,activations\n\(Self.code(3)),windows-server,1\n", of: "E2")
            }
            let error = try await refusal { _ = try await perform(Self.tokens(), on: store, of: registry) }
            #expect(error?.inputProblems.map(\.code) == [.tokenIsProductKey])
            try await expectNothing(in: registry)
        }
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store) { turn in
                guard turn == 4 else { return }
                try await registry.perform(Self.tokens(Self.csv([3])), overrides: [.r12])
            }
            let error = try await refusal { _ = try await perform(Self.keys(), on: store, of: registry) }
            #expect(error?.inputProblems.map(\.code) == [.keyIsToken])
            #expect(try registry.value(Int.self, "SELECT count(*) FROM product_keys") == 0)
            try expectNothingStaged(in: registry)
        }
    }

    @Test("R12: seats that another import takes meanwhile are not granted twice")
    func grantedMeanwhile() async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store) { turn in
                if turn == 2 { try await registry.perform(Self.tokens(Self.csv(100..<110))) }
            }
            let error = try await refusal {
                _ = try await perform(Self.tokens(Self.csv(0..<20)), on: store, of: registry, overrides: [])
            }
            #expect(error?.inputProblems.map(\.code) == Array(repeating: .entitlementExceeded, count: 5))
            #expect(error?.inputProblems.first?.row == 17)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM tokens") == 11)
            try expectNothingStaged(in: registry)
        }
    }

    @Test("R33: an enrollment that ends meanwhile takes no tokens")
    func endedMeanwhile() async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store) { turn in
                guard turn == 4 else { return }
                try await registry.perform(
                    EndEnrollment(enrollment: EnrollmentID(stored: "E2"), on: date("2026-03-02"))
                )
            }
            let error = try await refusal { _ = try await perform(Self.tokens(), on: store, of: registry) }
            #expect(error?.code == .enrollmentEnded)
            try await expectNothing(in: registry)
        }
    }

    @Test("R13: a permission that is revoked meanwhile imports nothing")
    func revokedMeanwhile() async throws {
        try await withRegistry { registry, _ in
            let organization = OrganizationID(stored: "contoso")
            let ann = registry.caller("ann")
            try await registry.perform(
                GrantAccess(
                    organization: organization,
                    principal: ann.principal,
                    permission: .administrator
                )
            )
            let store = TurnStore(registry.store) { turn in
                guard turn == 4 else { return }
                try await registry.perform(
                    RevokeAccess(organization: organization, principal: ann.principal, permission: .administrator)
                )
            }
            let error = try await refusal {
                _ = try await perform(Self.tokens(), on: store, of: registry, as: ann)
            }
            #expect(error != nil)
            try await expectNothing(in: registry)
        }
    }

    @Test("Of two imports of one file at once one is imported whole, and the other is refused")
    func together() async throws {
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store)
            let codes = await withTaskGroup(of: RefusalCode?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            _ = try await self.perform(Self.tokens(), on: store, of: registry)
                            return nil
                        } catch {
                            return (error as? Refusal)?.code
                        }
                    }
                }
                return await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 1)
            #expect(codes.count { $0 == .importInvalid } == 1)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM tokens") == 1 + Self.rows)
            try expectNothingStaged(in: registry)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("An import that ends between two batches leaves nothing, also for who opens the registry afterwards")
    func broken() async throws {
        struct Stop: Error {}
        try await withRegistry { registry, _ in
            let store = TurnStore(registry.store) { turn in
                if turn == 3 { throw Stop() }
            }
            await #expect(throws: Stop.self) { try await perform(Self.tokens(), on: store, of: registry) }
            try await expectNothing(in: registry)

            // As a process that is killed, which forgets nothing by itself.
            let killed = TurnStore(registry.store) { turn in
                if turn > 2 { throw Stop() }
            }
            await #expect(throws: Stop.self) { try await perform(Self.tokens(), on: killed, of: registry) }
            registry.store.close()
            let reopened = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
            defer { reopened.store.close() }
            try await expectNothing(in: reopened)
            #expect(try await reopened.perform(Self.tokens(), overrides: [.r12]).tokens == Self.rows)
        }
    }

    @Test("A file that gives other rows when it is staged is refused whole")
    func changed() async throws {
        try await withRegistry { registry, _ in
            let reading = Mutex(0)
            let file = UploadedFile(name: "tokens.csv", digest: "test") {
                let isFirst = reading.withLock { count in
                    count += 1
                    return count == 1
                }
                return OneChunk(bytes: isFirst ? Self.csv(0..<20) : Self.csv(0..<19))
            }
            let useCase = ImportTokens(enrollment: EnrollmentID(stored: "E2"), file: file)
            let error = try await refusal { try await registry.perform(useCase) }
            #expect(error?.code == .inputInvalid)
            try await expectNothing(in: registry)
        }
    }
}
