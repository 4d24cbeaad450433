import Foundation
import Testing

@testable import TokenctlCommands

@Suite("What people read and scripts parse of the status")
struct StatusGoldenTests {
    @Test("An empty registry, an empty organisation, and one with something to tell")
    func status() async throws {
        let stage = Stage()
        let lines = [
            "status", "init -q", "status", "status nobody", "org add Contoso --id contoso --country US -q",
            "status contoso",
            "enrollment add contoso --program silver-competency --start 2025-05-01 --id silver --tokens mint -q",
            "tenant signup contoso --domain contoso.com --admin admin@contoso.com --on 2025-05-02 -q",
            "redeem --token T1 --tenant contoso.com --on 2025-05-02 --yes -q",
            "seat assign ann@contoso.com --tenant contoso.com --sku ENTERPRISEPACK -q",
            "enrollment add contoso --program gold-competency --start 2026-01-15 --id gold --tokens mint -q",
            "status", "status --detailed-exitcode -q -o csv", "status contoso -o wide", "status -o json",
            "status --tell renewal-due --within 8w", "status --ignore ENTERPRISEPACK", "status --tell everything",
            "config set status-tell renewal-due,nothing", "config set status-within soon",
            "config set status-tell renewal-due -q", "config set status-within 90d -q", "status",
            "status --tell seats-lapse --within 0d", "status --follow -o json", "status --follow --detailed-exitcode",
            "status --every 0",
        ]
        var text = ""
        for line in lines {
            let outcome = await stage.run(line.split(separator: " ").map(String.init))
            guard !line.hasSuffix(" -q") || outcome.exitCode != 0 else { continue }
            // The head follows from names that are drawn.
            let output = outcome.output.replacing(/[0-9a-f]{64}/, with: "HASH")
            text += "$ tokenctl \(line)\n\(output)\(outcome.error)[\(outcome.exitCode)]\n\n"
        }
        try expectGolden(text, "status")
    }
}
