import Foundation
import Testing

/// Runs every command of the manual's questions, tokenctl-faq(7).
@Suite("Every question has a command that answers it")
struct QuestionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let question: String
        let words: [String]
        let rules: [String]
        let isRefused: Bool

        var testDescription: String { question }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// An item of the page is a question, an answer in short, a command on a line of its own, and the rules.
    static let rows: [Row] = {
        let page = (try? String(contentsOf: root.appending(path: "Man/tokenctl-faq.7"), encoding: .utf8)) ?? ""
        return page.split(separator: "\n.It ").dropFirst().compactMap { item -> Row? in
            let lines = item.split(separator: "\n").map { line in
                String(line).replacing("\\&", with: "").replacing("\\-", with: "-")
            }
            guard let command = lines.first(where: { $0.hasPrefix("tokenctl ") }),
                let rules = lines.first(where: { $0.hasPrefix("See R") || $0.hasPrefix("Refused by R") })
            else { return nil }
            return Row(
                question: lines[0],
                words: Array(words(in: command).dropFirst()),
                rules: rules.matches(of: /R[0-9]{2}/).map { String($0.output) },
                isRefused: rules.hasPrefix("Refused")
            )
        }
    }()

    /// Splits a command as a shell does, as far as the page goes: by blanks outside double quotes.
    private static func words(in command: String) -> [String] {
        var words: [String] = []
        var isQuoted = false
        var isInside = false
        for character in command {
            switch character {
            case "\"": isQuoted.toggle()
            case " " where !isQuoted: isInside = false
            default:
                if !isInside { words.append("") }
                isInside = true
                words[words.count - 1].append(character)
            }
        }
        return words
    }

    @Test("The manual has every question")
    func table() {
        #expect(Self.rows.count == 39 + 20)
        #expect(Set(Self.rows.map(\.question)).count == Self.rows.count)
    }

    @Test("The commands do what the manual says")
    func commands() async throws {
        let sandbox = try Sandbox()
        try await prepare(sandbox)
        for row in Self.rows {
            let words = row.words.map { $0.hasPrefix("Fixtures/") ? Self.root.appending(path: $0).path : $0 }
            let outcome = try await sandbox.tokenctl(words)
            let told = "\(row.question) \(outcome.exitCode) \(outcome.output) \(outcome.error)"
            if row.isRefused {
                #expect([5, 6, 9, 65].contains(outcome.exitCode), "\(told)")
                #expect(row.rules.contains { outcome.error.contains("[\($0)]") }, "\(told)")
            } else {
                #expect(outcome.exitCode == 0, "\(told)")
                #expect(!outcome.output.isEmpty, "\(told)")
                if row.words.first == "ask" || row.words.first == "rules" {
                    #expect(row.rules.contains { outcome.output.contains($0) }, "\(told)")
                }
            }
        }
    }

    /// The organisation that the page speaks of.
    private func prepare(_ sandbox: Sandbox) async throws {
        let start = Date(timeIntervalSinceNow: -60 * 86_400).formatted(.iso8601.year().month().day())
        try await sandbox.json("org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE")
        try await sandbox.json("org", "add", "Fabrikam", "--id", "fabrikam", "--country", "US")
        try await sandbox.json("location", "add", "contoso", "Contoso Lyon", "--id", "lyon", "--country", "FR")
        try await sandbox.json(
            "enrollment",
            "add",
            "contoso",
            "--program",
            "gold-competency",
            "--start",
            start,
            "--id",
            "gold",
            "--tokens",
            "mint"
        )
        for domain in ["contoso.onmicrosoft.com", "fabrikam.onmicrosoft.com"] {
            try await sandbox.json(
                "tenant",
                "signup",
                "contoso",
                "--domain",
                domain,
                "--admin",
                "admin@contoso.onmicrosoft.com"
            )
        }
        try await sandbox.json("redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes")
        try await sandbox.json(
            "key",
            "import",
            Self.root.appending(path: "Fixtures/keys.csv").path,
            "--enrollment",
            "gold"
        )
        try await sandbox.json("product", "version", "add", "windows-client", "8.1", "--on", "2014-01-01")
        try await sandbox.json("product", "version", "add", "windows-client", "10", "--on", "2026-01-01")
        try await sandbox.json(
            "key",
            "activate",
            "K1",
            "--machine",
            "pc1",
            "--qualifying-license",
            "Windows 7 Professional"
        )
        try await sandbox.json(
            "seat",
            "assign",
            "anna@contoso.com",
            "--tenant",
            "contoso.onmicrosoft.com",
            "--sku",
            "ENTERPRISEPACK"
        )
        try await sandbox.json("license", "assign", "bert@contoso.com", "--org", "contoso", "--product", "office-suite")
        try await prepareNorthwind(sandbox)
    }

    /// The partner of 2026 that the page speaks of.
    private func prepareNorthwind(_ sandbox: Sandbox) async throws {
        for command in [
            "org add Northwind --id northwind --country DE",
            "org add-billing-account northwind own",
            "enrollment add northwind --program core --start 2026-01-01 --id core",
            "enrollment add northwind --program designation-modern-work --start 2026-01-01 --id mw",
            "tenant signup northwind --domain northwind.onmicrosoft.com --admin admin@northwind.example --on 2026-01-02",
            "tenant signup northwind --domain customer.example --admin admin@northwind.example --on 2026-01-02",
            "tenant set-billing-account northwind.onmicrosoft.com own",
            "tenant set-billing-account customer.example theirs",
            "redeem --benefit microsoft-365-copilot --tenant northwind.onmicrosoft.com --on 2026-05-01 --yes",
        ] {
            let outcome = try await sandbox.tokenctl(command.split(separator: " ").map(String.init) + ["-o", "json"])
            #expect(outcome.exitCode == 0, "\(command): \(outcome.error)")
        }
    }
}
