import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite(
    "Renewals that are killed",
    .enabled(if: RegistryAccess.ofThisRun == .direct, "A daemon has the registry open.")
)
struct RenewalCrashTests {
    private static let enrollments = 200
    private static let kills = 50

    @Test("R33: apply --all-due of 200 enrollments is killed at 50 random instants: each is renewed exactly once")
    func killed() async throws {
        let sandbox = try Sandbox()
        try await prepare(sandbox)
        let original = "\(sandbox.directory)/original"
        try FileManager.default.moveItem(atPath: sandbox.registry, toPath: original)
        try FileManager.default.copyItem(atPath: original, toPath: sandbox.registry)
        // What one undisturbed run takes, to choose the instants from.
        let clock = ContinuousClock()
        let whole = try await clock.measure {
            let outcome = try await sandbox.tokenctl("renewal", "apply", "--all-due", "--redeem", "--yes", "-q")
            #expect(outcome.exitCode == 0, "\(outcome.error)")
        }
        try await expectRenewedOnce(sandbox)

        var generator = SystemRandomNumberGenerator()
        var kills = 0
        while kills < Self.kills {
            try FileManager.default.removeItem(atPath: sandbox.registry)
            try FileManager.default.copyItem(atPath: original, toPath: sandbox.registry)
            // Ten in a row on one registry: each goes on where the one before was killed.
            var attempts = 0
            while kills < Self.kills, attempts < 20 {
                attempts += 1
                let delay = whole * (Double.random(in: 0..<0.4, using: &generator))
                if try await isKilled(after: delay, in: sandbox) { kills += 1 } else { break }
            }
            let outcome = try await sandbox.tokenctl(
                "renewal",
                "apply",
                "--all-due",
                "--redeem",
                "--yes",
                "-q",
                "-o",
                "json"
            )
            #expect(outcome.exitCode == 0, "\(outcome.error)")
            try await expectRenewedOnce(sandbox)
        }
        print("killed \(kills) times; an undisturbed run takes \(whole)")
    }

    /// 200 organisations with a silver competency whose year ended three days ago, ten of them with users.
    private func prepare(_ sandbox: Sandbox) async throws {
        let start = RenewalTests.start(ended: 3)
        try await sandbox.json("init")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<Self.enrollments {
                if number >= 4 { try await group.next() }
                group.addTask {
                    let organization = "org\(number)"
                    try await sandbox.json("org", "add", "Org \(number)", "--id", organization, "--country", "DE")
                    let added = try await sandbox.json(
                        "enrollment",
                        "add",
                        organization,
                        "--program",
                        "silver-competency",
                        "--start",
                        start,
                        "--id",
                        "silver\(number)",
                        "--tokens",
                        "mint"
                    )
                    guard number < 10, let token = (added.json["tokens"] as? [String])?.first else { return }
                    let domain = "org\(number).example.com"
                    try await sandbox.json(
                        "tenant",
                        "signup",
                        organization,
                        "--domain",
                        domain,
                        "--admin",
                        "admin@\(domain)",
                        "--on",
                        RenewalTests.day(-300)
                    )
                    try await sandbox.json(
                        "redeem",
                        "--token",
                        token,
                        "--tenant",
                        domain,
                        "--on",
                        RenewalTests.day(-290),
                        "--yes"
                    )
                    try await sandbox.json(
                        "seat",
                        "assign",
                        "a@\(domain)",
                        "--tenant",
                        domain,
                        "--sku",
                        "ENTERPRISEPACK"
                    )
                }
            }
            try await group.waitForAll()
        }
    }

    /// - Returns: false when it had finished before.
    private func isKilled(after delay: Duration, in sandbox: Sandbox) async throws -> Bool {
        let environment: [Environment.Key: String] = ["TOKENCTL_REGISTRY": sandbox.registry, "HOME": sandbox.directory]
        let result = try await Subprocess.run(
            .path(FilePath(Sandbox.product("tokenctl"))),
            arguments: ["renewal", "apply", "--all-due", "--redeem", "--yes", "-q", "-o", "ndjson"],
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

    private func expectRenewedOnce(_ sandbox: Sandbox) async throws {
        let counts = try await sandbox.sqlite3(
            """
            SELECT (SELECT count(*) FROM renewals) || ' '
                || (SELECT count(*) FROM enrollments WHERE predecessor IS NOT NULL) || ' '
                || (SELECT count(*) FROM enrollment_endings WHERE kind = 'renewed') || ' '
                || (SELECT count(*) FROM tokens) || ' ' || (SELECT count(*) FROM token_voids) || ' '
                || (SELECT count(*) FROM redemptions) || ' '
                || (SELECT count(*) FROM renewal_redemptions WHERE redeemed_at IS NOT NULL);
            """
        )
        #expect(counts.output == "200 200 200 400 190 20 200\n")
        #expect(try await sandbox.json("audit", "verify").json["sound"] as? Bool == true)
        let check = try await sandbox.tokenctl("check", "-o", "json")
        #expect((check.exitCode, check.json["sound"] as? Bool) == (0, true), "\(check.output)\(check.error)")
    }
}
