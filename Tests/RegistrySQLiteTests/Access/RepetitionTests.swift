import RegistrySQLite
import Testing

@testable import Registry

@Suite("A request that is made again")
struct RepetitionTests {
    private func reveals(_ registry: TestRegistry) throws -> Int? {
        try registry.value(Int.self, "SELECT count(*) FROM audit WHERE action = 'token.reveal'")
    }

    @Test("R15: a dry run of what shows a code is refused, and the code is not shown")
    func dryRunOfReveal() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let key = try await registry.importKeys("key,product,activations\n\(testKey),windows-server,1\n").firstKeyId
            let options = registry.options(dryRun: true)
            let ofToken = try await refusal {
                _ = try await registry.service.reveal(RevealToken(token: token), as: registry.owner, options: options)
            }
            let ofKey = try await refusal {
                let key = try #require(key)
                _ = try await registry.service.reveal(RevealKey(key: key), as: registry.owner, options: options)
            }
            #expect(ofToken?.code == .dryRunNotAllowed)
            #expect(ofKey?.code == .dryRunNotAllowed)
            #expect(try reveals(registry) == 0)
        }
    }

    @Test("R15: a reveal is never remembered: under the same key it is another reveal, with a row of its own")
    func reveal() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            for count in 1...2 {
                _ = try await registry.service.reveal(
                    RevealToken(token: token),
                    as: registry.owner,
                    options: registry.options(key: "k")
                )
                #expect(try reveals(registry) == count)
            }
            #expect(try registry.value(Int.self, "SELECT count(*) FROM remembered_answers") == 0)
        }
    }

    @Test("R13: a key belongs to its caller, and is looked up after the caller was found to be permitted")
    func keyOfCaller() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.grant("user:alice", .cloud)
            let (alice, eve) = (registry.caller("alice"), registry.caller("eve"))
            let first = try await registry.redeem(token, as: alice, key: "k")
            #expect(try await registry.redeem(token, as: alice, key: "k") == first)
            let stranger = try await refusal { try await registry.redeem(token, as: eve, key: "k") }
            #expect(stranger?.code == .tenantNotFound)
            // The owner's key of the same name is another one: the token is redeemed already.
            let owner = try await refusal { try await registry.redeem(token, key: "k") }
            #expect(owner?.code == .tokenAlreadyRedeemed)
            try await registry.perform(
                RevokeAccess(
                    organization: OrganizationID(stored: "contoso"),
                    principal: alice.principal,
                    permission: .cloud
                )
            )
            let revoked = try await refusal { try await registry.redeem(token, as: alice, key: "k") }
            #expect(revoked?.code == .tenantNotFound)
        }
    }

    @Test("R29: two codes that end alike are two requests: the second is redeemed, not answered as the first")
    func codesAlike() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            try await registry.addEnrollment("own", start: "2026-01-02", mint: false)
            let (one, two) = ("BCDFG-HJKMP-QRTVW-XY234-6789B", "CCDFG-HJKMP-QRTVW-XY234-6789B")
            let imported = try await registry.importTokens(
                "code,sku,seats\n\(one),ENTERPRISEPACK,1\n\(two),ENTERPRISEPACK,1\n",
                of: "own",
                overrides: [.r12]
            )
            func redeem(_ code: String, key: String) async throws -> TokenID {
                let command = RedeemToken(
                    code: try ActivationCode(parsing: code),
                    tenant: try TenantReference("contoso.onmicrosoft.com"),
                    on: nil,
                    intent: .add
                )
                return try await registry.perform(command, key: key).tokenId
            }
            #expect(try await redeem(one, key: "k") == imported.firstTokenId)
            let reused = try await refusal { _ = try await redeem(two, key: "k") }
            #expect(reused?.code == .idempotencyKeyReused)
            #expect(try await redeem(two, key: "other") == imported.lastTokenId)
            #expect(try await redeem(one, key: "k") == imported.firstTokenId)
            let kept = try registry.rows("SELECT * FROM remembered_answers").map { "\($0)" }.joined()
            #expect(!kept.contains("6789B"))
        }
    }
}
