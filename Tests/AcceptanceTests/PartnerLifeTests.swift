import Foundation
import Testing

/// A partner who holds gold, moves to Modern Work in 2025, and redeems without codes in 2026.
@Suite("A day in the life of a partner who moves over")
struct PartnerLifeTests {
    private let tenant = "contoso.onmicrosoft.com"

    /// Runs a command, and expects it to succeed, or to be refused by a rule.
    @discardableResult
    private func run(_ sandbox: Sandbox, _ command: String, refusedBy rule: String? = nil) async throws -> String {
        let outcome = try await sandbox.tokenctl(command.split(separator: " ").map(String.init))
        if let rule {
            #expect(outcome.exitCode != 0 && outcome.error.contains("[\(rule)]"), "\(command): \(outcome.error)")
        } else {
            #expect(outcome.exitCode == 0, "\(command): \(outcome.error)")
        }
        return outcome.output + outcome.error
    }

    @Test("R08, R53, R54: gold's seats go on to their end, Modern Work has codes in 2025 and none in 2026")
    func life() async throws {
        let sandbox = try Sandbox()
        try await run(sandbox, "org add Contoso --id contoso --country DE")
        // Bought in the last weeks of its sale.
        try await run(
            sandbox,
            "enrollment add contoso --program gold-competency --start 2025-01-10 --id gold --tokens mint"
        )
        try await run(sandbox, "tenant signup contoso --domain \(tenant) --admin admin@contoso.com --on 2025-01-10")
        for token in 1...4 {
            try await run(sandbox, "redeem --token T\(token) --tenant \(tenant) --on 2025-01-11 --yes")
        }
        try await run(sandbox, "seat assign anna@contoso.com --tenant \(tenant) --sku ENTERPRISEPACK --on 2025-02-01")
        let next = try await run(sandbox, "renewal successors gold -o csv")
        #expect(next.contains("designation-modern-work,2026,designation,microsoft-365-e5,200,uncertain,1,yes"))

        // 2025: the designation, with codes; both count until gold's year ends.
        try await run(
            sandbox,
            "enrollment add contoso --program designation-modern-work --start 2025-06-01 --id mw --tokens mint"
        )
        let both = try await run(sandbox, "benefit list contoso --on 2025-07-01 -o csv")
        #expect(both.contains("gold,gold-competency,2014,office-suite"))
        #expect(both.contains("mw,designation-modern-work,2025,microsoft-365-e5"))
        try await run(
            sandbox,
            "redeem --benefit microsoft-365-e5 --tenant \(tenant) --on 2025-07-01 --yes",
            refusedBy: "R54"
        )
        let rehearsal = try await run(sandbox, "redeem --token T5 --tenant \(tenant) --on 2025-06-02 --dry-run")
        #expect(rehearsal.contains("R47") && rehearsal.contains("R48"))
        try await run(sandbox, "redeem --token T5 --tenant \(tenant) --on 2025-06-02 --yes")
        try await run(sandbox, "seat assign anna@contoso.com --tenant \(tenant) --sku SPE_E5 --on 2025-06-03")
        let after = try await run(sandbox, "benefit list contoso --on 2026-02-15 -o csv")
        #expect(!after.contains("gold-competency") && after.contains("mw,"))

        // 2026: the next year is of the edition that is ordered from.
        try await run(
            sandbox,
            "enrollment add contoso --program designation-modern-work --start 2026-07-01 --id mw26"
        )
        try await run(
            sandbox,
            "redeem --benefit microsoft-365-e5 --tenant \(tenant) --on 2026-07-02 --yes",
            refusedBy: "R54"
        )
        try await run(sandbox, "org add-billing-account contoso 12345678")
        try await run(sandbox, "tenant set-billing-account \(tenant) 12345678")
        let redeemed = try await run(
            sandbox,
            "redeem --benefit microsoft-365-e5 --tenant \(tenant) --on 2026-07-02 --yes -o json"
        )
        #expect(redeemed.contains("\"serviceEndsOn\" : \"2027-06-30\"") && redeemed.contains("\"seats\" : 200"))
        try await run(
            sandbox,
            "redeem --benefit microsoft-365-e5 --tenant \(tenant) --on 2026-07-03 --yes",
            refusedBy: "R54"
        )
        try await run(sandbox, "enrollment add contoso --program launch --start 2026-07-01 --id launch")
        try await run(sandbox, "enrollment add contoso --program core --start 2026-08-01", refusedBy: "R52")
        try await run(sandbox, "check")
    }
}
