import Testing

@testable import Registry

@Suite("Importing product keys")
struct KeyImportTests {
    @Test("R24: a key comes with a finite count of activations, or without one")
    func counts() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            let answer = try await registry.importKeys(
                """
                key,product,activations
                \(testKey),windows-client,2
                BCDFG-HJKMP-QRTVW-XY234-6789C,Visual Studio,
                BCDFG-HJKMP-QRTVW-XY234-6789D,Windows 8.1 Enterprise,
                """
            )
            #expect(answer.keys == 3)
            #expect(answer.activations == 2)
            // Only a product that needs activation is warned of.
            #expect(answer.warnings.map(\.code) == ["key.without-count"])
            let keys = try await registry.answer(
                ListKeys(organization: OrganizationID(stored: "contoso"))
            ).items
            #expect(keys.map(\.activations) == [2, nil, nil])
            #expect(keys.map(\.activationsLeft) == [2, nil, nil])
        }
    }

    @Test("R27: a KMS key is refused as the programme's, and recorded as coming from a volume licence")
    func kms() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            let named = "key,product,activations\n\(testKey),Windows Server KMS,\n"
            let typed = "key,product,activations,type\n\(testKey),windows-server,5,KMS\n"
            for file in [named, typed] {
                let refused = try await refusal { try await registry.importKeys(file) }
                #expect(refused?.code == .importInvalid)
                #expect(refused?.inputProblems.map(\.code) == [.keyNotInProgram])
                #expect(refused?.inputProblems.map(\.rule) == [.r27])
            }
            #expect(try registry.value(Int.self, "SELECT count(*) FROM product_keys") == 0)
            let imported = try await registry.importKeys(typed, source: .volumeLicensing)
            let key = try await registry.answer(ShowKey(key: try #require(imported.firstKeyId)))
            #expect(key.kms)
            #expect(key.source == .volumeLicensing)
        }
    }

    @Test("Another organisation's code is taken, whatever it is; whether a token's or a key's is not told")
    func anothers() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.importKeys("key,product,activations\n\(testKey),windows-client,2\n")
            try await registry.addOrganization("fabrikam")
            try await registry.addEnrollment("F1", of: "fabrikam")
            let codes = ["\(try await registry.code(of: token).revealed)", testKey]
            for code in codes {
                let asKey = try await refusal {
                    try await registry.importKeys("key,product,activations\n\(code),windows-client,2\n", of: "F1")
                }
                let asToken = try await refusal {
                    try await registry.importTokens("code,sku,seats\n\(code),ENTERPRISEPACK,5\n", of: "F1")
                }
                for refused in [asKey, asToken] {
                    #expect(refused?.inputProblems.map(\.code) == [.codeTaken])
                    #expect(refused?.inputProblems.map(\.rule) == [nil])
                }
            }
        }
    }

    @Test("R28: a token's code is refused as a key, and a key's code as a token")
    func tellsApart() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let code = try await registry.code(of: token).revealed
            let asKey = try await refusal {
                try await registry.importKeys("key,product,activations\n\(code),windows-client,2\n")
            }
            #expect(asKey?.inputProblems.map(\.code) == [.keyIsToken])
            #expect(asKey?.inputProblems.map(\.rule) == [.r28])

            try await registry.importKeys("key,product,activations\n\(testKey),windows-client,2\n")
            let asToken = try await refusal {
                try await registry.importTokens("code,sku,seats\n\(testKey),ENTERPRISEPACK,5\n", of: "E1")
            }
            #expect(asToken?.inputProblems.map(\.code) == [.tokenIsProductKey])
            let redeemed = try await refusal {
                try await registry.perform(
                    RedeemToken(
                        code: try ActivationCode(parsing: testKey),
                        tenant: TenantReference("contoso.onmicrosoft.com"),
                        on: nil,
                        intent: .add
                    )
                )
            }
            #expect(redeemed?.code == .tokenIsProductKey)
            #expect(redeemed?.rule == .r28)
        }
    }

    @Test("A file with bad rows changes nothing and names every one, without its codes")
    func allOrNothing() async throws {
        try await withTestRegistry { registry in
            try await registry.addKey()
            let file = """
                key,product,activations
                BCDFG-HJKMP-QRTVW-XY234-6789C,windows-server,3
                \(testKey),windows-server,3
                BCDFG-HJKMP-QRTVW-XY234-6789C,windows-server,3
                BCDFG-HJKMP,windows-server,3
                BCDFG-HJKMP-QRTVW-XY234-6789D,BCDFG-HJKMP-QRTVW-XY234-6789F,3
                BCDFG-HJKMP-QRTVW-XY234-6789G,windows-server,0
                BCDFG-HJKMP-QRTVW-XY234-6789H,windows-server,1000001
                """
            let refused = try await refusal { try await registry.importKeys(file) }
            #expect(refused?.inputProblems.map(\.row) == [3, 4, 5, 6, 7, 8])
            #expect(
                refused?.inputProblems.map(\.column) == [
                    "key", "key", "key", "product", "activations", "activations",
                ]
            )
            #expect(refused?.inputProblems.contains { $0.detail.contains("HJKMP") } == false)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM product_keys") == 1)
        }
    }

    @Test("R16: everyone who may see keys sees the same ones, and nobody else sees any")
    func sameSet() async throws {
        try await withTestRegistry { registry in
            try await registry.addKey()
            try registry.sql(
                """
                INSERT INTO access_grants (organization, principal, permission, valid_from, granted_by)
                VALUES (1, 'user:anna', 'keys', 0, 'user:owner'), (1, 'user:bert', 'keys', 0, 'user:owner'),
                    (1, 'user:carl', 'software', 0, 'user:owner')
                """
            )
            let query = ListKeys(organization: OrganizationID(stored: "contoso"))
            let anna = try await registry.answer(query, as: registry.caller("anna")).items
            let bert = try await registry.answer(query, as: registry.caller("bert")).items
            #expect(anna == bert)
            #expect(anna.count == 1)
            let carl = try await refusal { _ = try await registry.answer(query, as: registry.caller("carl")) }
            #expect(carl?.code == .accessDenied)
        }
    }

    @Test("R15: a revealed key is a ledger row, a denied one too")
    func reveals() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey()
            let revealed = try await registry.service.reveal(
                RevealKey(key: key),
                as: registry.owner,
                options: registry.options()
            )
            #expect(revealed.code.revealed == testKey)
            try registry.sql(
                """
                INSERT INTO access_grants (organization, principal, permission, valid_from, granted_by)
                VALUES (1, 'user:carl', 'cloud', 0, 'user:owner')
                """
            )
            let denied = try await refusal {
                _ = try await registry.service.reveal(
                    RevealKey(key: key),
                    as: registry.caller("carl"),
                    options: registry.options()
                )
            }
            #expect(denied?.code == .accessDenied)
            #expect(denied?.rule == .r15)
            let actions = try registry.rows("SELECT action FROM audit ORDER BY seal DESC, sequence DESC LIMIT 2")
                .compactMap {
                    $0[0]
                }
            #expect(actions == ["key.reveal-refused", "key.reveal"])
        }
    }

    @Test("R24, R27, R28: plain SQL cannot pass them either")
    func schema() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.importKeys("key,product,activations\n\(testKey),windows-server,1\n")
            let columns = """
                organization, enrollment, product, source, kms, code_lookup, code_sealed, code_last_group, recorded_at
                """
            #expect(throws: (any Error).self) {
                try registry.sql(
                    "INSERT INTO product_keys (\(columns)) VALUES (1, 1, 'x', 'program', 1, x'00', x'00', 'AAAAA', 0)"
                )
            }
            #expect(throws: (any Error).self) {
                try registry.sql(
                    """
                    INSERT INTO product_keys (\(columns)) SELECT 1, 1, 'x', 'program', 0, code_lookup, x'00', 'AAAAA', 0
                    FROM tokens WHERE number = \(token.number)
                    """
                )
            }
            let activation = """
                INSERT INTO recorded_activations (product_key, machine, consumed, activated_on, recorded_at)
                VALUES (1, 'pc', 1, '2026-03-01', 0)
                """
            try registry.sql(activation)
            #expect(throws: (any Error).self) { try registry.sql(activation) }
            #expect(throws: (any Error).self) { try registry.sql("DELETE FROM key_activations") }
            #expect(throws: (any Error).self) { try registry.sql("UPDATE product_keys SET activations = 9") }
        }
    }
}
