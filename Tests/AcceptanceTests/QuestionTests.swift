import Foundation
import Testing

/// Runs every command of the README's table of questions.
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

    /// The rows below the table's heading.
    static let rows: [Row] = {
        let text = (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[1].hasPrefix("`tokenctl "), cells[1].hasSuffix("`") else { return nil }
            let marks = cells[2].split(separator: " ").map(String.init)
            return Row(
                question: cells[0],
                words: Array(words(in: String(cells[1].dropFirst().dropLast())).dropFirst()),
                rules: marks.filter { $0 != "refused" },
                isRefused: marks.first == "refused"
            )
        }
    }()

    /// Splits a command as a shell does, as far as the table goes: by blanks outside double quotes.
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

    @Test("The table has every question")
    func table() {
        #expect(Self.rows.count == 39)
        #expect(Set(Self.rows.map(\.question)).count == Self.rows.count)
    }

    @Test("The commands do what the table says")
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

    /// The organisation that the table speaks of.
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
    }
}
