import Foundation
import Testing

@Suite("tokenctl tenant, as its users run it")
struct TenantTests {
    let sandbox: Sandbox

    init() async throws {
        sandbox = try Sandbox()
        try await sandbox.json("org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE")
        try await sandbox.json("org", "add", "Fabrikam", "--id", "fabrikam", "--country", "US")
    }

    private func signup(
        _ organization: String,
        _ domain: String,
        admin: String = "admin@contoso.com",
        _ more: String...
    ) async throws -> Sandbox.Outcome {
        try await sandbox.tokenctl(
            ["tenant", "signup", organization, "--domain=\(domain)", "--admin", admin, "-o", "json"] + more
        )
    }

    @Test(
        "R43: the first sign-up makes the account; a later one with another administrator is done, warned of and recorded"
    )
    func laterSignup() async throws {
        let first = try await signup("contoso", "contoso.com")
        #expect(first.exitCode == 0)
        #expect((first.json["warnings"] as? [Any])?.isEmpty == true)
        let same = try await signup("contoso", "contoso.com", "--service", "azure")
        #expect(same.json["id"] as? String == first.json["id"] as? String)
        #expect((same.json["warnings"] as? [Any])?.isEmpty == true)
        let other = try await signup("contoso", "contoso.com", admin: "other@contoso.com", "--service", "dynamics-crm")
        #expect(other.exitCode == 0)
        let warnings = try #require(other.json["warnings"] as? [[String: Any]])
        #expect(warnings.map { $0["rule"] as? String } == ["R43"])
        #expect(other.error.contains("R43"))
        let services = try #require(other.json["services"] as? [[String: Any]])
        #expect(services.map { $0["administrator"] as? String }.last == "other@contoso.com")
    }

    @Test("R51: a domain belongs to one tenant, whatever its case; a subdomain may belong to another")
    func oneTenantADomain() async throws {
        #expect(try await signup("contoso", "contoso.com").exitCode == 0)
        #expect(try await signup("fabrikam", "fabrikam.com", admin: "a@fabrikam.com").exitCode == 0)
        let taken = try await sandbox.tokenctl("tenant", "add-domain", "fabrikam.com", "Contoso.COM", "-o", "json")
        #expect(taken.exitCode == 5)
        #expect(taken.problem["code"] as? String == "domain.taken")
        #expect(taken.problem["rule"] as? String == "R51")
        #expect(try await signup("fabrikam", "CONTOSO.com", admin: "a@fabrikam.com").exitCode == 5)
        let subdomain = try await sandbox.json("tenant", "add-domain", "fabrikam.com", "labs.contoso.com")
        #expect(subdomain.json["domains"] as? [String] == ["fabrikam.com", "labs.contoso.com"])
        let found = try await sandbox.json("tenant", "show", "LABS.contoso.com")
        #expect(found.json["organizationId"] as? String == "fabrikam")
    }

    @Test(
        "A domain is validated as the DNS does it",
        arguments: [
            ("contoso", 65), ("-contoso.com", 65), ("contoso-.com", 65), ("con_toso.com", 65), ("contoso..com", 65),
            (String(repeating: "a", count: 64) + ".com", 65), ("bücher.example", 0), ("xn--bcher-kva.example", 0),
            ("contoso.com.", 0),
        ]
    )
    func domains(domain: String, exitCode: Int) async throws {
        let outcome = try await signup("contoso", domain)
        #expect(outcome.exitCode == Int32(exitCode), "\(outcome.error)")
        if domain.hasPrefix("bücher") {
            #expect(outcome.json["domains"] as? [String] == ["xn--bcher-kva.example"])
        }
    }

    @Test("An organisation's time zone is its country's where there is one, and else UTC with a warning")
    func timeZone() async throws {
        let german = try await sandbox.json("org", "show", "contoso")
        #expect(german.json["timeZone"] as? String == "Europe/Berlin")
        let american = try await sandbox.json("org", "add", "Wingtip", "--id", "wingtip", "--country", "US")
        #expect(american.json["timeZone"] as? String == "UTC")
        #expect((american.json["warnings"] as? [Any])?.count == 1)
        #expect(american.error.contains("America/New_York"))
        let stated = try await sandbox.json(
            "org",
            "add",
            "Tailspin",
            "--id",
            "tailspin",
            "--country",
            "US",
            "--time-zone",
            "America/Chicago"
        )
        #expect((stated.json["warnings"] as? [Any])?.isEmpty == true)
    }

    @Test("A tenant whose id is not known has none, is used by its domain, and gets its id once")
    func withoutID() async throws {
        let made = try await signup("contoso", "contoso.com")
        #expect(made.json["id"] is NSNull)
        try await sandbox.json(
            "enrollment",
            "add",
            "contoso",
            "--program",
            "gold-competency",
            "--start",
            RenewalTests.day(-60),
            "--tokens",
            "mint"
        )
        let redeemed = try await sandbox.json("redeem", "--token", "T1", "--tenant", "contoso.com", "--yes")
        #expect(redeemed.json["tenantId"] is NSNull)
        #expect(redeemed.json["tenantDomain"] as? String == "contoso.com")

        let id = "48a80680-7326-48cd-9935-b556b81d3a4e"
        let dry = try await sandbox.json("tenant", "set-id", "contoso.com", id, "--dry-run")
        #expect(dry.json["id"] as? String == id)
        #expect(try await sandbox.json("tenant", "show", "contoso.com").json["id"] is NSNull)
        #expect(try await sandbox.json("tenant", "set-id", "contoso.com", id.uppercased()).json["id"] as? String == id)
        #expect(try await sandbox.json("tenant", "set-id", "contoso.com", id).json["id"] as? String == id)
        #expect(try await sandbox.json("token", "show", "T1").json["tenantId"] as? String == id)
        #expect(try await sandbox.json("seat", "list", id).list.count == 1)

        let changed = try await sandbox.tokenctl("tenant", "set-id", id, String(id.reversed()), "-o", "json")
        #expect(changed.exitCode == 65)
        let other = id.replacingOccurrences(of: "48a8", with: "58a8")
        #expect(try await sandbox.tokenctl("tenant", "set-id", id, other, "-o", "json").exitCode == 5)
        #expect(try await signup("fabrikam", "fabrikam.com", admin: "a@fabrikam.com").exitCode == 0)
        let taken = try await sandbox.tokenctl("tenant", "set-id", "fabrikam.com", id, "-o", "json")
        #expect(taken.exitCode == 5)
        #expect(taken.problem["code"] as? String == "identifier.taken")
        #expect(!taken.error.contains("contoso"))
    }

    @Test("A tenant is found by its id in either case, and keeps the id that was given")
    func tenantID() async throws {
        let id = "48A80680-7326-48CD-9935-B556B81D3A4E"
        let made = try await signup("contoso", "contoso.com", "--tenant-id", id)
        #expect(made.json["id"] as? String == id.lowercased())
        #expect(try await sandbox.json("tenant", "show", id).json["administrator"] as? String == "admin@contoso.com")
        #expect(try await signup("contoso", "other.com", "--tenant-id", id).exitCode == 5)
        #expect(try await signup("contoso", "other.com", "--tenant-id", "48A80680").exitCode == 65)
    }
}
