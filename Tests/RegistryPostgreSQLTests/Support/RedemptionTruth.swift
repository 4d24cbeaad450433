#if PostgreSQL
import RegistryPostgreSQL
import RegistrySQL
import Testing

/// What the database says of the redemptions, read with plain SQL.
struct RedemptionTruth {
    /// The tenant of each token that is redeemed.
    private(set) var tenants: [Int: String] = [:]
    /// The ledger's rows of each token's redemption.
    private(set) var rows: [Int: [Int]] = [:]

    init(_ address: PostgreSQLAddress) throws {
        let connection = try PostgreSQLConnection(address, for: .reading)
        defer { connection.close() }
        for row in try connection.rows(
            "SELECT r.token, t.domain FROM tokenctl.redemptions r JOIN tokenctl.tenants t ON t.number = r.tenant"
        ) {
            if case .integer(let token) = row[0], case .text(let domain) = row[1] { tenants[Int(token)] = domain }
        }
        for row in try connection.rows(
            "SELECT substr(subject, 2)::bigint, sequence FROM tokenctl.audit WHERE action = 'token.redeem'"
        ) {
            if case .integer(let token) = row[0], case .integer(let sequence) = row[1] {
                rows[Int(token), default: []].append(Int(sequence))
            }
        }
    }

    /// Nothing acknowledged is lost or doubled, and what was told not to be recorded is not.
    /// - Returns: the counts, for people.
    func verify(_ load: RedemptionLoad) throws -> String {
        var counts: [String: Int] = [:]
        for asked in load.all {
            let isThere = tenants[asked.token] == asked.tenant
            switch asked.told {
            case .recorded(let sequence):
                counts["recorded", default: 0] += 1
                #expect(isThere && rows[asked.token]?.contains(sequence) == true, "lost: \(asked)")
            case .unknown: counts[isThere ? "unknown, and there" : "unknown, and not there", default: 0] += 1
            case .refused("token.already-redeemed"):
                counts["already redeemed", default: 0] += 1
                #expect(tenants[asked.token] != nil, "\(asked)")
            case .refused(let code):
                counts[code, default: 0] += 1
                #expect(!isThere, "recorded all the same: \(asked)")
            }
        }
        for (token, rows) in rows { #expect(rows.count == 1, "T\(token) was redeemed \(rows.count) times") }
        #expect(Set(rows.keys) == Set(tenants.keys))
        let check = try load.host.tokenctl(["check"])
        #expect(check.exitCode == 0, "\(check.output)")
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return
            "\(load.all.count) asked: \(parts.joined(separator: ", ")); \(tenants.count) of \(load.tokens) tokens redeemed"
    }
}
#endif
