import Foundation
import Testing

@Suite("Exports of ledgers, in the hands of another program")
struct LedgerExportTests {
    private let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test("R19: an independent verifier finds an export sound, its head is that of the registry, and an early one too")
    func sound() async throws {
        let early = try await makeLedgers()
        for organization in [nil, "contoso", "fabrikam"] {
            let only = organization.map { ["--org", $0] } ?? []
            let export = try await export(only)
            let verdict = try await sandbox.tokenctl(["audit", "verify", "-o", "json"] + only).json
            let (rows, head) = try #require((verdict["rows"] as? Int, verdict["head"] as? String) as? (Int, String))
            let answer = try await verify(export, noted: organization == nil ? early : head)
            #expect(answer.exitCode == 0, "\(answer.error)")
            #expect(answer.output == "sound: \(rows) rows, head \(head)\n")
            let other = try await verify(export, noted: String(repeating: "a", count: 64))
            #expect(other.exitCode == 1 && other.error.contains("the noted head"), "\(other)")
        }
    }

    /// What somebody does to the lines of an export, the header being the first.
    private static let tamperings: [(String, @Sendable (inout [String]) -> Void)] = [
        ("a changed action", { $0[3] = replace("\"action\":\"", by: "\"action\":\"x", in: $0[3]) }),
        ("a changed actor", { $0[2] = replace("\"actor\":\"", by: "\"actor\":\"x", in: $0[2]) }),
        ("a changed subject", { $0[3] = replace("\"subject\":\"", by: "\"subject\":\"x", in: $0[3]) }),
        ("changed changes", { $0[3] = replace("\"changes\":\"{", by: "\"changes\":\"{ ", in: $0[3]) }),
        ("changed sums", { $0[3] = replace("\"rows\":\"{", by: "\"rows\":\"{ ", in: $0[3]) }),
        ("a changed instant", { $0[2] = replace("\"at\":\"2", by: "\"at\":\"1", in: $0[2]) }),
        ("a changed request", { $0[2] = replace("\"requestId\":\"", by: "\"requestId\":\"x", in: $0[2]) }),
        ("a changed organisation", { $0[3] = replace("\"contoso\"", by: "\"fabrikam\"", in: $0[3]) }),
        ("the first row missing", { $0.remove(at: 1) }),
        ("a row in the middle missing", { $0.remove(at: 3) }),
        ("the last row missing", { $0.remove(at: $0.count - 2) }),
        ("the end missing", { $0.removeLast() }),
        ("the header missing", { $0.removeFirst() }),
        ("a row twice", { $0.insert($0[3], at: 3) }),
        ("a row added at the end", { $0.insert($0[2], at: $0.count - 1) }),
        ("two rows in another order", { $0.swapAt(2, 3) }),
        ("the last row missing, and the count put right", dropLast),
    ]

    @Test("R19: the verifier finds a changed, a missing and an added row", arguments: [nil, "contoso"])
    func tampered(organization: String?) async throws {
        _ = try await makeLedgers()
        let lines = try await export(organization.map { ["--org", $0] } ?? []).split(separator: "\n").map(String.init)
        for (name, tamper) in Self.tamperings {
            var changed = lines
            tamper(&changed)
            try #require(changed != lines, "\(name)")
            let answer = try await verify(changed.joined(separator: "\n") + "\n")
            #expect(answer.exitCode == 1 && answer.output.isEmpty, "\(name): \(answer.output)")
        }
    }

    @Test("R19: an export of all ledgers shows a seal that was changed, and rows of a ledger that were left out whole")
    func tamperedSeals() async throws {
        _ = try await makeLedgers()
        let lines = try await export([]).split(separator: "\n").map(String.init)
        var changed = lines
        changed[2] = Self.replace("\"seal\":{\"at\":\"2", by: "\"seal\":{\"at\":\"1", in: lines[2])
        let answer = try await verify(changed.joined(separator: "\n"))
        #expect(answer.exitCode == 1 && answer.error.contains("seal 2 does not match"), "\(answer)")
        let rest = lines.filter { !$0.contains("\"organizationId\":\"fabrikam\"") }
        try #require(rest.count < lines.count)
        let missing = try await verify(rest.joined(separator: "\n"))
        #expect(missing.exitCode == 1 && missing.error.contains("is not here"), "\(missing)")
    }

    /// Two organisations with ledgers of several rows.
    /// - Returns: the head in between.
    private func makeLedgers() async throws -> String {
        _ = try await sandbox.makeContoso()
        try await sandbox.json("org", "add", "Fabrikam", "--id", "fabrikam", "--country", "DE")
        let early = try #require(try await sandbox.json("audit", "verify").json["head"] as? String)
        try await sandbox.json(
            "location",
            "add",
            "fabrikam",
            "Zürich \"Nord\" \\ / \u{1F600}",
            "--id",
            "zh",
            "--country",
            "CH"
        )
        try await sandbox.json("redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes")
        try await sandbox.json(
            "seat",
            "assign",
            "anna@contoso.onmicrosoft.com",
            "--tenant",
            "contoso.onmicrosoft.com",
            "--sku",
            "ENTERPRISEPACK"
        )
        return early
    }

    private func export(_ options: [String]) async throws -> String {
        let outcome = try await sandbox.tokenctl(["audit", "export"] + options)
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return outcome.output
    }

    private func verify(_ export: String, noted: String? = nil) async throws -> Sandbox.Outcome {
        let path = "\(sandbox.directory)/export.ndjson"
        try Data(export.utf8).write(to: URL(fileURLWithPath: path))
        let verifier = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "verify-ledger.py").path
        return try await Sandbox.run(
            "/usr/bin/python3",
            [verifier, path] + (noted.map { [$0] } ?? []),
            input: "",
            environment: ["PATH": "/usr/bin", "LC_ALL": "C"]
        )
    }

    @Sendable private static func replace(_ old: String, by new: String, in line: String) -> String {
        line.replacingOccurrences(of: old, with: new)
    }

    @Sendable private static func dropLast(_ lines: inout [String]) {
        lines.remove(at: lines.count - 2)
        let rows = lines.count - 2
        lines[lines.count - 1] = lines[lines.count - 1].replacingOccurrences(
            of: "\"rows\":\(rows + 1)",
            with: "\"rows\":\(rows)"
        )
    }
}
