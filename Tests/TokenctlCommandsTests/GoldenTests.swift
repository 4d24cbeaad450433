import ArgumentParser
import Testing

@testable import TokenctlCommands

@Suite("What people read and scripts parse")
struct GoldenTests {
    /// Every command of the tree, by its words.
    private static func commands(of command: any ParsableCommand.Type = Tokenctl.self, _ path: [String] = [])
        -> [[String]]
    {
        [path]
            + command.configuration.subcommands.flatMap { subcommand in
                commands(of: subcommand, path + [subcommand.configuration.commandName ?? ""])
            }
    }

    @Test("The help of every command")
    func help() async throws {
        let stage = Stage()
        var text = ""
        for command in Self.commands() {
            let outcome = await stage.run(command + ["--help"])
            #expect(outcome.exitCode == 0)
            text += "$ tokenctl \((command + ["--help"]).joined(separator: " "))\n\(outcome.output)\n"
        }
        try expectGolden(text, "help")
    }

    @Test("A first day: tables, JSON, CSV and errors")
    func firstDay() async throws {
        let stage = Stage()
        let tokens = try stage.file(
            "tokens.csv",
            """
            code,sku,seats
            XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK,ENTERPRISEPACK,25
            P3WQM-7HVKT-R9XBD-4CJ6F-2GY8M,ENTERPRISEPACK,25

            """
        )
        let script: [[String]] = [
            ["init"],
            ["init"],
            ["org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE", "--time-zone", "Europe/Berlin"],
            ["org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE"],
            ["org", "add", "Fabrikam", "--id", "fabrikam", "--country", "UK"],
            ["location", "add", "contoso", "Contoso Lyon", "--id", "lyon", "--country", "fr"],
            ["location", "list", "contoso"],
            ["enrollment", "add", "contoso", "--program", "gold", "--start", "2026-01-15"],
            [
                "enrollment", "add", "contoso", "--program", "gold-competency", "--start", "2026-01-15", "--id", "gold",
            ],
            ["token", "import", tokens, "--enrollment", "gold"],
            ["token", "import", tokens, "--enrollment", "gold"],
            [
                "tenant", "signup", "contoso", "--domain", "Contoso.onmicrosoft.com", "--admin", "admin@contoso.com",
                "--tenant-id", "48A80680-7326-48CD-9935-B556B81D3A4E",
            ],
            [
                "tenant", "signup", "contoso", "--domain", "contoso.onmicrosoft.com", "--admin", "other@contoso.com",
                "--service", "azure",
            ],
            ["redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com"],
            ["redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes", "-o", "json"],
            ["redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes"],
            ["redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes", "-o", "json"],
            ["redeem", "P3WQM-7HVKT-R9XBD-4CJ6F", "--tenant", "contoso.onmicrosoft.com", "--yes"],
            ["token", "list", "contoso"],
            ["token", "list", "contoso", "-o", "csv"],
            ["token", "list", "contoso", "--status", "unredeemed", "-o", "json"],
            ["seat", "list", "contoso.onmicrosoft.com"],
            ["seat", "list", "contoso.onmicrosoft.com", "-o", "json"],
            ["rules", "R31"],
            ["rules", "R99"],
            ["ask", "can I move seats to another tenant", "-o", "csv"],
        ]
        var text = ""
        for arguments in script {
            let outcome = await stage.run(arguments)
            let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0.replacing(stage.directory, with: "DIR") }
            text += "$ tokenctl \(words.joined(separator: " "))\n\(outcome.output)\(outcome.error)"
            text += outcome.exitCode == 0 ? "\n" : "exit code \(outcome.exitCode)\n\n"
        }
        try expectGolden(text, "first-day")
    }
}
