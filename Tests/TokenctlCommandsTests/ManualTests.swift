import Foundation
import Registry
import RegistryAPI
import Testing

@testable import TokenctlCommands

@Suite("Golden manual pages and help topics")
struct ManualTests {
    private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Man")

    private static func read(_ name: String) -> String? {
        try? String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }

    /// `RECORD_GOLDEN=1` writes them anew, as `tokenctl manual Man` does.
    @Test("Each noun has a page, which has every command and option that there is, and nobody else has one")
    func pages() throws {
        let day = try #require(CalendarDate("2026-11-30"))
        let pages = ManualPage.all(earlier: Self.read, today: day)
        for page in pages where page.text != Self.read(page.fileName) {
            Issue.record("\(page.fileName) is not as the commands are; 'tokenctl manual Man' writes it.")
            guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil else { continue }
            try page.text.write(to: Self.directory.appending(path: page.fileName), atomically: true, encoding: .utf8)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path)
        let own = files.filter { $0.hasPrefix("tokenctl-") && $0.hasSuffix(".1") }
        #expect(Set(own) == Set(pages.map(\.fileName)))
    }

    @Test("Every page has something by hand: what the noun is, and an example")
    func byHand() throws {
        for page in ManualPage.all(earlier: Self.read, today: try #require(CalendarDate("2026-11-30"))) {
            let parts = page.text.split(separator: "\n.\\\" End.")
            #expect(parts.count == 3, "\(page.fileName)")
            #expect(page.text.contains("\n.Nm tokenctl \(page.command.commandName)"), "\(page.fileName)")
            #expect(parts.first?.hasSuffix(".\\\" By hand: description.") == false, "\(page.fileName)")
            #expect(parts.dropFirst().first?.contains("\n.Sh EXAMPLES\n") == true, "\(page.fileName)")
        }
    }

    @Test("The page of tokenctl names each of the others")
    func index() throws {
        let index = try #require(Self.read("tokenctl.1"))
        for page in ManualPage.all(earlier: Self.read, today: try #require(CalendarDate("2026-11-30"))) {
            #expect(index.contains("\n.Xr \(page.fileName.dropLast(2)) 1"), "\(page.fileName)")
        }
    }

    @Test("An option that is added, and a text that is changed, show in the page; what was written by hand stays")
    func regenerated() throws {
        let day = try #require(CalendarDate("2027-01-05"))
        let name = "tokenctl-token.1"
        let text = try #require(Self.read(name))
        func page(_ earlier: String) throws -> String {
            try #require(ManualPage.all(earlier: { _ in earlier }, today: day).first { $0.fileName == name }).text
        }
        #expect(try page(text) == text)
        let without = text.replacing(".It Fl -enrollment Ar enr\n", with: "")
        #expect(without != text)
        #expect(try page(without).contains(".Dd January 5, 2027\n"))
        #expect(try page(without).contains(".It Fl -enrollment Ar enr\n"))
        let edited = text.replacing(
            ".\\\" By hand: description.\n",
            with: ".\\\" By hand: description.\nBy a person.\n"
        )
        #expect(try page(edited) == edited)
    }

    @Test("Each topic is printed, fits a terminal, and a mistyped one is answered with the nearest")
    func topics() async throws {
        let stage = Stage()
        for topic in HelpTopic.allCases {
            let outcome = await stage.run(["help", topic.rawValue])
            #expect(outcome.exitCode == 0)
            #expect(outcome.output == topic.text)
            #expect(!topic.text.split(separator: "\n").contains { $0.count > 80 }, "\(topic)")
            #expect(await stage.run(["--help"]).output.contains(topic.rawValue))
        }
        let mistyped = await stage.run(["help", "exit-code"])
        #expect(mistyped.exitCode == 64)
        #expect(mistyped.error.contains("exit-codes"))
        #expect(await stage.run(["help", "redeem"]).output.contains("USAGE: tokenctl redeem"))
        #expect(await stage.run(["help"]).output.contains("USAGE: tokenctl"))
    }

    @Test("The topic and the manual page have every exit code of a refusal")
    func exitCodes() throws {
        let codes = Set(RefusalCode.allCases.map { Problem(Refusal($0, ""), requestID: "").exitCode }).union([
            0, 10, 64,
        ])
        let page = try #require(Self.read("tokenctl.1"))
        for code in codes {
            let word = String(code)
            let line = "\n" + String(repeating: " ", count: 4 - word.count) + word + "   "
            #expect(HelpTopic.exitCodes.text.contains(line), "\(code)")
            #expect(page.contains("\n.It \(code)\n"), "\(code)")
        }
    }

    @Test("The topic has every variable that is a setting, and so has the manual page")
    func variables() throws {
        let page = try #require(Self.read("tokenctl.1"))
        for variable in Setting.allCases.compactMap(\.variable) + ["TOKENCTL_DAEMON_USER", "NO_COLOR"] {
            #expect(HelpTopic.environment.text.contains("\n  \(variable) "), "\(variable)")
            #expect(page.contains("\n.It Ev \(variable)\n"), "\(variable)")
        }
    }
}
