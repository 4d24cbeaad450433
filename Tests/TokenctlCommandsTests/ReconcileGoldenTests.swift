import Foundation
import Testing

@testable import TokenctlCommands

@Suite("What people read and scripts parse of a reconciliation")
struct ReconcileGoldenTests {
    @Test("A gold partner's tenant, held against exports")
    func goldPartner() async throws {
        let stage = Stage()
        let exports = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/exports").path
        let empty = try stage.file("empty.json", "{\"value\": [\n]}\n")
        let broken = try stage.file("broken.json", "{\"value\": [\n  {\"skuPartNumber\": \"ENTERPRISEPACK\",}\n]}\n")
        let many = try stage.file(
            "many.csv",
            "User principal name,Licenses\n" + (1...25).map { "user\($0)@contoso.com,Office 365 E3\n" }.joined()
        )
        let crowd = try stage.file(
            "crowd.csv",
            "User principal name,Licenses\n" + (10...62).map { "user\($0)@contoso.com,Office 365 E3\n" }.joined()
        )
        let strangers = try stage.file("strangers.csv", "User principal name,Licenses\na@fabrikam.com,Office 365 E3\n")
        try FileManager.default.createDirectory(
            atPath: "\(stage.directory)/exports",
            withIntermediateDirectories: true
        )
        _ = try stage.file("exports/1.csv", "User principal name,Licenses\nuser10@contoso.com,Office 365 E3\n")
        _ = try stage.file("exports/2.txt", "Notes, not an export.\n")
        _ = try stage.file(
            "exports/contoso.com.json",
            "{\"skuPartNumber\": \"ENTERPRISEPACK\", \"consumedUnits\": 50, \"prepaidUnits\": {\"enabled\": 50}}"
        )
        let lines = [
            "init -q",
            "org add Contoso --id contoso --country US -q",
            "enrollment add contoso --program gold-competency --start 2026-01-01 --id gold --tokens mint -q",
            "tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.com -q",
            "reconcile contoso.onmicrosoft.com \(exports)/get-msolaccountsku.txt",
            "redeem --token T1 --tenant contoso.onmicrosoft.com --yes -q",
            "redeem --token T2 --tenant contoso.onmicrosoft.com --yes -q",
            "tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.com --service intune "
                + "--enrollment gold -q",
            "tenant add-domain contoso.onmicrosoft.com contoso.com -q",
            "seat assign anna@contoso.com --tenant contoso.com --sku ENTERPRISEPACK -q",
            "seat assign carl@contoso.com --tenant contoso.com --sku ENTERPRISEPACK -q",
            "reconcile contoso.onmicrosoft.com \(exports)/get-msolaccountsku.txt --ignore CRMIUR",
            "reconcile contoso.onmicrosoft.com \(exports)/graph-subscribed-skus.json -o csv",
            "reconcile contoso.onmicrosoft.com \(exports)/admin-centre-users.csv -o json",
            "reconcile contoso.onmicrosoft.com \(exports)/graph-users.json -o ndjson --detailed-exitcode",
            "reconcile contoso.onmicrosoft.com \(many)",
            "reconcile contoso.onmicrosoft.com \(exports)/graph-users.json --apply --dry-run",
            "reconcile contoso.onmicrosoft.com \(exports)/graph-users.json --apply -o json",
            "reconcile contoso.onmicrosoft.com \(exports)/graph-subscribed-skus.json --apply --idempotency-key one",
            "reconcile contoso.onmicrosoft.com \(exports)/graph-subscribed-skus.json --apply --idempotency-key one",
            "reconcile contoso.onmicrosoft.com \(strangers) --apply",
            "reconcile --org contoso \(stage.directory)/exports",
            "reconcile --org contoso \(exports)/get-msolaccountsku.txt \(stage.directory)/exports -o csv",
            "reconcile --org contoso \(stage.directory)/exports/1.csv -o json",
            "reconcile --org nobody \(empty)",
            "reconcile contoso.onmicrosoft.com \(crowd) --apply",
            "reconcile contoso.onmicrosoft.com \(crowd) --apply --one-by-one",
            "reconcile contoso.onmicrosoft.com",
            "reconcile contoso.onmicrosoft.com \(empty) \(broken)",
            "reconcile contoso.onmicrosoft.com \(empty) --one-by-one",
            "reconcile contoso.onmicrosoft.com \(empty)",
            "reconcile contoso.onmicrosoft.com \(broken)",
            "reconcile contoso.onmicrosoft.com \(broken) -o json",
            "reconcile contoso.onmicrosoft.com \(stage.directory)/none.json",
        ]
        var text = ""
        for line in lines {
            let outcome = await stage.run(line.split(separator: " ").map(String.init))
            guard !line.hasSuffix(" -q") || outcome.exitCode != 0 else { continue }
            text += "$ tokenctl \(line.replacing(exports, with: "EXPORTS").replacing(stage.directory, with: "DIR"))\n"
            text += outcome.output + outcome.error + "[\(outcome.exitCode)]\n\n"
        }
        try expectGolden(text, "reconcile")
    }
}
