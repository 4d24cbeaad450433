#if PostgreSQL
import Foundation
import RegistryPostgreSQL
import RegistrySQL
import Synchronization

/// What somebody was told of a redemption.
enum ToldOutcome: Sendable, Equatable {
    /// With the row of the ledger.
    case recorded(Int)
    case refused(String)
    /// It may have been recorded or not.
    case unknown
}

/// A redemption that was asked for, and what came of it.
struct AskedRedemption: Sendable {
    let token: Int
    let tenant: String
    let told: ToldOutcome
}

/// A registry on a server with tokens to redeem and two tenants to redeem them on, and what was told of that.
final class RedemptionLoad: Sendable {
    static let tenants = ["contoso.onmicrosoft.com", "fabrikam.onmicrosoft.com"]

    let host: TestHost
    let tokens: Int
    private let asked = Mutex<[AskedRedemption]>([])

    /// How many tokens: 200, or what `TOKENCTL_TEST_TOKENS` says.
    static let usual = ProcessInfo.processInfo.environment["TOKENCTL_TEST_TOKENS"].flatMap { Int($0) } ?? 200

    init(_ registry: String, tokens: Int = RedemptionLoad.usual) throws {
        self.tokens = tokens
        host = try TestHost(registry: registry)
        try host.succeed("init")
        try host.succeed("org add Contoso --id contoso --country DE")
        try host.succeed("enrollment add contoso --program action-pack --start \(Self.day(-60)) --id E1 --tokens none")
        for tenant in Self.tenants {
            try host.succeed("tenant signup contoso --domain \(tenant) --admin admin@\(tenant) --on \(Self.day(-30))")
        }
        let path = "\(host.directory)/tokens.csv"
        let rows = (0..<tokens).map { "\(Self.code($0)),ENTERPRISEPACK,5\n" }
        try ("code,sku,seats\n" + rows.joined()).write(toFile: path, atomically: true, encoding: .utf8)
        try host.succeed("token import \(path) --enrollment E1 --override R12")
    }

    /// How many were answered so far.
    var answered: Int { asked.withLock { $0.count } }
    var all: [AskedRedemption] { asked.withLock { $0 } }

    func note(_ token: Int, on tenant: String, _ told: ToldOutcome) {
        asked.withLock { $0.append(AskedRedemption(token: token, tenant: tenant, told: told)) }
    }

    /// Asks a daemon to redeem each of `tokens`, in their order, and notes what it was told of each.
    ///
    /// - Parameter retries: repeats a request whose outcome is unknown under its idempotency key, until it is known.
    func redeem(_ tokens: [Int], on tenant: String, through sockets: [String], retries: Bool) throws {
        var client: DaemonClient?
        var turn = 0
        for token in tokens {
            let key = UUID().uuidString
            var told: ToldOutcome
            repeat {
                while client == nil {
                    client = DaemonClient(sockets[turn % sockets.count])
                    turn += 1
                    if client == nil { usleep(2_000) }
                }
                let answer = try client?.post("/v1/redemptions", ["token": "T\(token)", "tenant": tenant], key: key)
                told = Self.told(answer ?? .lost)
                if case .lost? = answer { client = nil }
            } while retries && [.unknown, .refused("registry.busy")].contains(told)
            note(token, on: tenant, told)
        }
    }

    /// The same by the command line, once for each.
    func redeemByCommand(_ tokens: [Int], on tenant: String) throws {
        for token in tokens {
            let outcome = try host.tokenctl(["redeem", "--token", "T\(token)", "--tenant", tenant, "--yes"])
            switch outcome.exitCode {
            case 0: note(token, on: tenant, .recorded(outcome.json["auditSequence"] as? Int ?? 0))
            case 8: note(token, on: tenant, .unknown)
            default: note(token, on: tenant, .refused(outcome.json["code"] as? String ?? outcome.output))
            }
        }
    }

    private static func told(_ answer: DaemonClient.Answer) -> ToldOutcome {
        guard case .answered(let status, let json) = answer else { return .unknown }
        if status == 201 { return .recorded(json["auditSequence"] as? Int ?? 0) }
        let code = json["code"] as? String ?? "\(status)"
        return code == "registry.outcome-unknown" ? .unknown : .refused(code)
    }

    /// Waits until so many were answered, for a minute at most.
    func wait(for count: Int) {
        let end = ContinuousClock.now + .seconds(60)
        while answered < count, ContinuousClock.now < end { usleep(2_000) }
    }

    /// Five letters of the code tell it from the others.
    private static func code(_ number: Int) -> String {
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        var (rest, last) = (number, "")
        for _ in 0..<5 {
            last.append(alphabet[rest % 24])
            rest /= 24
        }
        return "BBBBB-CCCCC-DDDDD-FFFFF-\(last)"
    }

    private static func day(_ offset: Int) -> String {
        Date(timeIntervalSinceNow: Double(offset) * 86_400).formatted(.iso8601.year().month().day())
    }
}
#endif
