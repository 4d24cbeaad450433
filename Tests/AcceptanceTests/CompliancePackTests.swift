import Foundation
import Testing

@Suite("A compliance pack, in the hands of an auditor")
struct CompliancePackTests {
    private let sandbox: Sandbox
    private let pack: String

    init() async throws {
        sandbox = try Sandbox()
        pack = "\(sandbox.directory)/pack"
        _ = try await sandbox.makeContoso()
        try await sandbox.json("redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes")
    }

    private func run(_ program: String, _ arguments: String...) async throws -> Sandbox.Outcome {
        // As somebody has it who has nothing else.
        try await Sandbox.run(
            "/usr/bin/env",
            ["--chdir", pack, program] + arguments,
            input: "",
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
        )
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: sandbox.directory).filter { $0.hasPrefix("pack") }
    }

    @Test("R19: it has all files, their digests are right, and its ledger is sound, with the head of the registry")
    func check() async throws {
        let made = try await sandbox.json("statement", "contoso", "--pack", pack).json
        let verdict = try await sandbox.json("audit", "verify", "--org", "contoso").json
        #expect(made["ledgerHead"] as? String == verdict["head"] as? String)
        #expect(made["ledgerRows"] as? Int == verdict["rows"] as? Int)
        let names = [
            "README.txt", "SHA256SUMS", "corrections.csv", "derivation.csv", "ledger.ndjson", "statement.csv",
            "statement.html",
            "statement.json",
            "timeline.csv", "verify-ledger.py",
        ]
        #expect(made["files"] as? [String] == names)
        #expect(try FileManager.default.contentsOfDirectory(atPath: pack).sorted() == names)
        let sums = try await run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
        #expect(sums.exitCode == 0, "\(sums)")
        let head = try #require(made["ledgerHead"] as? String)
        let ledger = try await run("python3", "verify-ledger.py", "ledger.ndjson", head)
        #expect(ledger.exitCode == 0, "\(ledger)")
        let text = try String(contentsOfFile: "\(pack)/README.txt", encoding: .utf8)
        #expect(text.contains("\"\(ledger.output.trimmingCharacters(in: .newlines))\""))
        // What the pack says is what the command says.
        let statement = try await sandbox.tokenctl("statement", "contoso", "-o", "csv").output
        #expect(try String(contentsOfFile: "\(pack)/statement.csv", encoding: .utf8) == statement)
    }

    @Test("A figure names rows that the pack's ledger has")
    func derivation() async throws {
        try await sandbox.json("statement", "contoso", "--pack", pack)
        let derivation = try String(contentsOfFile: "\(pack)/derivation.csv", encoding: .utf8).split(separator: "\n")
        #expect(derivation.first?.hasPrefix("product,") == true)
        #expect(derivation.count > 1)
        let ledger = try String(contentsOfFile: "\(pack)/ledger.ndjson", encoding: .utf8)
        #expect(ledger.contains("\"action\":\"token.redeem\""))
    }

    @Test("What was changed in it is found")
    func tampered() async throws {
        try await sandbox.json("statement", "contoso", "--pack", pack)
        let path = "\(pack)/ledger.ndjson"
        let ledger = try String(contentsOfFile: path, encoding: .utf8)
        try Data(ledger.replacing("token.redeem", with: "token.reveal").utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await run("sha256sum", "--check", "SHA256SUMS").exitCode == 1)
        let verdict = try await run("python3", "verify-ledger.py", "ledger.ndjson")
        #expect(verdict.exitCode == 1 && verdict.error.contains("NOT SOUND"), "\(verdict)")
    }

    @Test("What is there already stays as it is, and where it cannot be made nothing is left")
    func allOrNothing() async throws {
        try await sandbox.json("statement", "contoso", "--pack", pack)
        let again = try await sandbox.tokenctl("statement", "contoso", "--pack", "\(pack)/")
        #expect(again.exitCode == 73 && again.error.contains("it exists already"), "\(again)")
        #expect(try await run("sha256sum", "--check", "--quiet", "SHA256SUMS").exitCode == 0)
        let nowhere = try await sandbox.tokenctl("statement", "contoso", "--pack", "\(sandbox.directory)/no/pack")
        #expect(nowhere.exitCode == 73, "\(nowhere)")
        let unknown = try await sandbox.tokenctl("statement", "nobody", "--pack", "\(sandbox.directory)/pack-2")
        #expect(unknown.exitCode == 3, "\(unknown)")
        let early = try await sandbox.tokenctl(
            "statement",
            "contoso",
            "--as-of",
            "2099-01-01",
            "--pack",
            "\(sandbox.directory)/pack-3"
        )
        #expect(early.exitCode != 0)
        #expect(try files() == ["pack"])
        let both = try await sandbox.tokenctl(
            "statement",
            "contoso",
            "--timeline",
            "--pack",
            "\(sandbox.directory)/pack-4"
        )
        #expect(both.exitCode == 64, "\(both)")
    }
}
