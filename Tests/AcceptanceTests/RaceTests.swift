import Foundation
import Testing

@Suite("Processes that race for the same tokens")
struct RaceTests {
    @Test("R29: 200 processes, 8 at a time, over 25 tokens: each token is redeemed once, and the ledger is sound")
    func processesRace() async throws {
        let sandbox = try Sandbox()
        try await sandbox.json("org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE")
        try await sandbox.json(
            "enrollment",
            "add",
            "contoso",
            "--program",
            "gold-competency",
            "--start",
            "2026-01-15",
            "--id",
            "E1",
            "--tokens",
            "none"
        )
        let codes = TokenFile.codes(25, seed: 7)
        let file = "\(sandbox.directory)/tokens.csv"
        try TokenFile.text(codes, seats: 4).write(toFile: file, atomically: true, encoding: .utf8)
        try await sandbox.json("token", "import", file, "--enrollment", "E1")
        for domain in ["a.example.com", "b.example.com"] {
            try await sandbox.json("tenant", "signup", "contoso", "--domain", domain, "--admin", "admin@\(domain)")
        }
        let outcomes = try await withThrowingTaskGroup(of: (Int, Int32).self) { group in
            var results: [(Int, Int32)] = []
            for attempt in 0..<200 {
                if attempt >= 8, let done = try await group.next() { results.append(done) }
                let token = attempt % 25
                let domain = attempt.isMultiple(of: 2) ? "a.example.com" : "b.example.com"
                group.addTask {
                    let outcome = try await sandbox.tokenctl("redeem", codes[token], "--tenant", domain, "--yes")
                    return (token, outcome.exitCode)
                }
            }
            for try await done in group { results.append(done) }
            return results
        }
        for token in 0..<25 {
            let codes = outcomes.filter { $0.0 == token }.map(\.1)
            #expect(codes.filter { $0 == 0 }.count == 1, "token \(token): \(codes)")
            #expect(codes.filter { $0 == 5 }.count == 7, "token \(token): \(codes)")
        }
        #expect(try await sandbox.json("audit", "verify").json["sound"] as? Bool == true)
        let blocks = try await sandbox.sqlite3("SELECT count(*) || ' ' || sum(seats) FROM seat_blocks")
        #expect(blocks.output == "25 100\n")
    }
}

/// Token files as a portal gives them.
enum TokenFile {
    static func codes(_ count: Int, seed: UInt64) -> [String] {
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        var state = seed
        return (0..<count).map { _ in
            (0..<5).map { _ in
                String(
                    (0..<5).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return alphabet[Int(state >> 33) % alphabet.count]
                    }
                )
            }.joined(separator: "-")
        }
    }

    static func text(_ codes: [String], sku: String = "ENTERPRISEPACK", seats: Int = 25) -> String {
        "code,sku,seats\n" + codes.map { "\($0),\(sku),\(seats)\n" }.joined()
    }
}
