import Foundation
import Testing

@testable import TokenctlCommands

@Suite("Adopting a tenant that has lived for years")
struct AdoptionTests {
    private static let tenant = "contoso.onmicrosoft.com"

    private func stage() async -> Stage {
        let stage = Stage()
        for line in [
            "init", "org add Contoso --id contoso --country US", "location add contoso Lyon --id lyon --country FR",
            "enrollment add contoso --program gold-competency --start 2026-01-01 --id gold --tokens mint",
            "tenant signup contoso --domain \(Self.tenant) --admin admin@contoso.com --on 2026-01-02",
            "tenant add-domain \(Self.tenant) contoso.com",
        ] {
            await stage.run(line.split(separator: " ").map(String.init))
        }
        return stage
    }

    private static let skus = """
        {"value": [
        {"skuPartNumber": "ENTERPRISEPACK", "consumedUnits": 30, "prepaidUnits": {"enabled": 35, "warning": 0}},
        {"skuPartNumber": "ENTERPRISEPREMIUM", "consumedUnits": 2, "prepaidUnits": {"enabled": 7, "warning": 0}},
        {"skuPartNumber": "FLOW_FREE", "consumedUnits": 9, "prepaidUnits": {"enabled": 10000, "warning": 0}}]}
        """
    private static let purchases = """
        {"value": [
        {"skuPartNumber": "ENTERPRISEPACK", "totalLicenses": 35, "status": "Enabled", "isTrial": false,
         "createdDateTime": "2024-10-01T00:00:00Z", "nextLifecycleDateTime": "2026-10-01T00:00:00Z"},
        {"skuPartNumber": "ENTERPRISEPREMIUM", "totalLicenses": 5, "status": "Enabled", "isTrial": false,
         "createdDateTime": "2024-10-01T00:00:00Z", "nextLifecycleDateTime": "2026-10-01T00:00:00Z"},
        {"skuPartNumber": "ENTERPRISEPREMIUM", "totalLicenses": 2, "status": "Enabled", "isTrial": false,
         "createdDateTime": "2026-02-01T00:00:00Z", "nextLifecycleDateTime": "2027-02-01T00:00:00Z"}]}
        """
    private static let users =
        "User principal name,Licenses\n"
        + (1...30).map { "u\($0)@contoso.com,Office 365 E3\n" }.joined()
        + "vip@contoso.com,Office 365 E5+Microsoft Power Automate Free\nceo@contoso.com,Office 365 E5\nguest@contoso.com,Unlicensed\n"

    /// Runs what was proposed, as it was printed.
    private func carryOut(_ proposed: Stage.Outcome, on stage: Stage) async {
        for line in proposed.output.split(separator: "\n") {
            let words = line.replacing("DIR", with: stage.directory).split(separator: " ").dropFirst().map(String.init)
            let outcome = await stage.run(words + (words.first == "redeem" ? ["--yes"] : []))
            #expect(outcome.exitCode == 0, "\(line): \(outcome.error)")
        }
    }

    @Test("What is proposed settles all that differs, and run again records nothing more")
    func roundTrip() async throws {
        let stage = await stage()
        let skus = try stage.file("skus.json", Self.skus)
        let purchases = try stage.file("purchases.json", Self.purchases)
        let users = try stage.file("users.csv", Self.users)
        let adopt = ["reconcile", Self.tenant, skus, purchases, users, "--adopt", "\(stage.directory)/adopt"]
        let proposed = await stage.run(adopt + ["--location", "lyon"])
        #expect(proposed.exitCode == 0)
        #expect(
            proposed.output.split(separator: "\n").map { $0.replacing(/adopt-[0-9a-f]{16}/, with: "KEY") } == [
                "tokenctl redeem --token T1 --tenant \(Self.tenant)",
                "tokenctl tenant add-subscription --file DIR/adopt/\(Self.tenant)-subscriptions.csv --yes --idempotency-key KEY",
                "tokenctl seat assign --file DIR/adopt/\(Self.tenant)-assign.csv --yes --idempotency-key KEY",
            ]
        )
        let rows = try String(
            contentsOfFile: "\(stage.directory)/adopt/\(Self.tenant)-subscriptions.csv",
            encoding: .utf8
        )
        #expect(
            rows.split(whereSeparator: \.isNewline).map(String.init) == [
                "tenant,sku,seats,source,ends,on",
                "\(Self.tenant),ENTERPRISEPACK,10,bought earlier,,",
                "\(Self.tenant),ENTERPRISEPREMIUM,5,bought earlier,2026-10-01,2026-01-02",
                "\(Self.tenant),ENTERPRISEPREMIUM,2,bought earlier,2027-02-01,2026-02-01",
            ]
        )
        await carryOut(proposed, on: stage)
        for file in [skus, purchases, users] {
            let after = await stage.run(["reconcile", Self.tenant, file, "--detailed-exitcode", "-o", "csv"])
            #expect(after.exitCode == 0, "\(after.output)")
        }
        let shown = await stage.run(["user", "list", "contoso", "-o", "csv"]).output
        #expect(shown.split(whereSeparator: \.isNewline).count { $0.contains(",lyon,") } == 32)

        // An idempotency key: the same files are recorded once.
        await carryOut(
            Stage.Outcome(
                exitCode: 0,
                output: proposed.output.split(separator: "\n").filter { !$0.contains("redeem") }.joined(
                    separator: "\n"
                ),
                error: ""
            ),
            on: stage
        )
        #expect(await stage.run(["reconcile", Self.tenant, skus, "--detailed-exitcode"]).exitCode == 0)
        let again = await stage.run(adopt)
        #expect(again.output.isEmpty && again.error.contains("There is nothing to record."))
        let emptied = try String(contentsOfFile: "\(stage.directory)/adopt/\(Self.tenant)-assign.csv", encoding: .utf8)
        #expect(emptied.split(whereSeparator: \.isNewline).count == 1)
    }

    @Test("Users alone say how many seats there are; who left is released")
    func usersAlone() async throws {
        let stage = await stage()
        let users = try stage.file(
            "users.csv",
            "User principal name,Licenses\na@contoso.com,Office 365 E3\nb@contoso.com,Office 365 E3\n"
        )
        let adopt = ["reconcile", Self.tenant, users, "--adopt", "\(stage.directory)/adopt", "--source", "Reseller"]
        let proposed = await stage.run(adopt)
        #expect(proposed.output.contains("add-subscription") && proposed.output.contains("seat assign"))
        await carryOut(proposed, on: stage)
        #expect(await stage.run(["seat", "list", Self.tenant, "-o", "csv"]).output.contains(",Reseller"))
        let fewer = try stage.file("users.csv", "User principal name,Licenses\nb@contoso.com,Office 365 E3\n")
        let released = await stage.run(["reconcile", Self.tenant, fewer, "--adopt", "\(stage.directory)/adopt"])
        #expect(released.output.contains("tokenctl seat release --file"))
        await carryOut(released, on: stage)
        #expect(await stage.run(["reconcile", Self.tenant, fewer, "--detailed-exitcode"]).exitCode == 0)
    }

    @Test("R39: what may not share the tenant is left to a decision, its users too")
    func incompatible() async throws {
        let stage = await stage()
        await stage.run(["redeem", "--token", "T1", "--tenant", Self.tenant, "--yes"])
        let users = try stage.file(
            "users.csv",
            "User principal name,Licenses\na@contoso.com,Office 365 Small Business\n"
        )
        let skus = try stage.file(
            "skus.json",
            #"{"value": [{"skuPartNumber": "LITEPACK", "consumedUnits": 1, "prepaidUnits": {"enabled": 5}}]}"#
        )
        let proposed = await stage.run([
            "reconcile", Self.tenant, skus, users, "--adopt", "\(stage.directory)/adopt", "--detailed-exitcode",
        ])
        #expect(proposed.exitCode == 10)
        #expect(!proposed.output.contains("add-subscription") && !proposed.output.contains("assign"))
        #expect(proposed.error.contains("LITEPACK may not share"))
    }

    @Test("A folder of an organisation's files; wrong words, and a folder that cannot be written")
    func folders() async throws {
        let stage = await stage()
        _ = try stage.file("none", "")
        try FileManager.default.createDirectory(atPath: "\(stage.directory)/in", withIntermediateDirectories: true)
        _ = try stage.file("in/\(Self.tenant).json", Self.skus)
        _ = try stage.file("in/users.csv", Self.users)
        let proposed = await stage.run([
            "reconcile", "--org", "contoso", "\(stage.directory)/in", "--adopt", "\(stage.directory)/adopt", "-o",
            "json",
        ])
        #expect(proposed.exitCode == 0, "\(proposed.error)")
        #expect(proposed.output.contains("\"rows\" : 32"))
        let skus = "\(stage.directory)/in/\(Self.tenant).json"
        let inFile = await stage.run(["reconcile", Self.tenant, skus, "--adopt", "\(stage.directory)/none/x"])
        #expect(inFile.exitCode == 73)
        for wrong in [["--apply"], ["--one-by-one"], ["--dry-run"]] {
            #expect(
                await stage.run(["reconcile", Self.tenant, skus, "--adopt", "x"] + wrong).exitCode == 64,
                "\(wrong)"
            )
        }
        #expect(await stage.run(["reconcile", Self.tenant, skus, "--source", "x"]).exitCode == 64)
        #expect(await stage.run(["reconcile", Self.tenant, skus, skus]).exitCode == 64)
    }
}
