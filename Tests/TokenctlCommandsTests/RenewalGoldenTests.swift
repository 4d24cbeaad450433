import Testing

@testable import TokenctlCommands

@Suite("What people read and scripts parse of renewals")
struct RenewalGoldenTests {
    /// Commands, and the days between them.
    private enum Step {
        case day(String)
        case run([String])
    }

    @Test("Due, calendar, plan, apply, lapse and replace: tables, JSON, CSV and errors")
    func renewal() async throws {
        let stage = Stage()
        let plan = "\(stage.directory)/plan.json"
        let tenant = "contoso.onmicrosoft.com"
        let steps: [Step] = [
            .run(["init", "-q"]),
            .run(["org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE", "-q"]),
            .run([
                "enrollment", "add", "contoso", "--program", "silver-competency", "--start", "2026-01-15", "--id", "sc",
                "--tokens", "mint",
            ]),
            .run([
                "enrollment", "add", "contoso", "--program", "action-pack", "--start", "2026-01-20", "--id", "ap",
                "--tokens", "mint",
            ]),
            .run([
                "tenant", "signup", "contoso", "--domain", tenant, "--admin", "admin@contoso.com", "--tenant-id",
                "48A80680-7326-48CD-9935-B556B81D3A4E",
            ]),
            .run(["redeem", "--token", "T1", "--tenant", tenant, "--yes"]),
            .run(["token", "replace", "T1", "--code", "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK", "--yes"]),
            .run(["token", "replace", "T1", "--code", "P3WQM-7HVKT-R9XBD-4CJ6F-2GY8M", "--yes", "-o", "json"]),
            .run(["redeem", "--token", "T3", "--tenant", tenant, "--yes"]),
            .run(["seat", "assign", "ann@contoso.com", "--tenant", tenant, "--sku", "ENTERPRISEPACK"]),
            .run(["renewal", "calendar", "contoso"]),
            .run(["renewal", "due", "--within", "30d"]),
            .day("2027-01-16"),
            .run(["renewal", "due", "--within", "30d", "--detailed-exitcode"]),
            .run(["renewal", "due", "-o", "csv"]),
            .run(["renewal", "calendar", "contoso", "--format", "ical"]),
            .run(["renewal", "plan", "sc"]),
            .run(["renewal", "plan", "sc", "-o", "json"]),
            .run(["renewal", "plan", "sc", "--program", "gold-competency"]),
            .run(["renewal", "plan", "sc", "--out", plan]),
            .run(["seat", "assign", "bob@contoso.com", "--tenant", tenant, "--sku", "ENTERPRISEPACK", "-q"]),
            .run(["renewal", "apply", plan]),
            .run(["renewal", "apply", plan, "--yes"]),
            .run(["renewal", "apply", plan, "--yes", "-o", "json"]),
            .run(["renewal", "plan", "sc", "--out", plan]),
            .run(["renewal", "apply", plan, "--redeem", "--dry-run"]),
            .run(["renewal", "apply", plan, "--redeem", "--yes"]),
            .run(["renewal", "apply", plan, "--redeem", "--yes", "-o", "json"]),
            .run(["renewal", "plan", "sc"]),
            .run(["renewal", "apply", "--all-due"]),
            .run(["renewal", "lapse", "ap", "--on", "2027-01-19", "--yes"]),
            .run(["renewal", "lapse", "ap", "--on", "2027-01-20", "--dry-run"]),
            .day("2027-02-20"),
            .run(["renewal", "plan", "ap"]),
            .run(["renewal", "lapse", "ap", "--on", "2027-02-19", "--yes", "-o", "json"]),
        ]
        var text = ""
        for step in steps {
            switch step {
            case .day(let day):
                stage.clock.move(to: day)
                text += "# \(day)\n\n"
            case .run(let arguments):
                let outcome = await stage.run(arguments)
                let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0.replacing(stage.directory, with: "DIR") }
                text += "$ tokenctl \(words.joined(separator: " "))\n\(outcome.output)\(outcome.error)"
                text += outcome.exitCode == 0 ? "\n" : "exit code \(outcome.exitCode)\n\n"
            }
        }
        try expectGolden(text.replacing("\r\n", with: "␍\n"), "renewal")
    }
}
