import Foundation
import Testing

@testable import Registry

/// Holds the catalogue of rules, the list of those that can only be told, and the tests' names to each other.
@Suite("Every rule has its test")
struct RuleCoverageTests {
    /// The rules that can only be told: what they are about leaves no trace in the registry.
    private static let toldOnly: Set<Rule> = [.r23]

    /// The rules that the name of a test begins with, such as "R24, R25: …".
    private static let tested: [Rule: [String]] = {
        var found: [Rule: [String]] = [:]
        let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = FileManager.default.enumerator(atPath: directory.path)
        while let file = files?.nextObject() as? String {
            guard file.hasSuffix(".swift"), !file.hasSuffix("RuleCoverageTests.swift"),
                let text = try? String(contentsOf: directory.appending(path: file), encoding: .utf8)
            else { continue }
            for name in names(in: text) {
                for rule in rules(of: name) { found[rule, default: []].append("\(file): \(name)") }
            }
        }
        return found
    }()

    /// The names of the tests in a file.
    private static func names(in text: String) -> [String] {
        text.components(separatedBy: "@Test(").dropFirst().compactMap { rest in
            let rest = rest.drop { $0.isWhitespace }
            guard rest.first == "\"" else { return nil }
            return String(rest.dropFirst().prefix { $0 != "\"" && $0 != "\n" })
        }
    }

    private static func rules(of name: String) -> [Rule] {
        guard let colon = name.firstIndex(of: ":") else { return [] }
        let words = name[..<colon].split { $0 == "," || $0 == " " }.filter { $0 != "and" }.map(String.init)
        let rules = words.compactMap(Rule.init(rawValue:))
        return rules.count == words.count ? rules : []
    }

    @Test("Every rule has a test with its number, or stands in the list of those that can only be told")
    func everyRule() {
        let untested = Rule.allCases.filter { Self.tested[$0] == nil && !Self.toldOnly.contains($0) }
        #expect(untested.isEmpty, "no test's name begins with \(untested.map(\.rawValue).joined(separator: ", "))")
    }

    @Test("A rule that can only be told is advised, and has no test")
    func toldOnlyAreAdvised() {
        for rule in Self.toldOnly {
            #expect(RuleCatalogue.text(for: rule).standing == .advised)
            #expect(Self.tested[rule] == nil, "\(rule) can be tested, so it is no rule that can only be told")
        }
    }

    @Test("The names of tests are read as they are written")
    func reads() {
        let text = """
            @Test("R24: one") func a() {}
            @Test(
                "R07, R08 and R09: three",
                arguments: [1]
            )
            @Test("Seats: no rule") func c() {}
            @Test func d() {}
            """
        #expect(Self.names(in: text) == ["R24: one", "R07, R08 and R09: three", "Seats: no rule"])
        #expect(Self.names(in: text).map(Self.rules(of:)) == [[.r24], [.r07, .r08, .r09], []])
    }
}
