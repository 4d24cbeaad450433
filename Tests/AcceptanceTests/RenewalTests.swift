import Foundation
import Testing

@Suite("tokenctl renewal, as its users run it")
struct RenewalTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    /// Today and days around it, in UTC.
    static func day(_ offset: Int) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd"
        return formatter.string(from: Date(timeIntervalSinceNow: Double(offset) * 86_400))
    }

    /// The first day of a year whose last was `days` days ago.
    static func start(ended days: Int) -> String {
        let today = Date(timeIntervalSinceNow: Double(1 - days) * 86_400)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC") ?? .gmt
        let start = calendar.date(byAdding: .year, value: -1, to: today) ?? today
        return day(Int((start.timeIntervalSinceNow / 86_400).rounded()))
    }

    /// Gold, whose year ended three days ago, with 10 users on one of its two tenants and 30 on the other.
    func makeGold(mint: Bool = true) async throws {
        let start = Self.start(ended: 3)
        try await sandbox.json("org", "add", "Contoso", "--id", "contoso", "--country", "DE", "--time-zone", "UTC")
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
            mint ? "mint" : "none"
        )
        if !mint {
            try TokenFile.text(TokenFile.codes(4, seed: 1)).write(
                toFile: "\(sandbox.directory)/old.csv",
                atomically: true,
                encoding: .utf8
            )
            try await sandbox.json("token", "import", "\(sandbox.directory)/old.csv", "--enrollment", "gold")
        }
        for (domain, tokens, users) in [("a.example.com", ["T1"], 1...10), ("b.example.com", ["T2", "T3"], 11...40)] {
            try await sandbox.json(
                "tenant",
                "signup",
                "contoso",
                "--domain",
                domain,
                "--admin",
                "admin@\(domain)",
                "--on",
                Self.day(-300)
            )
            for token in tokens {
                try await sandbox.json(
                    "redeem",
                    "--token",
                    token,
                    "--tenant",
                    domain,
                    "--on",
                    Self.day(-290),
                    "--yes"
                )
            }
            for user in users {
                try await sandbox.json(
                    "seat",
                    "assign",
                    "user\(user)@\(domain)",
                    "--tenant",
                    domain,
                    "--sku",
                    "ENTERPRISEPACK"
                )
            }
        }
    }

    @Test("R33: due, plan to a file, apply with --redeem, and again: the same answer")
    func planAndApply() async throws {
        try await makeGold()
        let due = try await sandbox.tokenctl("renewal", "due", "--within", "30d", "--detailed-exitcode", "-o", "json")
        #expect(due.exitCode == 10)
        #expect(due.list.map { $0["enrollmentId"] as? String } == ["gold"])
        #expect(due.list.map { $0["state"] as? String } == ["open"])
        #expect(due.list.map { $0["daysLeft"] as? Int } == [27])

        let file = "\(sandbox.directory)/plan.json"
        let planned = try await sandbox.tokenctl("renewal", "plan", "gold", "--out", file)
        #expect(planned.exitCode == 0, "\(planned.error)")
        let shown = try await sandbox.json("renewal", "plan", "gold")
        #expect(shown.output == (try String(contentsOfFile: file, encoding: .utf8)))
        #expect(shown.json["void"] as? [String] == ["T4"])
        #expect((shown.json["issue"] as? [[String: Any]])?.count == 4)
        #expect((shown.json["uncovered"] as? [Any])?.isEmpty == true)
        let lapses = shown.json["lapses"] as? [[String: Any]]
        #expect(lapses?.map { ($0["users"] as? [String])?.count } == [10, 30])
        #expect((shown.json["placements"] as? [[String: Any]])?.count == 3)

        let first = try await sandbox.json("renewal", "apply", file, "--yes", "--redeem")
        #expect(first.json["successorId"] as? String == "gold-\(shown.nextYear.prefix(4))")
        #expect((first.json["redemptions"] as? [Any])?.count == 3)
        let second = try await sandbox.json("renewal", "apply", file, "--yes", "--redeem")
        #expect(second.output == first.output)
        let none = try await sandbox.tokenctl("renewal", "due", "--detailed-exitcode", "-o", "json")
        #expect((none.exitCode, none.output) == (0, "[]\n"))
        let seats = try await sandbox.json("seat", "list", "b.example.com")
        #expect(seats.list.first?["unlicensedUnits"] as? Int == 0)
        #expect(try await sandbox.json("audit", "verify").json["sound"] as? Bool == true)
    }

    @Test("R33: without codes a renewal waits with exit 0; after an import the same command redeems as planned")
    func awaitsCodes() async throws {
        try await makeGold(mint: false)
        let file = "\(sandbox.directory)/plan.json"
        try await sandbox.json("renewal", "plan", "gold", "--out", file)
        let waiting = try await sandbox.tokenctl("renewal", "apply", file, "--yes", "--redeem", "-o", "json")
        #expect(waiting.exitCode == 0, "\(waiting.error)")
        #expect(waiting.json["awaitsCodes"] as? Bool == true)
        #expect((waiting.json["redemptions"] as? [Any])?.isEmpty == true)
        let successor = try #require(waiting.json["successorId"] as? String)
        #expect(waiting.error.contains("tokenctl token import FILE --enrollment \(successor)"))

        let codes = "\(sandbox.directory)/new.csv"
        try TokenFile.text(TokenFile.codes(4, seed: 2)).write(toFile: codes, atomically: true, encoding: .utf8)
        try await sandbox.json("token", "import", codes, "--enrollment", successor)
        let done = try await sandbox.json("renewal", "apply", file, "--yes", "--redeem")
        #expect(done.json["awaitsCodes"] as? Bool == false)
        let tenants = (done.json["redemptions"] as? [[String: Any]])?.compactMap { $0["tenantDomain"] as? String }
        #expect(tenants == ["a.example.com", "b.example.com", "b.example.com"])
        #expect(try await sandbox.json("renewal", "apply", file, "--yes", "--redeem").output == done.output)
        let origins = try await sandbox.json("token", "list", "contoso").list.map { $0["origin"] as? String }
        #expect(origins == Array(repeating: "imported", count: 8))
    }

    @Test("A change between plan and apply is named, and nothing is written")
    func stale() async throws {
        try await makeGold()
        let file = "\(sandbox.directory)/plan.json"
        try await sandbox.json("renewal", "plan", "gold", "--out", file)
        try await sandbox.json(
            "seat",
            "assign",
            "late@a.example.com",
            "--tenant",
            "a.example.com",
            "--sku",
            "ENTERPRISEPACK"
        )
        let refused = try await sandbox.tokenctl("renewal", "apply", file, "--yes", "-o", "json")
        #expect(refused.exitCode == 5)
        #expect(refused.problem["code"] as? String == "plan.stale")
        #expect(
            refused.problem["changes"] as? [String] == [
                "users of ENTERPRISEPACK on a.example.com was: 10 in DE; is now: 11 in DE"
            ]
        )
        #expect(refused.problem["hint"] as? String == "tokenctl renewal plan gold --out FILE")
        #expect(try await sandbox.json("enrollment", "show", "gold").json["status"] as? String == "active")
    }

    @Test("The portal's codes are read from a file, and what differs is named before anything is written")
    func codes() async throws {
        try await makeGold()
        let plan = "\(sandbox.directory)/plan.json"
        let codes = TokenFile.codes(4, seed: 3)
        let file = "\(sandbox.directory)/codes.csv"
        try TokenFile.text(Array(codes.prefix(3))).write(toFile: file, atomically: true, encoding: .utf8)
        let short = try await sandbox.tokenctl("renewal", "plan", "gold", "--codes", file, "-o", "json")
        #expect(short.exitCode == 65)
        #expect(
            short.problem["differences"] as? [String] == ["ENTERPRISEPACK of 25 seats: 4 expected, 3 given"]
        )
        try TokenFile.text(codes).write(toFile: file, atomically: true, encoding: .utf8)
        try await sandbox.json("renewal", "plan", "gold", "--codes", file, "--out", plan)
        let applied = try await sandbox.json("renewal", "apply", plan, "--yes", "--codes", file)
        let issued = (applied.json["issued"] as? [[String: Any]])?.compactMap { $0["tokenId"] as? String } ?? []
        #expect(issued.count == 4)
        #expect(try await sandbox.json("token", "reveal", issued[0]).json["code"] as? String == codes[0])
        let text = try String(contentsOfFile: plan, encoding: .utf8)
        #expect(!codes.contains { text.contains($0) })
    }

    @Test("R46: a replacement needs no terminal: the original's seats end, the new token is there")
    func replace() async throws {
        let code = try await sandbox.makeContoso(start: Self.day(-20))
        try await sandbox.json("redeem", code, "--tenant", "contoso.onmicrosoft.com", "--yes")
        let new = TokenFile.codes(1, seed: 5)[0]
        let replaced = try await sandbox.json("token", "replace", "T1", "--code", new, "--yes")
        #expect(replaced.json["replacementId"] as? String == "T2")
        #expect(try await sandbox.json("token", "show", "T1").json["status"] as? String == "replaced")
        let again = try await sandbox.tokenctl("token", "replace", "T1", "--code", new, "--yes", "-o", "json")
        #expect((again.exitCode, again.problem["rule"] as? String) == (5, "R46"))
    }

    @Test("The shell script renews a whole organisation, and changes nothing when it runs again")
    func script() async throws {
        try await makeGold()
        try await sandbox.json(
            "enrollment",
            "add",
            "contoso",
            "--program",
            "action-pack",
            "--start",
            Self.start(ended: 10),
            "--id",
            "ap",
            "--tokens",
            "mint"
        )
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/renew-organization.sh").path
        let environment = sandbox.environment.merging(["TOKENCTL": Sandbox.product("tokenctl")]) { _, new in new }
        let arguments = [script, "contoso", "\(sandbox.directory)/plans"]
        let first = try await Sandbox.run("/bin/sh", arguments, input: "", environment: environment)
        #expect(first.exitCode == 0, "\(first.error)")
        let enrollments = try await sandbox.json("enrollment", "list", "contoso")
        #expect(enrollments.list.count == 4)
        #expect(enrollments.list.filter { $0["status"] as? String == "active" }.count == 2)
        let head = try await sandbox.json("audit", "verify").json["head"] as? String
        let second = try await Sandbox.run("/bin/sh", arguments, input: "", environment: environment)
        #expect(second.exitCode == 0, "\(second.error)")
        #expect(try await sandbox.json("audit", "verify").json["head"] as? String == head)
        let lint = try await Sandbox.run("/usr/bin/shellcheck", [script], input: "", environment: [:])
        #expect(lint.exitCode == 0, "\(lint.output)")
    }

    @Test("The calendar file is as RFC 5545 has it: CRLF, folded lines, unique ids, alarms")
    func calendarFile() async throws {
        try await makeGold()
        let outcome = try await sandbox.tokenctl("renewal", "calendar", "contoso", "--format", "ical")
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        let bytes = Array(outcome.output.utf8)
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            #expect(index > 0 && bytes[index - 1] == 0x0D)
        }
        let lines = outcome.output.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        let unfolded = outcome.output.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n")
        let ids = unfolded.filter { $0.hasPrefix("UID:") }
        #expect(ids.count == 2)
        #expect(Set(ids).count == 2)
        #expect(unfolded.filter { $0.hasPrefix("DTSTAMP:") }.count == 2)
        #expect(unfolded.filter { $0 == "BEGIN:VALARM" }.count == 3)
        #expect(unfolded.contains("TRIGGER:-P15DT15H"))
        #expect(unfolded.contains("TRIGGER:P22DT9H"))
        #expect((lines.first, lines.last) == ("BEGIN:VCALENDAR", ""))
    }

}

extension Sandbox.Outcome {
    fileprivate var nextYear: String { (json["nextYear"] as? [String: String])?["startsOn"] ?? "" }
}
