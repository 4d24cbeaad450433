import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite(
    "Copies of a registry that are killed",
    .enabled(if: RegistryAccess.ofThisRun == .direct, "It runs both ways itself.")
)
struct RegistryCopyTests {
    private static let kills = 12
    private static let tokens = 2_000

    @Test("A copy is killed at 12 random instants: never two registries take writes, and the same command completes it")
    func killed() async throws {
        let sandbox = try Sandbox()
        try await prepare(sandbox)
        let original = "\(sandbox.directory)/original"
        try FileManager.default.moveItem(atPath: sandbox.registry, toPath: original)
        var whole = Duration.zero
        var kills: [String: Int] = [:]
        var total = 0
        var generator = SystemRandomNumberGenerator()
        while total < Self.kills {
            let target = "\(sandbox.directory)/target"
            try? FileManager.default.removeItem(atPath: sandbox.registry)
            try? FileManager.default.removeItem(atPath: target)
            try FileManager.default.copyItem(atPath: original, toPath: sandbox.registry)
            if whole > .zero {
                // Three in a row: each finds what the one before left.
                for _ in 0..<3 {
                    let delay = whole * Double.random(in: 0..<1, using: &generator)
                    guard try await isKilled(after: delay, to: target, in: sandbox) else { break }
                    total += 1
                    kills[try await state(of: target, in: sandbox), default: 0] += 1
                }
            }
            whole = max(whole, try await complete(target, in: sandbox))
        }
        print("killed \(total) times: \(kills.sorted { $0.key < $1.key }); an undisturbed run takes \(whole)")
    }

    @Test("With a daemon that goes on, what is written meanwhile is in the copy, or refused")
    func daemon() async throws {
        let sandbox = try Sandbox(.daemon)
        try await prepare(sandbox)
        async let copied = sandbox.tokenctl(
            "registry",
            "copy",
            "--to",
            "\(sandbox.directory)/target",
            "--yes",
            "-o",
            "json"
        )
        var recorded = 0
        var refused = false
        for number in 0..<200 where !refused {
            let outcome = try await sandbox.tokenctl(
                ["org", "add", "N\(number)", "--id", "n\(number)", "--country", "DE", "-o", "json"]
            )
            if outcome.exitCode == 0 { recorded += 1 } else { refused = true }
            if refused { #expect(outcome.problem["code"] as? String == "registry.closed", "\(outcome.error)") }
        }
        let outcome = try await copied
        #expect(outcome.exitCode == 0 && refused, "\(outcome.error)")
        let list = try await sandbox.tokenctl(
            "org",
            "list",
            "-o",
            "json",
            environment: ["TOKENCTL_REGISTRY": "\(sandbox.directory)/target", "TOKENCTL_SOCKET": ""]
        )
        #expect(list.list.count == recorded + 1)
        print("\(recorded) writes of the daemon are in the copy, and the next one was refused")
    }

    private func prepare(_ sandbox: Sandbox) async throws {
        _ = try await sandbox.makeContoso()
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        let rows = (0..<Self.tokens).map { number in
            var (rest, code) = (number, "")
            for place in 0..<25 {
                if place > 0, place % 5 == 0 { code += "-" }
                code.append(alphabet[place < 20 ? (place * 7 + 3) % 24 : rest % 24])
                if place >= 20 { rest /= 24 }
            }
            return "\(code),ENTERPRISEPACK,25"
        }
        let path = "\(sandbox.directory)/tokens.csv"
        try ("code,sku,seats\n" + rows.joined(separator: "\n") + "\n").write(
            toFile: path,
            atomically: true,
            encoding: .utf8
        )
        try await sandbox.json("token", "import", path, "--enrollment", "E1", "--override", "R12")
    }

    /// - Returns: false when it had finished before.
    private func isKilled(after delay: Duration, to target: String, in sandbox: Sandbox) async throws -> Bool {
        let environment: [Environment.Key: String] = ["TOKENCTL_REGISTRY": sandbox.registry, "HOME": sandbox.directory]
        let result = try await Subprocess.run(
            .path(FilePath(Sandbox.product("tokenctl"))),
            arguments: ["registry", "copy", "--to", target, "--yes", "-q"],
            environment: .custom(environment),
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            try await Task.sleep(for: delay)
            try? execution.send(signal: .kill)
        }
        if case .signaled = result.terminationStatus { return true }
        return false
    }

    /// Which of the two takes writes, or would.
    private func state(of target: String, in sandbox: Sandbox) async throws -> String {
        let add = ["org", "add", "X", "--id", "x", "--country", "DE", "--dry-run", "-o", "json"]
        let source = try await sandbox.tokenctl(add)
        let copy = try await sandbox.tokenctl(add, environment: ["TOKENCTL_REGISTRY": target])
        #expect(source.exitCode == 0 || source.problem["code"] as? String == "registry.closed", "\(source.error)")
        #expect(copy.exitCode == 0 || copy.problem["code"] as? String == "registry.not-found", "\(copy.error)")
        #expect(source.exitCode != 0 || copy.exitCode != 0)
        return source.exitCode == 0 ? "open here" : copy.exitCode == 0 ? "open there" : "open nowhere"
    }

    /// - Returns: how long it took to copy.
    private func complete(_ target: String, in sandbox: Sandbox) async throws -> Duration {
        let start = ContinuousClock.now
        let answer = try await sandbox.json("registry", "copy", "--to", target, "--yes")
        let time = ContinuousClock.now - start
        let there = ["TOKENCTL_REGISTRY": target]
        let check = try await sandbox.tokenctl("check", "-o", "json", environment: there)
        #expect((check.exitCode, check.json["codesOpened"] as? Int) == (0, Self.tokens + 1), "\(check.output)")
        let heads = [
            try await sandbox.tokenctl("audit", "verify", "-o", "json"),
            try await sandbox.tokenctl("audit", "verify", "-o", "json", environment: there),
        ].map { $0.json["head"] as? String }
        #expect(heads == [answer.json["head"] as? String, heads[0]])
        let files = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
        #expect(
            files.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") && $0 != "registry.lock" } == [
                "registry.anchor", "registry.db", "registry.key",
            ]
        )
        let export = "\(sandbox.directory)/export.ndjson"
        try await sandbox.tokenctl("audit", "export", environment: there).output.write(
            toFile: export,
            atomically: true,
            encoding: .utf8
        )
        let verifier = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "verify-ledger.py").path
        let verified = try await Sandbox.run(
            "/usr/bin/python3",
            [verifier, export] + heads.compactMap(\.self).prefix(1),
            input: "",
            environment: ["PATH": "/usr/bin", "LC_ALL": "C"]
        )
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.error)")
        return time
    }
}
