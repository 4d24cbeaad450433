import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("The check proves a registry sound, or says what is not", .onSQLite)
struct CheckTests {
    @Test("A registry that was used in every way is sound, and says how much was checked")
    func sound() async throws {
        try await withTestRegistry { registry in
            try await Self.use(registry)
            let answer = try await registry.answer(Check())
            #expect(answer.findings == [])
            #expect(answer.sound)
            #expect(answer.ledgerRows == (try registry.value(Int64.self, "SELECT count(*) FROM audit")))
            #expect(answer.codes == (try registry.value(Int.self, "SELECT count(*) FROM tokens")))
            #expect(answer.codesOpened == answer.codes)
        }
    }

    @Test("The tables that Litestream makes and writes are nobody's damage")
    func litestream() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            try onDatabase(registry.directory.databasePath) { database in
                try database.execute(
                    """
                    CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
                    CREATE TABLE _litestream_lock (id INTEGER);
                    INSERT INTO _litestream_seq (id, seq) VALUES (1, 7)
                    """
                )
            }
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R13: only the registry's owner may check it")
    func denied() async throws {
        try await withTestRegistry { registry in
            let error = try await refusal { _ = try await registry.answer(Check(), as: registry.caller("ann")) }
            #expect(error?.code == .accessDenied)
        }
    }

    /// What somebody who means harm does with `sqlite3`, and the finding that gives it away.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let triggers: [String]
        let statements: String
        let code: String

        init(_ description: String, _ triggers: [String], _ statements: String, finds code: String) {
            testDescription = description
            self.triggers = triggers
            self.statements = statements
            self.code = code
        }

        init(_ description: String, _ statements: String, finds code: String) {
            self.init(description, [], statements, finds: code)
        }
    }

    static let tamperings = [
        Tampering("a dropped trigger", "DROP TRIGGER redemptions_no_delete", finds: "schema.changed"),
        Tampering(
            "an added trigger",
            "CREATE TRIGGER extra AFTER INSERT ON redemptions BEGIN SELECT 1; END",
            finds: "schema.changed"
        ),
        Tampering("a dropped index", "DROP INDEX tokens_by_enrollment", finds: "schema.changed"),
        Tampering("an added table", "CREATE TABLE extra (x)", finds: "schema.changed"),
        Tampering("another schema version", "PRAGMA user_version = 0", finds: "schema.changed"),
        Tampering(
            "a ledger row's actor",
            ["audit_no_update"],
            "UPDATE audit SET actor = 'user:eve' WHERE ledger = 1 AND sequence = 3",
            finds: "ledger.broken"
        ),
        Tampering(
            "a ledger row's instant",
            ["audit_no_update"],
            "UPDATE audit SET at = at - 600000000 WHERE ledger = 1 AND sequence = 4",
            finds: "ledger.instant-goes-back"
        ),
        Tampering(
            "a removed ledger row",
            ["audit_no_delete"],
            "DELETE FROM audit WHERE ledger = 1 AND sequence = 4",
            finds: "ledger.broken"
        ),
        Tampering(
            "the ledger's end cut off",
            ["audit_no_delete"],
            "DELETE FROM audit WHERE ledger = 1 AND sequence = (SELECT max(sequence) FROM audit WHERE ledger = 1)",
            finds: "ledger.broken"
        ),
        Tampering(
            "a ledger's head put back with its end cut off",
            ["audit_no_delete", "ledgers_no_update"],
            """
            DELETE FROM audit WHERE ledger = 1 AND sequence = (SELECT max(sequence) FROM audit WHERE ledger = 1);
            UPDATE ledgers SET (sequence, hash) = (
                SELECT sequence, hash FROM audit WHERE ledger = 1 ORDER BY sequence DESC LIMIT 1
            ) WHERE number = 1
            """,
            finds: "ledger.broken"
        ),
        Tampering(
            "a ledger row put into another commit",
            ["audit_no_update"],
            "UPDATE audit SET seal = seal - 1 WHERE ledger = 1 AND sequence = 4",
            finds: "ledger.broken"
        ),
        Tampering(
            "a changed seal",
            ["seals_no_update"],
            "UPDATE seals SET at = at + 1 WHERE number = 3",
            finds: "ledger.broken"
        ),
        Tampering(
            "a commit without its last rows",
            ["seals_no_delete"],
            "DELETE FROM seals WHERE number = (SELECT max(number) FROM seals)",
            finds: "registry.rolled-back"
        ),
        Tampering(
            "R29: a removed redemption",
            ["redemptions_no_delete"],
            "DELETE FROM redemptions WHERE token = 1",
            finds: "redemption.missing"
        ),
        Tampering(
            "R29: seats whose redemption was removed",
            ["redemptions_no_delete"],
            "DELETE FROM redemptions WHERE token = 1",
            finds: "seats.without-redemption"
        ),
        Tampering(
            "R31: a redemption and its seats moved to another tenant",
            ["redemptions_no_update", "seat_blocks_no_update"],
            "UPDATE redemptions SET tenant = 2 WHERE token = 1; UPDATE seat_blocks SET tenant = 2 WHERE token = 1",
            finds: "ledger.differs-from-redemption"
        ),
        Tampering(
            "R31: seats moved to another tenant",
            ["seat_blocks_no_update"],
            "UPDATE seat_blocks SET tenant = 2 WHERE token = 1",
            finds: "redemption.differs-from-seats"
        ),
        Tampering(
            "R45: seats made more",
            ["seat_blocks_no_update"],
            "UPDATE seat_blocks SET seats = seats + 1 WHERE token = 1",
            finds: "redemption.differs-from-seats"
        ),
        Tampering(
            "R45: token and seats made more",
            ["seat_blocks_no_update", "tokens_no_update"],
            "UPDATE seat_blocks SET seats = 26 WHERE token = 1; UPDATE tokens SET seats = 26 WHERE number = 1",
            finds: "ledger.differs-from-redemption"
        ),
        Tampering(
            "R31: purchased seats made more",
            ["seat_blocks_no_update"],
            "UPDATE seat_blocks SET seats = seats + 1 WHERE token IS NULL",
            finds: "ledger.differs-from-purchase"
        ),
        Tampering(
            "a redemption that the ledger does not know",
            """
            INSERT INTO seat_blocks (number, tenant, sku_part_number, seats, token, enrollment, starts_on, rights_end_on,
                service_ends_on, recorded_at)
            SELECT 500, 1, t.sku_part_number, t.seats, t.number, t.enrollment, '2026-03-02', e.ends_on, '2027-03-02', 0
            FROM tokens t JOIN enrollments e ON e.number = t.enrollment WHERE t.number = 4;
            INSERT INTO redemptions VALUES (4, 1, 'add', 500, '2026-03-02', 1772400000000000)
            """,
            finds: "ledger.differs-from-redemption"
        ),
        Tampering(
            "R33: a redemption after its year",
            ["redemptions_no_update"],
            "UPDATE redemptions SET redeemed_on = '2027-01-01' WHERE token = 1",
            finds: "redemption.outside-year"
        ),
        Tampering(
            "R33: a redemption before its year",
            ["redemptions_no_update"],
            "UPDATE redemptions SET redeemed_on = '2025-12-31' WHERE token = 1",
            finds: "redemption.outside-year"
        ),
        Tampering(
            "a redemption before it was recorded",
            ["redemptions_no_update"],
            "UPDATE redemptions SET redeemed_on = '2026-03-04' WHERE token = 1",
            finds: "redemption.in-future"
        ),
        Tampering(
            "R33: a void token that is redeemed",
            ["recorded_voids_of_redeemed"],
            "INSERT INTO recorded_voids VALUES (1, 1, '2026-03-02', 0, 0)",
            finds: "token.void-and-redeemed"
        ),
        Tampering(
            "R47: a longer service",
            ["seat_blocks_no_update"],
            "UPDATE seat_blocks SET service_ends_on = '2027-03-03' WHERE token = 1",
            finds: "seats.wrong-ends"
        ),
        Tampering(
            "R32: longer rights",
            ["seat_blocks_no_update"],
            "UPDATE seat_blocks SET rights_end_on = '2027-12-31' WHERE token = 1",
            finds: "seats.wrong-ends"
        ),
        Tampering(
            "R48: an extension without a redemption",
            "INSERT INTO seat_block_extensions (seat_block, token, service_ends_on, recorded_at) VALUES (1, 4, '2028-01-01', 0)",
            finds: "seats.wrong-extension"
        ),
        Tampering(
            "R46: a token replaced that was not redeemed",
            ["token_replacements_match"],
            "INSERT INTO token_replacements VALUES (4, 5, '2026-03-02', 0)",
            finds: "token.replaced-unredeemed"
        ),
        Tampering(
            "R46: a token replaced on the thirty-first day",
            ["token_replacements_match"],
            "INSERT INTO token_replacements VALUES (1, 5, '2026-04-02', 0)",
            finds: "token.replaced-wrongly"
        ),
        Tampering(
            "R46: a token replaced before its redemption",
            ["token_replacements_match"],
            "INSERT INTO token_replacements VALUES (1, 5, '2026-03-01', 0)",
            finds: "token.replaced-wrongly"
        ),
        Tampering(
            "R46: a replacement that is replaced",
            ["token_replacements_match"],
            "INSERT INTO token_replacements VALUES (4, 1, '2026-03-02', 0), (1, 5, '2026-03-02', 0)",
            finds: "token.replaced-wrongly"
        ),
        Tampering(
            "R46: a replaced token that keeps its seats",
            ["token_replacements_match"],
            "INSERT INTO token_replacements VALUES (1, 5, '2026-03-02', 0)",
            finds: "token.replacement-keeps-seats"
        ),
        Tampering(
            "R39: a business SKU beside programme seats",
            ["seat_blocks_no_update"],
            "UPDATE seat_blocks SET sku_part_number = 'O365_BUSINESS' WHERE token IS NULL",
            finds: "tenant.incompatible-sku"
        ),
        Tampering(
            "a SKU that nobody knows",
            ["tokens_no_update"],
            "UPDATE tokens SET sku_part_number = 'NO_SUCH_SKU' WHERE number = 4",
            finds: "sku.unknown"
        ),
        Tampering(
            "R12: a benefit that grew",
            ["enrollment_benefits_no_update"],
            "UPDATE enrollment_benefits SET quantity = 501 WHERE product = 'office-suite'",
            finds: "benefit.differs-from-ledger"
        ),
        Tampering(
            "R12: a maximum that grew",
            ["enrollment_benefits_no_update"],
            "UPDATE enrollment_benefits SET country_maximum = 1000 WHERE product = 'office-suite'",
            finds: "benefit.differs-from-ledger"
        ),
        Tampering(
            "R30: a token of another organisation",
            ["tokens_no_update"],
            "UPDATE tokens SET organization = 2 WHERE number = 4",
            finds: "token.other-organization"
        ),
        Tampering(
            "R30: a tenant that changed hands",
            ["tenants_no_update"],
            "UPDATE tenants SET organization = 2 WHERE number = 1",
            finds: "redemption.other-organization"
        ),
        Tampering(
            "R33: an ending on the day of a redemption",
            """
            INSERT INTO recorded_endings SELECT NULL, t.enrollment, 'ended', r.redeemed_on, date(r.redeemed_on, '-1 day'), 0, 0
            FROM redemptions r JOIN tokens t ON t.number = r.token
            WHERE t.enrollment NOT IN (SELECT enrollment FROM enrollment_endings) LIMIT 1
            """,
            finds: "redemption.after-ending"
        ),
        Tampering(
            "R43: a tenant that was signed up after its services",
            ["tenants_no_update"],
            "UPDATE tenants SET signed_up_on = '2099-01-01' WHERE number = 1",
            finds: "signup.before-tenant"
        ),
        Tampering(
            "R51: a domain that changed hands",
            ["tenant_domains_no_update"],
            "UPDATE tenant_domains SET tenant = 2 WHERE domain = 'contoso.onmicrosoft.com'",
            finds: "tenant.domain-differs"
        ),
        Tampering(
            "an organisation without headquarters",
            ["locations_no_update"],
            "UPDATE locations SET headquarters = 0",
            finds: "location.headquarters"
        ),
        Tampering(
            "a removed token",
            ["tokens_no_delete"],
            "DELETE FROM tokens WHERE number = 4",
            finds: "token.missing"
        ),
        Tampering(
            "a removed organisation",
            ["organizations_no_delete"],
            "DELETE FROM organizations WHERE number = 1",
            finds: "database.dangling-reference"
        ),
        Tampering(
            "a sealed code that was changed",
            ["tokens_no_update"],
            "UPDATE tokens SET code_sealed = zeroblob(53) WHERE number = 4",
            finds: "code.unreadable"
        ),
        Tampering(
            "a last group that was changed",
            ["tokens_no_update"],
            "UPDATE tokens SET code_last_group = 'AAAAA' WHERE number = 4",
            finds: "code.mismatch"
        ),
        Tampering(
            "a code found by another digest",
            ["tokens_no_update"],
            "UPDATE tokens SET code_lookup = zeroblob(32) WHERE number = 4",
            finds: "code.unreadable"
        ),
        Tampering(
            "a date that is none",
            ["tokens_no_update"],
            "UPDATE tokens SET issued_on = '2026-02-30' WHERE number = 4",
            finds: "date.invalid"
        ),
        Tampering(
            "an answer that cannot be read",
            ["remembered_answers_no_update"],
            "UPDATE remembered_answers SET answer = '{'",
            finds: "answer.unreadable"
        ),
    ]

    @Test("What was tampered with is found, and the rest of the check goes on", arguments: tamperings)
    func finds(tampering: Tampering) async throws {
        try await withTestRegistry { registry in
            try await Self.use(registry)
            try registry.sql(without: tampering.triggers, do: tampering.statements)
            let findings = try await registry.answer(Check()).findings
            #expect(findings.contains { $0.code == tampering.code }, "\(findings)")
        }
    }

    @Test("R46: a token replaced on the thirtieth day is no finding")
    func replacedInTime() async throws {
        try await withTestRegistry { registry in
            try await Self.use(registry)
            registry.clock.set(day: "2026-04-01")
            let code = try ActivationCode(parsing: "BBBBB-CCCCC-DDDDD-FFFFF-MMMMM")
            let answer = try await registry.perform(ReplaceToken(token: TokenID(number: 1), code: code, on: nil))
            try await registry.redeem(answer.replacementId, on: "fabrikam.onmicrosoft.com")
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R47: seats redeemed on 29 February are served through the next 28 February")
    func leapDay() async throws {
        try await withTestRegistry(at: "2024-02-29T12:00:00Z") { registry in
            try await registry.addOrganization()
            let tokens = try await registry.addEnrollment("E1", start: "2024-01-01").tokens
            try await registry.signUp()
            #expect(try await registry.redeem(tokens[0]).serviceEndsOn == date("2025-02-28"))
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("R12: what a gold competency made room for stays right when it ends")
    func goldEnded() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("G", program: "gold-competency")
            for number in 1...8 { try await registry.addEnrollment("S\(number)", start: "2026-02-01") }
            registry.clock.advance(seconds: 60)
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "G"), on: date("2026-01-15")))
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("Of many breaches a hundred are named, and the rest is said to be there")
    func manyFindings() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", mint: false)
            let rows = (0..<150).map { "BBBBB-CCCCC-DDDDD-FFFFF-\(10_000 + $0),ENTERPRISEPACK,1" }
            try await registry.importTokens(
                "code,sku,seats\n" + rows.joined(separator: "\n"),
                of: "E1",
                overrides: [.r12]
            )
            try registry.sql(
                without: ["tokens_no_update"],
                do: "UPDATE tokens SET issued_on = 'x', code_sealed = x'00'"
            )
            let findings = try await registry.answer(Check()).findings
            #expect(findings.count { $0.code == "date.invalid" } == 101)
            #expect(findings.count { $0.code == "code.unreadable" } == 101)
        }
    }

    @Test("Of many codes as many as asked for are opened, evenly spread")
    func sampledCodes() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", mint: false)
            let rows = (0..<100).map { "BBBBB-CCCCC-DDDDD-FFFFF-\(10_000 + $0),ENTERPRISEPACK,1" }
            try await registry.importTokens(
                "code,sku,seats\n" + rows.joined(separator: "\n"),
                of: "E1",
                overrides: [.r12]
            )
            let answer = try await registry.answer(Check(codeLimit: 30))
            #expect(answer.codes == 100)
            #expect(answer.codesOpened == 25)
        }
    }

    @Test(
        "A page that was overwritten is found, and nothing is answered from it",
        arguments: ["tokens", "redemptions", "audit"]
    )
    func corruptedPage(table: String) async throws {
        try await withTestRegistry { registry in
            try await Self.use(registry)
            registry.store.close()
            let root = try #require(
                try registry.value(Int.self, "SELECT rootpage FROM sqlite_schema WHERE name = '\(table)'")
            )
            let size = try #require(try registry.value(Int.self, "PRAGMA page_size"))
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: registry.directory.databasePath))
            try file.seek(toOffset: UInt64((root - 1) * size))
            try file.write(contentsOf: Data(repeating: 0xA5, count: size))
            try file.close()
            do {
                let again = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 2)
                defer { again.store.close() }
                let findings = try await again.answer(Check()).findings
                #expect(findings.contains { $0.code == "database.damaged" })
            } catch let refusal as Refusal {
                #expect(refusal.code == .registryDamaged)
            }
        }
    }

    @Test("A check beside a busy writer finds nothing: the anchor moves on, and the check's state does not")
    func besideWriter() async throws {
        try await withTestRegistry { registry in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for number in 0..<60 { try await registry.addOrganization("o\(number)") } }
                for _ in 0..<5 {
                    let findings = try await registry.answer(Check()).findings
                    #expect(findings == [])
                }
                try await group.waitForAll()
            }
        }
    }

    /// A registry with something of everything that a check looks at: tokens 1 to 5, of which 1 to 3 are redeemed.
    static func use(_ registry: TestRegistry) async throws {
        _ = try await registry.addContoso()
        try await registry.importTokens(
            """
            code,sku,seats
            BBBBB-CCCCC-DDDDD-FFFFF-GGGGG,ENTERPRISEPACK,5
            BBBBB-CCCCC-DDDDD-FFFFF-HHHHH,ENTERPRISEPACK,5
            BBBBB-CCCCC-DDDDD-FFFFF-JJJJJ,ENTERPRISEPACK,5
            BBBBB-CCCCC-DDDDD-FFFFF-KKKKK,ENTERPRISEPACK,5
            """,
            of: "E1",
            overrides: [.r12]
        )
        try await registry.signUp("fabrikam.onmicrosoft.com")
        try await registry.addOrganization("other", country: "DE")
        try await registry.redeem(TokenID(number: 1))
        try await registry.redeem(TokenID(number: 2), on: "fabrikam.onmicrosoft.com", key: "k")
        try await registry.redeem(TokenID(number: 3), intent: .extend, overrides: [.r37])
        try await registry.addSubscription("STANDARDPACK")
        try await registry.addEnrollment("E2", program: "action-pack")
        _ = try await refusal { try await registry.redeem(TokenID(number: 1)) }
        _ = try await registry.code(of: TokenID(number: 4))
    }
}
