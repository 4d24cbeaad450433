import Foundation
import Testing

@Suite("tokenctl redeem, as its users run it")
struct RedeemTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test("R29: a token is redeemed once; the second try is told when and where it went, and is recorded")
    func redeemsOnce() async throws {
        let code = try await sandbox.makeContoso()
        let first = try await sandbox.json(
            "redeem",
            code,
            "--tenant",
            "contoso.onmicrosoft.com",
            "--on",
            "2026-03-02",
            "--yes"
        )
        #expect(first.json["tokenId"] as? String == "T1")
        #expect(first.json["seats"] as? Int == 25)
        #expect(first.json["rightsEndOn"] as? String == "2027-01-14")
        #expect(first.json["serviceEndsOn"] as? String == "2027-03-02")
        #expect(first.json["dryRun"] as? Bool == false)

        let second = try await sandbox.tokenctl(
            "redeem",
            code,
            "--tenant",
            "contoso.onmicrosoft.com",
            "--yes",
            "-o",
            "json"
        )
        #expect(second.exitCode == 5)
        #expect(second.output.isEmpty)
        #expect(second.problem["code"] as? String == "token.already-redeemed")
        #expect(second.problem["rule"] as? String == "R29")
        #expect(second.problem["redeemedOn"] as? String == "2026-03-02")
        #expect(second.problem["tenantDomain"] as? String == "contoso.onmicrosoft.com")

        let log = try await sandbox.json("audit", "log", "--subject", "T1")
        #expect(log.list.map { $0["action"] as? String } == ["token.reveal", "token.redeem", "token.redeem-refused"])
    }

    @Test("R31: UPDATE, DELETE and REPLACE on a redemption and on its seats are refused by the database itself")
    func databaseRefusesMoves() async throws {
        let code = try await sandbox.makeContoso()
        try await sandbox.json("redeem", code, "--tenant", "contoso.onmicrosoft.com", "--yes")
        for statement in [
            "UPDATE redemptions SET tenant = 2",
            "DELETE FROM redemptions",
            "INSERT OR REPLACE INTO redemptions SELECT * FROM redemptions",
            "UPDATE seat_blocks SET tenant = 2",
            "UPDATE seat_blocks SET seats = 26",
            "DELETE FROM seat_blocks",
            "REPLACE INTO seat_blocks SELECT * FROM seat_blocks",
            "DELETE FROM audit WHERE sequence = 1",
            "DELETE FROM seals WHERE number = 1",
            "UPDATE ledgers SET sequence = 1",
        ] {
            let outcome = try await sandbox.sqlite3(statement)
            #expect(outcome.exitCode != 0, "\(statement) was not refused")
        }
        let seats = try await sandbox.json("seat", "list", "contoso.onmicrosoft.com")
        #expect((seats.list.first?["prepaidUnits"] as? [String: Int])?["enabled"] == 25)
    }

    @Test("A dry run answers the same and writes nothing, not even a ledger row")
    func dryRun() async throws {
        let code = try await sandbox.makeContoso()
        let before = try await sandbox.json("audit", "verify").json["head"] as? String
        let plan = try await sandbox.json("redeem", code, "--tenant", "contoso.onmicrosoft.com", "--dry-run")
        #expect(plan.json["dryRun"] as? Bool == true)
        #expect(plan.json["seats"] as? Int == 25)
        #expect(try await sandbox.json("audit", "verify").json["head"] as? String == before)
        #expect(try await sandbox.json("token", "show", "T1").json["status"] as? String == "unredeemed")
    }

    @Test("Without a terminal and without --yes nothing is done, and the exit code is 64")
    func needsYes() async throws {
        let code = try await sandbox.makeContoso()
        let outcome = try await sandbox.tokenctl("redeem", code, "--tenant", "contoso.onmicrosoft.com")
        #expect(outcome.exitCode == 64)
        #expect(outcome.error.contains("--yes"))
        #expect(try await sandbox.json("token", "show", "T1").json["status"] as? String == "unredeemed")
    }

    @Test("The same idempotency key gives the first answer again; with another request it is a conflict")
    func idempotencyKey() async throws {
        let code = try await sandbox.makeContoso()
        let arguments = [
            "redeem", code, "--tenant", "contoso.onmicrosoft.com", "--yes", "--idempotency-key", "k1", "-o", "json",
        ]
        let first = try await sandbox.tokenctl(arguments)
        let again = try await sandbox.tokenctl(arguments)
        #expect(first.exitCode == 0)
        #expect(again.exitCode == 0)
        #expect(first.output == again.output)
        let other = try await sandbox.tokenctl(arguments + ["--on", "2026-02-01"])
        #expect(other.exitCode == 5)
        #expect(other.problem["code"] as? String == "idempotency.key-reused")
    }

    @Test("The code is read from standard input and from a file")
    func codeFromElsewhere() async throws {
        let code = try await sandbox.makeContoso()
        let fromInput = try await sandbox.tokenctl(
            ["redeem", "-", "--tenant", "contoso.onmicrosoft.com", "--dry-run"],
            input: code.lowercased() + "\n"
        )
        #expect(fromInput.exitCode == 0, "\(fromInput.error)")
        let file = "\(sandbox.directory)/code"
        try code.replacing("-", with: " ").write(toFile: file, atomically: true, encoding: .utf8)
        let fromFile = try await sandbox.tokenctl(
            "redeem",
            "--code-file",
            file,
            "--tenant",
            "contoso.onmicrosoft.com",
            "--dry-run"
        )
        #expect(fromFile.exitCode == 0, "\(fromFile.error)")
    }

    @Test(
        "Bad input gets its own exit code and says what is wrong",
        arguments: [
            (["BCDFG-HJKMP-QRTVW-XY234-6789", "--tenant", "contoso.onmicrosoft.com"], 65, "code.malformed"),
            (["BCDFG-HJ#MP-QRTVW-XY234-67896", "--tenant", "contoso.onmicrosoft.com"], 65, "code.malformed"),
            (["BCDFG-HJKMP-QRTVW-XY234-67896", "--tenant", "contoso.onmicrosoft.com"], 3, "token.not-found"),
            (["--token", "T1", "--tenant", "contosso.onmicrosoft.com"], 3, "tenant.not-found"),
            (["--token", "T99", "--tenant", "contoso.onmicrosoft.com"], 3, "token.not-found"),
            (["--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--on", "2199-01-01"], 65, "date.in-future"),
            (["--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--on", "2026-01-14"], 65, "date.too-early"),
            (["--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--on", "2026-02-30"], 65, "input.invalid"),
            (["--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--intent", "extend"], 9, "intent.not-allowed"),
            (["--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--intent", "move"], 65, "input.invalid"),
            (["--tenant", "contoso.onmicrosoft.com"], 64, "usage"),
        ] as [([String], Int32, String)]
    )
    func badInput(arguments: [String], exitCode: Int32, code: String) async throws {
        _ = try await sandbox.makeContoso()
        let outcome = try await sandbox.tokenctl(["redeem"] + arguments + ["--yes", "-o", "json"])
        #expect(outcome.exitCode == exitCode, "\(outcome.error)")
        #expect(outcome.problem["code"] as? String == code)
        #expect(outcome.problem["detail"] as? String != nil)
        #expect(!outcome.error.contains("BCDFG"), "a code was echoed")
    }

    @Test("A tenant that is almost right is suggested")
    func nearNames() async throws {
        _ = try await sandbox.makeContoso()
        let outcome = try await sandbox.tokenctl(
            "redeem",
            "--token",
            "T1",
            "--tenant",
            "contosso.onmicrosoft.com",
            "--yes"
        )
        #expect(outcome.error.contains("contoso.onmicrosoft.com?"))
    }

    @Test("R39: a tenant with a business SKU refuses programme tokens, and names the subscription in the way")
    func businessTenant() async throws {
        _ = try await sandbox.makeContoso()
        try await sandbox.json(
            "tenant",
            "add-subscription",
            "contoso.onmicrosoft.com",
            "--sku",
            "O365_BUSINESS_PREMIUM",
            "--seats",
            "3",
            "--source",
            "Web direct"
        )
        let outcome = try await sandbox.tokenctl(
            "redeem",
            "--token",
            "T1",
            "--tenant",
            "contoso.onmicrosoft.com",
            "--yes",
            "-o",
            "json"
        )
        #expect(outcome.exitCode == 9)
        #expect(outcome.problem["rule"] as? String == "R39")
        #expect((outcome.problem["detail"] as? String)?.contains("Web direct") == true)
    }

    @Test("R39: after programme seats an E or K subscription may join, a business one may not")
    func subscriptionAfterTokens() async throws {
        let code = try await sandbox.makeContoso()
        try await sandbox.json("redeem", code, "--tenant", "contoso.onmicrosoft.com", "--yes")
        for (sku, exitCode) in [("STANDARDPACK", 0), ("DESKLESSPACK", 0), ("INTUNE_A", 0), ("SPB", 9), ("NO_SUCH", 3)] {
            let outcome = try await sandbox.tokenctl(
                "tenant",
                "add-subscription",
                "contoso.onmicrosoft.com",
                "--sku",
                sku,
                "--seats",
                "5",
                "--source",
                "Volume licensing"
            )
            #expect(outcome.exitCode == Int32(exitCode), "\(sku): \(outcome.error)")
        }
    }

    @Test("R30: a token of one organisation is refused on another's tenant")
    func otherOrganization() async throws {
        let code = try await sandbox.makeContoso()
        try await sandbox.json("org", "add", "Fabrikam", "--id", "fabrikam", "--country", "US")
        try await sandbox.json("tenant", "signup", "fabrikam", "--domain", "fabrikam.com", "--admin", "a@fabrikam.com")
        let outcome = try await sandbox.tokenctl("redeem", code, "--tenant", "fabrikam.com", "--yes", "-o", "json")
        #expect(outcome.exitCode == 9)
        #expect(outcome.problem["code"] as? String == "token.other-organization")
    }

    @Test("R33: a token whose programme year is over is void; one redeemed on its last day is recorded")
    func lastDay() async throws {
        let code = try await sandbox.makeContoso(start: "2024-01-15")
        let late = try await sandbox.tokenctl(
            "redeem",
            code,
            "--tenant",
            "contoso.onmicrosoft.com",
            "--on",
            "2025-01-15",
            "--yes",
            "-o",
            "json"
        )
        #expect(late.exitCode == 9)
        #expect(late.problem["rule"] as? String == "R33")
        #expect(try await sandbox.json("token", "list", "contoso", "--status", "void").list.count == 1)
        try await sandbox.json("redeem", code, "--tenant", "contoso.onmicrosoft.com", "--on", "2025-01-14", "--yes")
        #expect(try await sandbox.json("token", "list", "contoso", "--status", "void").list.isEmpty)
    }
}
