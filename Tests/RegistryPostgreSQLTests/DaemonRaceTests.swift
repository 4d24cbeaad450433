#if PostgreSQL
import Foundation
import Testing

import RegistryPostgreSQL

@Suite("Daemons and commands on one PostgreSQL registry", .serialized)
struct DaemonRaceTests {
    @Test("R29: two daemons and commands race for the same tokens: one winner each, and the others are told")
    func race() throws {
        try PostgreSQLServer.withRegistry { registry, address in
            let load = try RedemptionLoad(registry)
            let daemons = try [load.host.startDaemon("a"), load.host.startDaemon("b")]
            let all = Array(1...load.tokens)
            let clients = (0..<8).map { number in
                let (socket, tenant) = (daemons[number % 2].socketPath, RedemptionLoad.tenants[number / 2 % 2])
                return Background { try load.redeem(all.shuffled(), on: tenant, through: [socket], retries: false) }
            }
            let commands = RedemptionLoad.tenants.map { tenant in
                Background { try load.redeemByCommand(Array(all.shuffled().prefix(8)), on: tenant) }
            }
            for work in clients + commands { try work.answer() }
            for daemon in daemons { #expect(daemon.stop() == 0) }
            let truth = try RedemptionTruth(address)
            print("a race: \(try truth.verify(load))")
            #expect(truth.tenants.count == load.tokens)
            let winners = load.all.filter { if case .recorded = $0.told { true } else { false } }
            #expect(winners.count == load.tokens)
            let others = load.all.count - winners.count
            #expect(load.all.count { $0.told == .refused("token.already-redeemed") } == others)
        }
    }

    @Test("A daemon is killed under load, three times: nothing acknowledged is lost or doubled")
    func killedDaemon() throws {
        try PostgreSQLServer.withRegistry { registry, address in
            let load = try RedemptionLoad(registry)
            let other = try load.host.startDaemon("b")
            var daemon = try load.host.startDaemon("a")
            let clients = load.startClients(through: [daemon.socketPath, other.socketPath])
            for quarter in 1...3 {
                load.wait(for: load.tokens * quarter / 4)
                daemon.kill()
                daemon = try load.host.startDaemon("a")
            }
            for client in clients { try client.answer() }
            for daemon in [daemon, other] { #expect(daemon.stop() == 0) }
            print("a daemon killed three times: \(try RedemptionTruth(address).verify(load))")
        }
    }
}

extension RedemptionLoad {
    /// Eight clients, each with tokens of its own: half of them repeat what they do not know the outcome of, the others
    /// take what they are told.
    func startClients(through sockets: [String], upTo last: Int? = nil) -> [Background<Void>] {
        (0..<8).map { number in
            let own = Array(stride(from: number + 1, through: last ?? tokens, by: 8))
            let ways = number % 2 == 0 ? sockets : sockets.reversed()
            return Background {
                try self.redeem(own, on: Self.tenants[number % 2], through: ways, retries: number % 4 < 2)
            }
        }
    }
}

extension PostgreSQLServer {
    /// Makes a database on the server that no test may stop.
    static func withRegistry(_ body: (_ registry: String, PostgreSQLAddress) throws -> Void) throws {
        let server = try shared.get()
        try withDatabase { address in
            let name = address["dbname"] ?? ""
            try body("postgresql://postgres@/\(name)?host=\(server.directory)&port=\(server.port)", address)
        }
    }
}
#endif
