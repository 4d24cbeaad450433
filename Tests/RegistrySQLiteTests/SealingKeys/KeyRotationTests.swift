import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("The key that codes are sealed with is rotated")
struct KeyRotationTests {
    private struct Killed: Error {}

    @Test(
        "Interrupted after any step, every code opens, new ones are recorded, and the next run ends it",
        arguments: 0..<9
    )
    func interrupted(step: Int) async throws {
        try await withTestRegistry { registry in
            let codes = try await Self.fill(registry)
            _ = try await registry.prepare()
            var steps = 0
            var wasKilled = false
            do {
                _ = try await registry.rotate(batch: 3) { _ in
                    if steps == step { throw Killed() }
                    steps += 1
                }
            } catch is Killed { wasKilled = true }
            registry.store.close()

            let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 7)
            defer { again.store.close() }
            try await Self.expect(codes, in: again)
            let more = try await again.addEnrollment("G2", program: "gold-competency", start: "2026-02-01").tokens
            #expect(!more.isEmpty)
            _ = try await again.prepare()
            let done = try await again.rotate(batch: 3)
            #expect(done.sealingKey == (wasKilled ? 2 : 3))
            try await Self.expect(codes, in: again)
            #expect(try await again.sealedWith() == [done.sealingKey])
            #expect(try await again.answer(Check()).findings == [])
        }
    }

    @Test("Begin, each batch and the end are rows of the registry's ledger")
    func ledger() async throws {
        try await withTestRegistry { registry in
            _ = try await Self.fill(registry)
            _ = try await registry.prepare()
            let done = try await registry.rotate(batch: 4)
            #expect(done.codes == 9)
            let rows = try TestEngine.onDatabase(of: registry.directory) { database, _ in
                try database.all(
                    "SELECT action FROM audit WHERE ledger = 0 AND action LIKE 'registry.r%' ORDER BY sequence"
                ) { try $0[0] as String }
            }
            #expect(
                rows == ["registry.rotate-key"] + Array(repeating: "registry.reseal", count: 3) + [
                    "registry.rotate-key-end"
                ]
            )
        }
    }

    @Test("Another program that has the registry open goes on: it opens codes, and seals new ones with the new key")
    func meanwhile() async throws {
        try await withTestRegistry { registry in
            let codes = try await Self.fill(registry)
            let other = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 9)
            defer { other.store.close() }
            _ = try await registry.prepare()
            var issued = 0
            _ = try await registry.rotate(batch: 2) { _ in issued += 1 }
            try await Self.expect(codes, in: other)
            try await other.addEnrollment("G2", program: "gold-competency", start: "2026-02-01")
            try await other.importTokens(
                "code,sku,seats\nQW2RT-YPD4F-GH6JK-XC8VB-ZZZZZ,ENTERPRISEPACK,5\n",
                of: "G2",
                overrides: [.r12]
            )
            #expect(try await registry.sealedWith() == [2])
            #expect(issued > 3)
        }
    }

    @Test("A code that was sealed before the rotation and recorded after it is refused, and nothing is recorded")
    func straddling() async throws {
        try await withTestRegistry { registry in
            _ = try await Self.fill(registry)
            let code = try registry.service.secrets.seal(try ActivationCode(parsing: "QW2RT-YPD4F-GH6JK-XC8VB-ZZZZZ"))
            _ = try await registry.prepare()
            _ = try await registry.rotate()
            let now = registry.clock.now()
            let refused = try await refusal {
                try await registry.store.write { transaction in
                    _ = try transaction.insert(
                        TokenDraft(
                            enrollmentID: EnrollmentID(stored: "G"),
                            skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                            seats: 5,
                            code: code,
                            issuedOn: date("2026-03-02"),
                            recordedAt: now,
                            origin: .imported
                        )
                    )
                }
            }
            #expect(refused?.code == .registryBusy)
            #expect(try await registry.sealedWith() == [2])
        }
    }

    @Test("A host whose copy of the key is from before is told so, and records no code")
    func staleHost() async throws {
        try await withTestRegistry { registry in
            let codes = try await Self.fill(registry)
            let before = try Data(contentsOf: URL(fileURLWithPath: registry.directory.keyPath))
            _ = try await registry.prepare()
            let other = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 9)
            _ = try await registry.rotate()
            other.store.close()
            try before.write(to: URL(fileURLWithPath: registry.directory.keyPath))
            let refused = try await refusal {
                _ = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 9)
            }
            #expect(refused?.code == .registryKeyInvalid)
            #expect(refused?.detail.contains("lacks sealing key 2") == true)
            #expect(!codes.isEmpty)
        }
    }

    @Test(
        "On a server nothing is sealed with a key that other hosts cannot have yet",
        .enabled(if: !TestEngine.isSQLite)
    )
    func unprepared() async throws {
        try await withTestRegistry { registry in
            let refused = try await refusal { _ = try await registry.rotate() }
            #expect(refused?.detail.contains("--prepare") == true)
        }
    }

    @Test("R13: only the registry's owner may rotate or copy the key, and a stranger changes no file")
    func denied() async throws {
        try await withTestRegistry { registry in
            let before = try Data(contentsOf: URL(fileURLWithPath: registry.directory.keyPath))
            let stranger = registry.caller("ann")
            for attempt in [
                { _ = try await registry.prepare(as: stranger) },
                { _ = try await registry.rotate(as: stranger) },
                {
                    _ = try await registry.store.exportKey(
                        under: Passphrase("twelve letters"),
                        by: stranger,
                        clock: registry.clock,
                        requestID: "r",
                        keep: { _ in Issue.record("a stranger has the key") }
                    )
                },
            ] {
                #expect(try await refusal(of: attempt)?.code == .accessDenied)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: registry.directory.keyPath)) == before)
        }
    }

    @Test("Two that make the next key at once get the same one")
    func twoAtOnce() async throws {
        try await withTestRegistry { registry in
            let other = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 9)
            defer { other.store.close() }
            async let first = registry.prepare()
            async let second = other.prepare()
            #expect(try await [first, second] == [2, 2])
            #expect(try Data(contentsOf: URL(fileURLWithPath: registry.directory.keyPath)).count == 64)
            #expect(
                try registry.service.secrets.fingerprint(ofSealingKey: 2)
                    == other.service.secrets.fingerprint(ofSealingKey: 2)
            )
        }
    }

    @Test("Plain SQL cannot change a sealed code, nor end a rotation again", .onSQLite)
    func guards() async throws {
        try await withTestRegistry { registry in
            _ = try await Self.fill(registry)
            _ = try await registry.rotate()
            for statement in [
                "UPDATE tokens SET code_sealed = zeroblob(57)", "UPDATE product_keys SET code_sealed = zeroblob(57)",
                "UPDATE sealing_keys SET ended_at = 1", "UPDATE sealing_keys SET ended_at = NULL",
                "DELETE FROM sealing_keys",
            ] {
                #expect(throws: (any Error).self, "\(statement)") {
                    try TestEngine.onDatabase(of: registry.directory) { _, execute in try execute(statement) }
                }
            }
        }
    }

    /// A gold competency with minted and imported tokens, and product keys.
    /// - Returns: the tokens with their codes.
    private static func fill(_ registry: TestRegistry) async throws -> [TokenID: ActivationCode] {
        try await registry.addOrganization()
        let minted = try await registry.addEnrollment("G", program: "gold-competency").tokens
        let rows = ["BCDF2", "BCDF3", "BCDF4"].map { "QW2RT-YPD4F-GH6JK-XC8VB-\($0),ENTERPRISEPACK,5" }
        try await registry.importTokens("code,sku,seats\n\(rows.joined(separator: "\n"))\n", of: "G", overrides: [.r12])
        try await registry.importKeys(
            "key,product,activations\n\(testKey),windows-server,5\nBCDFG-HJKMP-QRTVW-XY234-6789C,windows-server,5\n",
            of: "G"
        )
        var codes: [TokenID: ActivationCode] = [:]
        for number in 1...Int64(minted.count + rows.count) {
            codes[TokenID(number: number)] = try await registry.code(of: TokenID(number: number))
        }
        return codes
    }

    private static func expect(_ codes: [TokenID: ActivationCode], in registry: TestRegistry) async throws {
        for (token, code) in codes { #expect(try await registry.code(of: token).revealed == code.revealed) }
        let key = try await registry.service.reveal(
            RevealKey(key: ProductKeyID(number: 1)),
            as: registry.owner,
            options: registry.options()
        )
        #expect(key.code.revealed == testKey)
    }
}

extension TestRegistry {
    func prepare(as caller: Caller = TestRegistry.owner) async throws -> Int {
        try await store.prepareKeyRotation(by: caller, clock: clock, requestID: "prepare")
    }

    func rotate(
        batch: Int = 2_000,
        as caller: Caller = TestRegistry.owner,
        onStep: (KeyRotationStep) throws -> Void = { _ in }
    ) async throws -> KeyRotationResource {
        try await store.rotateKey(by: caller, clock: clock, requestID: "rotate", batch: batch, onStep: onStep)
    }

    /// The keys that codes are sealed with.
    func sealedWith() async throws -> Set<Int> {
        try await store.read { reading in
            var numbers: Set<Int> = []
            _ = try reading.forEachSealedCode(atMost: 1_000_000) { numbers.insert($1.sealingKey) }
            return numbers
        }
    }
}
